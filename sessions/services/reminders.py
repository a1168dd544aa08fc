"""Reminders of visits: one per visit and time, through the outbox. A visit that moves is another matter, with a reminder of its own.

The link in a reminder says "I cannot come". Its secret is made from the visit and its time whenever it is shown, and never stored:
it is void once the visit has moved.
"""

from __future__ import annotations

import hmac
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.links import link_secret
from clinic.models import Message
from clinic.selectors.patients import who_may_be_messaged
from clinic.services.messages import queue_message
from clinic.services.worklist import open_task
from clinic.task_kinds import TaskKind, announce
from clinic.writes import Actor
from sessions.models import Visit
from sessions.selectors.calendar import calendar_rules

announce(
    TaskKind(
        "cannot_come",
        _("Cannot come"),
        _("The patient said so with the link of a reminder. The visit is still booked."),
        _("Call the patient; move or cancel the visit."),
    ),
)

KIND, CANNOT_COME = "visit_reminder", "cannot_come"


def reminder_key(visit: Visit) -> str:
    """What makes the reminder unique: the visit and its time."""
    return f"{KIND}:{visit.pk}:{visit.planned_for.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def queue_reminders(*, actor: Actor, now: datetime) -> int:
    """Put the reminders of the open clinic that are due into the outbox; how many are new. Called twice at once it makes each once.

    Due is what is booked within the clinic's hours from now on. Who did not agree to messages gets none.
    """
    rules = calendar_rules()
    if not rules.reminds:
        return 0
    soon = Visit.objects.filter(state=Visit.State.BOOKED, planned_for__gt=now, planned_for__lte=now + timedelta(hours=rules.remind_hours))
    visits = list(soon.select_related("course__patient").order_by("planned_for", "id"))
    keys = {reminder_key(visit): visit for visit in visits}
    known = set(Message.objects.filter(business_key__in=list(keys)).values_list("business_key", flat=True))
    asked = {key: visit for key, visit in keys.items() if key not in known}
    agreed = who_may_be_messaged({visit.course.patient_id for visit in asked.values()})
    new = [(key, visit) for key, visit in asked.items() if visit.course.patient_id in agreed]
    for key, visit in new:
        queue_message(actor=actor, patient=visit.course.patient, kind=KIND, subject_id=visit.pk, business_key=key, due_at=now)
    return len(new)


def _secret(visit: Visit) -> str:
    return link_secret(reminder_key(visit))


def cannot_come_link(visit: Visit) -> str:
    """The address under which a patient says that they cannot come: on the configured site, never on the host of a request."""
    return f"{settings.SITE_URL}/v/{visit.clinic.link_prefix}.{visit.pk.hex}.{_secret(visit)}"


def visit_of_link(key: str, secret: str) -> Visit | None:
    """The booked visit to come that this link is about; None for any other, and for one that has moved since."""
    try:
        wanted = UUID(hex=key)
    except ValueError:
        return None
    rows = Visit.objects.filter(pk=wanted, state=Visit.State.BOOKED, planned_for__gt=timezone.now())
    visit: Visit | None = rows.select_related("clinic", "course__patient").first()
    return visit if visit is not None and hmac.compare_digest(_secret(visit).encode(), secret.encode()) else None


def say_cannot_come(*, actor: Actor, visit: Visit) -> None:
    """Put it on the worklist; the visit stays booked until somebody has spoken to the patient. A second time changes nothing."""
    open_task(actor=actor, kind=CANNOT_COME, patient=visit.course.patient, subject_id=visit.pk, due_on=visit.clinic.today())
