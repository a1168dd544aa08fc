"""The outbox: messages are rows first, and are sent by whoever finds them due. The broker only says "look now".

A sender claims one row, commits the claim, sends outside any transaction, and commits that it was sent. Who is killed in between
leaves a lease that runs out: the same row goes out again, with the same Message-ID. None is lost; a repeat can be recognised.
Consent and contact are read at the moment of sending, not at the moment of queueing.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from clinic.identifiers import uuid7
from clinic.models import Clinic, Message, MessageHold, Patient
from clinic.operation.health import QUIET_FROM, QUIET_UNTIL
from clinic.scoping import clinic_scope, current_clinic_id
from clinic.selectors.patients import may_message, person
from clinic.services.worklist import open_task
from clinic.writes import Actor, audited, nothing_to_write, writes

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120))
# Asked for by the patient or a colleague a moment ago: sent at any hour.
AT_ONCE = frozenset(
    {
        "new_link", "staff_emergency", "staff_invitation", "staff_reset",
        "staff_factor_added", "staff_factor_removed", "staff_codes_renewed", "staff_password_changed",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Mail:
    """The words of one message. Neither may name a complaint, an answer, a score or a body part. `to`: a colleague's address."""

    subject: str
    body: str
    to: str = ""


class NoLongerDue(Exception):
    """What the message is about has been settled meanwhile; `code` says how ("answered", "expired", …)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Renderer(Protocol):
    """Writes the words of one kind of message, in the language that is active. Raises NoLongerDue."""

    def __call__(self, message: Message, clinic: Clinic) -> Mail: ...


@dataclass(frozen=True)
class Claimed:
    """A message that this sender alone may send until its lease runs out."""

    clinic_id: UUID
    pk: UUID
    message_id: UUID
    attempt: int
    to: str
    mail: Mail


@writes("message.queue")
def queue_message(
    *,
    actor: Actor,
    patient: Patient | None,
    kind: str,
    subject_id: UUID,
    business_key: str,
    due_at: datetime | None = None,
    channel: str = Message.Channel.EMAIL,
) -> Message:
    """Put a message into the outbox, once per business key; the one that is there already otherwise. No patient: it is for staff."""
    wanted = Message(
        id=uuid7(),
        clinic_id=current_clinic_id(),
        patient=patient,
        kind=kind,
        channel=channel,
        subject_id=subject_id,
        business_key=business_key,
        due_at=due_at or timezone.now(),
    )
    Message.objects.bulk_create([wanted], ignore_conflicts=True)
    found: Message = Message.objects.get(business_key=business_key)
    if found.pk == wanted.pk:
        audited(found, kind=kind)
    else:
        nothing_to_write()
    return found


def send_due(clinic_id: UUID, *, actor: Actor, meanwhile: Callable[[], None] = lambda: None) -> int:
    """Send what is due in one clinic; how many were sent. Opens scopes of its own: never call it inside one."""
    sent = 0
    while True:
        with clinic_scope(clinic_id):
            claimed = claim_next(actor=actor)
        if claimed is None:
            return sent
        if isinstance(claimed, Claimed):
            sent += _deliver(claimed, actor)
        meanwhile()


def _deliver(claimed: Claimed, actor: Actor) -> int:
    error = ""
    try:
        _email(claimed).send()
    except (OSError, smtplib.SMTPException) as failure:
        # A code of ours: what a provider answers may hold an address.
        error = f"smtp_{getattr(failure, 'smtp_code', '')}".rstrip("_") if isinstance(failure, smtplib.SMTPException) else "no_connection"
    except Exception as failure:  # noqa: BLE001 - an address or a header that cannot be sent must not end the sender
        log.warning("message %s: %s while it was sent", claimed.pk, type(failure).__name__)
        error = "cannot_be_sent"
    with clinic_scope(claimed.clinic_id):
        settle(actor=actor, claimed=claimed, error=error)
    return 0 if error else 1


def _email(claimed: Claimed) -> EmailMessage:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {
        "Message-ID": f"<{claimed.message_id}@{domain}>",
        "X-Backlight-Clinic": str(claimed.clinic_id),
        "Auto-Submitted": "auto-generated",
    }
    return EmailMessage(claimed.mail.subject, claimed.mail.body, to=[claimed.to], headers=headers)


def quiet_until(clinic: Clinic, now: datetime) -> datetime | None:
    """At night, when the clinic writes to its patients again; None by day."""
    local = now.astimezone(clinic.zone)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return None
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    return datetime.combine(day, QUIET_UNTIL, tzinfo=clinic.zone)


@writes("message.claim")
def claim_next(*, actor: Actor) -> Claimed | Message | None:
    """Claim the next due message of the open clinic: ready to send; or settled without sending (a Message); or None.

    Rows that another sender holds are passed over. At night only what a patient has just asked for is taken; nothing at all while
    the clinic's messages are on hold.
    """
    nothing_to_write()
    hold = MessageHold.objects.filter(clinic=OuterRef("pk"), ended_at=None)
    now, clinic = timezone.now(), Clinic.objects.annotate(is_on_hold=Exists(hold)).get(pk=current_clinic_id())
    if clinic.is_on_hold:
        return None
    due = Q(state=Message.State.DUE, due_at__lte=now) | Q(state=Message.State.SENDING, lease_until__lte=now)
    rows = Message.objects.filter(due)
    if quiet_until(clinic, now):
        rows = rows.filter(kind__in=AT_ONCE)
    message: Message | None = rows.select_for_update(skip_locked=True).order_by("due_at", "id").first()
    if message is None:
        return None
    if message.attempts >= MOST_ATTEMPTS:  # its senders were killed each time
        return _give_up(actor, message, message.last_error or "sender_lost")
    message.attempts += 1
    return _prepared(actor, message, clinic, now)


def _prepared(actor: Actor, message: Message, clinic: Clinic, now: datetime) -> Claimed | Message:
    recipient = person(message.patient_id) if message.patient_id else None
    address, language = (recipient.message_address, recipient.language) if recipient else ("", clinic.language)
    why_not = _why_not(message, clinic, address)
    renderer: Renderer = import_string(settings.MESSAGE_KINDS[message.kind]) if not why_not else _never
    try:
        with translation.override(language):
            mail = renderer(message, clinic)
    except NoLongerDue as settled:
        message.state, message.last_error, message.lease_until = Message.State.WITHDRAWN, why_not or settled.code, None
        return _saved(actor=actor, message=message)
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 - one message that cannot be written must not hold up the others
        log.warning("message %s: %s while it was written", message.pk, type(error).__name__)
        return _unwritable(actor, message, now)
    message.state, message.lease_until = Message.State.SENDING, now + timedelta(seconds=settings.MESSAGE_LEASE_SECONDS)
    message.save(update_fields=["state", "attempts", "lease_until"])
    return Claimed(message.clinic_id, message.pk, message.message_id, message.attempts, address or mail.to, mail)


def _unwritable(actor: Actor, message: Message, now: datetime) -> Message:
    if message.attempts >= MOST_ATTEMPTS:
        return mark_dead(actor=actor, message=message, why="cannot_be_written")
    message.state, message.last_error, message.due_at = Message.State.DUE, "cannot_be_written", now + DELAYS[message.attempts - 1]
    message.lease_until = None
    message.save(update_fields=["state", "attempts", "lease_until", "last_error", "due_at"])
    return message


def _why_not(message: Message, clinic: Clinic, email: str) -> str:
    # Invented people get no real mail: their addresses exist nowhere, and would only bounce.
    if clinic.is_demo and not settings.INBOX_DIR:
        return "invented"
    if message.channel != Message.Channel.EMAIL or message.kind not in settings.MESSAGE_KINDS:
        return "no_way_to_send"
    if message.patient_id is None:
        return ""
    if not may_message(message.patient_id):
        return "no_consent"
    return "" if email else "no_contact"


def _never(message: Message, clinic: Clinic) -> Mail:
    raise NoLongerDue("not_sent")


@writes("message.withdraw")
def _saved(*, actor: Actor, message: Message) -> Message:
    message.save(update_fields=["state", "attempts", "lease_until", "last_error"])
    audited(message, why=message.last_error)
    return message


def _give_up(actor: Actor, message: Message, why: str) -> Message:
    return mark_dead(actor=actor, message=message, why=why)


@writes("message.give_up")
def mark_dead(*, actor: Actor, message: Message, why: str) -> Message:
    """Stop trying, and put a task on the worklist: somebody has to reach the patient another way.

    A mail to a colleague makes no task: whoever invited them sees on the staff page that it failed.
    """
    message.state, message.last_error, message.lease_until = Message.State.DEAD, why, None
    message.save(update_fields=["state", "attempts", "last_error", "lease_until"])
    audited(message, why=why)
    if message.patient_id:
        open_task(actor=actor, kind="message_failed", patient=message.patient, subject_id=message.pk)
    return message


@writes("message.send")
def settle(*, actor: Actor, claimed: Claimed, error: str = "") -> None:
    """Write down what came of an attempt: sent; to be tried again later, each time after a longer while; or given up."""
    mine = Message.objects.filter(pk=claimed.pk, state=Message.State.SENDING, attempts=claimed.attempt)
    message: Message | None = mine.select_for_update().first()
    if message is None:  # the lease ran out meanwhile, and another sender has it
        nothing_to_write()
        return
    if error and message.attempts >= MOST_ATTEMPTS:
        nothing_to_write()
        mark_dead(actor=actor, message=message, why=error)
        return
    now = timezone.now()
    if error:
        message.state, message.last_error, message.due_at = Message.State.DUE, error, now + DELAYS[message.attempts - 1]
    else:
        message.state, message.last_error, message.sent_at = Message.State.SENT, "", now
    message.lease_until = None
    message.save(update_fields=["state", "last_error", "due_at", "sent_at", "lease_until"])
    audited(message, attempt=message.attempts, error=error)


@writes("message.requeue")
def requeue(*, actor: Actor, message: Message) -> Message:
    """Let a message that was given up be tried again from the beginning."""
    changed = Message.objects.filter(pk=message.pk, state=Message.State.DEAD).update(
        state=Message.State.DUE, attempts=F("attempts") * 0, due_at=timezone.now(), last_error=""
    )
    if changed:
        audited(message)
    else:
        nothing_to_write()
    message.refresh_from_db()
    return message
