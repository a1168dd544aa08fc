"""Opening a record in an emergency: by people who are named for it, with a reason, for an hour, told to all who answer for it."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from clinic.models import Clinic, EmergencyAccess, Membership, Message, Patient
from clinic.permissions import ADMINISTRATOR, MANAGER, Permission
from clinic.services.messages import Mail, NoLongerDue, queue_message
from clinic.services.organisation import StaffRefused
from clinic.writes import Actor, audited, nothing_to_write, writes

LASTS = timedelta(minutes=60)


class EmergencyRefused(ValueError):
    """Why the record is not opened."""


@writes("staff.emergency")
def name_for_emergencies(*, actor: Actor, member: Membership, may: bool) -> None:
    """Say whether this person may open single records in an emergency. Nobody names themselves. Raises StaffRefused."""
    if member.may_in_emergency == may:
        nothing_to_write()
        return
    if may and member.user_id == actor.user_id:
        raise StaffRefused(_("Nobody names themselves for emergencies. Ask another administrator."))
    member.may_in_emergency = may
    member.save(update_fields=["may_in_emergency"])
    audited(member, may=may)


@writes("emergency.open")
def open_in_emergency(*, actor: Actor, member: Membership, patient: Patient, reason: str) -> EmergencyAccess:
    """Let a named person read one record for an hour. Administrators and managers are told at once. Raises EmergencyRefused."""
    if not member.may(Permission.OPEN_IN_EMERGENCY):
        raise EmergencyRefused(_("You are not named for emergencies."))
    if len(reason.split()) < 2:
        raise EmergencyRefused(_("Say in a few words what the emergency is."))
    opened = EmergencyAccess(membership=member, patient=patient, reason=reason.strip(), ends_at=timezone.now() + LASTS)
    opened.save()
    audited(opened, patient_id=patient.pk, until=opened.ends_at.isoformat())
    for other in _who_answers_for_it(member):
        key = f"emergency:{opened.pk}:{other.pk}"
        queue_message(actor=actor, patient=None, kind="staff_emergency", subject_id=other.pk, business_key=key)
    return opened


def _who_answers_for_it(member: Membership) -> list[Membership]:
    answers = Q(roles__contains=[ADMINISTRATOR.key]) | Q(roles__contains=[MANAGER.key])
    return list(Membership.objects.filter(answers, is_active=True).exclude(pk=member.pk).order_by("pk"))


def emergency_mail(message: Message, clinic: Clinic) -> Mail:
    """The mail to whoever answers for the clinic: that it happened, not whose record it was. Raises NoLongerDue."""
    member = Membership.objects.filter(pk=message.subject_id, is_active=True).select_related("user").first()
    if member is None:
        raise NoLongerDue("staff_gone")
    with translation.override(member.user.language or clinic.language):
        paragraphs = [
            _("Somebody at %(clinic)s has opened a record in an emergency, without the right to read records otherwise.")
            % {"clinic": clinic.name},
            _("Administrators see who it was, whose record and why: in Backlight, below Audit, Emergencies."),
            _("Ask the person about it within the next days."),
        ]
        subject = _("A record was opened in an emergency")
        return Mail(subject, "\n\n".join(paragraphs) + "\n", to=member.user.email)
