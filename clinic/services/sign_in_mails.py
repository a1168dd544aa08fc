"""Mails to colleagues about their own sign-in: something about it changed, or a key that they made for a program is about to end."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.identifiers import uuid7
from clinic.models import Clinic, Membership, Message, User
from clinic.scoping import clinic_scope
from clinic.selectors.organisation import first_membership
from clinic.services.messages import Mail, NoLongerDue, queue_message
from clinic.writes import Actor

# Kind of message → what happened. No detail: which app, which key, from where stands on the page that only the person opens.
CHANGES: dict[str, str | Promise] = {
    "staff_factor_added": gettext_lazy("A second factor was added to your sign-in."),
    "staff_factor_removed": gettext_lazy("A second factor was removed from your sign-in."),
    "staff_codes_renewed": gettext_lazy("New recovery codes were made for your sign-in; the former ones no longer work."),
    "staff_password_changed": gettext_lazy("The password of your sign-in was changed."),
}
WARNED_BEFORE = timedelta(days=14)


def tell_of_change(*, actor: Actor, user: User, kind: str) -> None:
    """Put a mail about a change of how this person signs in into the outbox of one of their clinics, where mail is set up."""
    member = first_membership(user) if settings.MAIL_IS_SET_UP else None
    if member is None:
        return
    with clinic_scope(member.clinic_id):
        queue_message(actor=actor, patient=None, kind=kind, subject_id=member.pk, business_key=f"{kind}:{uuid7()}")


def warn_before_key_ends(*, actor: Actor, token: UUID, holder: Membership, ends_at: datetime) -> None:
    """Put a mail into the outbox that leaves two weeks before a program's key ends. None for a shorter one, and where no mail is set up."""
    due_at = ends_at - WARNED_BEFORE
    if settings.MAIL_IS_SET_UP and due_at > timezone.now():
        key = _ending_key(token)
        queue_message(actor=actor, patient=None, kind="staff_key_ends", subject_id=holder.pk, business_key=key, due_at=due_at)


def no_key_to_warn_of(*, tokens: list[UUID]) -> None:
    """Withdraw the mails about keys that have ended already. To be called by the service that ends them."""
    waiting = Message.objects.filter(business_key__in=[_ending_key(token) for token in tokens], state=Message.State.DUE)
    waiting.update(state=Message.State.WITHDRAWN, last_error="key_ended")


def _ending_key(token: UUID) -> str:
    return f"key_ends:{token}"


def change_mail(message: Message, clinic: Clinic) -> Mail:
    """The mail to whoever's sign-in changed. Raises NoLongerDue when they have no access any more."""
    member = _working(message)
    with translation.override(member.user.language or clinic.language):
        at = formats.date_format(message.created_at.astimezone(clinic.zone), "DATETIME_FORMAT")
        paragraphs = [
            str(CHANGES[message.kind]),
            _("When: %(at)s (%(zone)s). You were signed out in every other browser.") % {"at": at, "zone": clinic.time_zone},
            _("It was you? Then there is nothing to do."),
            _("It was not you? Choose a new password now, look there at your second factors and where you are signed in:"),
            f"{settings.SITE_URL}{reverse('own_sign_in')}",
            _("Keys for other programs go on working until somebody ends them. Tell an administrator of %(clinic)s at once.")
            % {"clinic": clinic.name},
        ]
        return Mail(_("Your sign-in for Backlight was changed"), "\n\n".join(paragraphs) + "\n", to=member.user.email)


def ending_key_mail(message: Message, clinic: Clinic) -> Mail:
    """The mail to whoever's key for a program ends soon; which one stands on the page. Raises NoLongerDue."""
    member = _working(message)
    with translation.override(member.user.language or clinic.language):
        paragraphs = [
            _("A key that lets a program read or write at %(clinic)s in your name ends within two weeks.") % {"clinic": clinic.name},
            _("After that the program is refused. Make a new key in time, and end the former one:"),
            f"{settings.SITE_URL}{reverse('keys', kwargs={'clinic': clinic.slug})}",
            _("The program is no longer used? Then there is nothing to do."),
        ]
        return Mail(_("A key for a program ends soon"), "\n\n".join(paragraphs) + "\n", to=member.user.email)


def _working(message: Message) -> Membership:
    member = Membership.objects.filter(pk=message.subject_id, is_active=True).select_related("user").first()
    if member is None:
        raise NoLongerDue("staff_gone")
    found: Membership = member
    return found
