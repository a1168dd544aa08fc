"""The outbox as its page shows it: what waits, what left, what failed and why. No text of a message is kept, so none is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic.models import Clinic, Message, MessageHold
from clinic.services.messages import quiet_until

PAGE_SIZE = 30
KINDS: dict[str, str | Promise] = {
    "invitation": _("Questions to answer"),
    "new_link": _("New link, asked for by the patient"),
    "visit_reminder": _("Reminder of a visit"),
    "staff_invitation": _("Invitation to work here"),
    "staff_emergency": _("A record opened in an emergency"),
    "staff_reset": _("New password for a colleague"),
    "staff_factor_added": _("A colleague's sign-in was changed"),
    "staff_factor_removed": _("A colleague's sign-in was changed"),
    "staff_codes_renewed": _("A colleague's sign-in was changed"),
    "staff_password_changed": _("A colleague's sign-in was changed"),
    "staff_key_ends": _("A key for a program ends soon"),
}
REASONS: dict[str, str | Promise] = {
    "no_consent": _("the patient has not agreed to messages, or no longer does"),
    "no_contact": _("there is no e-mail address"),
    "no_way_to_send": _("there is no way to send this kind of message"),
    "invitation_withdrawn": _("the survey was withdrawn"),
    "already_answered": _("the survey was answered meanwhile"),
    "link_expired": _("its link had run out"),
    "visit_settled": _("the visit no longer takes place"),
    "visit_moved": _("the visit was moved"),
    "visit_over": _("the time of the visit had come"),
    "no_connection": _("the mail server could not be reached"),
    "cannot_be_written": _("its text could not be made"),
    "cannot_be_sent": _("its address cannot be written to"),
    "staff_withdrawn": _("the invitation was withdrawn"),
    "staff_accepted": _("the invitation was accepted meanwhile"),
    "key_ended": _("the key was ended meanwhile"),
    "staff_gone": _("the colleague has no access any more"),
    "restored": _("it was waiting when a backup was restored, and was withdrawn then"),
    "invented": _("the clinic is invented, and there is no demo inbox"),
    "sender_lost": _("the sending program was stopped each time"),
}


@dataclass(frozen=True)
class MessageLine:
    """One message: to which record (empty for a colleague's), of what kind, in which state, and why."""

    id: UUID
    record_number: str
    kind: str | Promise
    channel: str
    state: str
    state_label: str
    at: datetime
    attempts: int
    reason: str | Promise
    is_dead: bool


@dataclass(frozen=True)
class OutboxPage:
    """One page of the outbox, newest first. `after` is the cursor of the next; None on the last."""

    lines: tuple[MessageLine, ...]
    counts: tuple[tuple[str, str, int], ...]
    after: UUID | None
    held_since: datetime | None = None
    waiting: int = 0


def outbox_page(*, state: str = "", after: UUID | None = None) -> OutboxPage:
    """The messages of the open clinic, all or those of one state; three statements however many rows."""
    numbers = dict(Message.objects.order_by().values_list("state").annotate(number=Count("pk")))
    rows = Message.objects.select_related("patient")
    rows = rows.filter(state=state) if state in Message.State.values else rows
    rows = rows.filter(pk__lt=after) if after else rows
    found = list(rows.order_by("-pk")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    counts = tuple((str(value), str(label), numbers.get(value, 0)) for value, label in Message.State.choices)
    held_since = MessageHold.objects.filter(ended_at=None).values_list("began_at", flat=True).first()
    waiting = numbers.get(Message.State.DUE, 0) + numbers.get(Message.State.SENDING, 0)
    after = shown[-1].pk if len(found) > PAGE_SIZE else None
    return OutboxPage(tuple(_line(row) for row in shown), counts, after, held_since, waiting)


def waits_until(clinic: Clinic) -> datetime | None:
    """At night, when what waits will leave; None by day, and when nothing waits."""
    morning = quiet_until(clinic, timezone.now())
    return morning if morning and Message.objects.filter(state=Message.State.DUE, due_at__lt=morning).exists() else None


def _line(row: Message) -> MessageLine:
    reason = REASONS.get(row.last_error) or (_("the mail server refused it") if row.last_error else "")
    return MessageLine(
        id=row.pk,
        record_number=row.patient.record_number if row.patient else "",
        kind=KINDS.get(row.kind, row.kind),
        channel=row.get_channel_display(),
        state=row.state,
        state_label=row.get_state_display(),
        at=row.sent_at or row.due_at,
        attempts=row.attempts,
        reason=reason,
        is_dead=row.state == Message.State.DEAD,
    )
