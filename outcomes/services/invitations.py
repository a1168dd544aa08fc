"""Invitations to a survey: made once per occasion, reached by a link that is derived and never stored, answered once.

The link's secret is HMAC-SHA-256(key, id and generation): 256 bits, made again whenever it is shown or sent. Only its SHA-256 is
stored. A new generation makes every earlier link void. See R3, R5, R36 to R40 of the trust requirements.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from clinic.api_tokens import hash_token
from clinic.identifiers import uuid7
from clinic.links import link_secret
from clinic.models import Membership, Message
from clinic.scoping import current_clinic_id
from clinic.selectors.patients import may_message
from clinic.services.messages import queue_message
from clinic.writes import Actor, audited, nothing_to_write, writes
from outcomes.models import Invitation, SurveyDraft
from outcomes.occasions import counts_as
from outcomes.registry import instruments as all_instruments
from outcomes.services.responses import AnswerSet, record_response
from sessions.models import Course, Visit
from sessions.selectors.visits import treatment_began

LINK_DAYS = 14
COURSE_SHOWN_FOR = timedelta(hours=24)
NEW_LINKS_PER_DAY = 3
# A link asked for this long after the survey was due would be answered about another time than it was meant for.
RENEWABLE_DAYS = 60


class InvitationRefused(ValueError):
    """An invitation that cannot be made or changed; `field` says what stands against it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class LinkGone(ValueError):
    """The link is expired, withdrawn or replaced by a newer one: the visitor is told the same for all three."""


class AlreadyAnswered(ValueError):
    """The survey was answered before, with other answers. Nothing is merged; `received_at` is when it was received."""

    def __init__(self, received_at: datetime) -> None:
        super().__init__("This survey was answered before.")
        self.received_at = received_at


class AnswersChanged(ValueError):
    """What was to be sent is not what was shown: another window has changed the answers meanwhile."""


@dataclass(frozen=True)
class SurveyReceipt:
    """Proof that a survey was received. `repeated`: these answers had been received before."""

    receipt: UUID
    received_at: datetime
    repeated: bool = False


def token_of(invitation: Invitation) -> str:
    """The secret of the invitation's present link: 43 characters of base64url, 256 bits."""
    return link_secret(f"invitation:{invitation.pk}:{invitation.generation}")


def link_of(invitation: Invitation) -> str:
    """The address that a patient is sent: on the configured site, never on the host of a request."""
    return f"{settings.SITE_URL}/s/{invitation.clinic.link_prefix}.{token_of(invitation)}"


def answers_hash(answers: AnswerSet) -> str:
    """SHA-256 of the answers, whatever the order they were given in."""
    text = json.dumps(answers, sort_keys=True, default=str, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def is_usable(invitation: Invitation, now: datetime) -> bool:
    """Whether its link still admits answers."""
    return invitation.state == Invitation.State.OPEN and invitation.expires_at > now


def still_shows_course(invitation: Invitation, now: datetime) -> bool:
    """Whether the survey was answered so lately that the year of birth opens the own course: an old mail must not open it for ever."""
    return invitation.answered_at is not None and now - invitation.answered_at < COURSE_SHOWN_FOR


def find_by_token(token: str) -> Invitation | None:
    """The invitation of the open scope that a link's secret belongs to, with its clinic and draft; None for an unknown one."""
    rows = Invitation.objects.select_related("clinic", "draft", "course__patient")
    found: Invitation | None = rows.filter(token_hash=hash_token(token)).first()
    return found


@writes("invitation.create")
def invite(
    *,
    actor: Actor,
    course: Course,
    occasion: str,
    due_on: date,
    instruments: Sequence[str],
    visit: Visit | None = None,
    by_mail: bool = False,
    days: int = LINK_DAYS,
) -> Invitation:
    """The invitation of this course for this occasion and day: made, or the one that is there already.

    by_mail: also put the message into the outbox, when the patient has agreed to messages; the sender asks again. An open one whose
    link has run out gets a new link. Raises InvitationRefused for instruments that cannot be asked.
    """
    keys = _askable(instruments)
    wanted = Invitation(
        id=uuid7(),
        clinic_id=current_clinic_id(),
        course=course,
        visit=visit,
        occasion=occasion,
        due_on=due_on,
        instruments=keys,
        expires_at=timezone.now() + timedelta(days=days),
    )
    wanted.token_hash = hash_token(token_of(wanted))
    # Two who invite at once must not meet an error: the second one's row is passed over.
    Invitation.objects.bulk_create([wanted], ignore_conflicts=True)
    found: Invitation = Invitation.objects.select_related("clinic", "course").get(course=course, occasion=occasion, due_on=due_on)
    if found.pk == wanted.pk:
        audited(found, occasion=occasion, instruments=keys)
    else:
        nothing_to_write()
        if found.state == Invitation.State.OPEN and found.expires_at <= timezone.now():
            found = renew_link(actor=actor, invitation=found, days=days)
    if by_mail and found.state == Invitation.State.OPEN and may_message(course.patient_id):
        send_link(actor=actor, invitation=found)
    return found


@writes("invitation.mail")
def send_link(*, actor: Actor, invitation: Invitation, kind: str = "invitation") -> Message:
    """Put the message with the present link into the outbox, once per link. It goes to the stored contact, nowhere else."""
    message = queue_message(
        actor=actor,
        patient=invitation.course.patient,
        kind=kind,
        subject_id=invitation.pk,
        business_key=f"invitation:{invitation.pk}:{invitation.generation}",
    )
    nothing_to_write()
    return message


@writes("invitation.renew")
def renew_link(*, actor: Actor, invitation: Invitation, days: int = LINK_DAYS) -> Invitation:
    """Make a new link; every earlier one is void from now on. Raises LinkGone when it was answered or withdrawn."""
    locked = _locked(invitation.pk)
    if locked.state != Invitation.State.OPEN:
        raise LinkGone("Only an open invitation gets a new link.")
    locked.generation += 1
    locked.token_hash = hash_token(token_of(locked))
    locked.expires_at = timezone.now() + timedelta(days=days)
    locked.birth_tries = 0  # whoever tried with the earlier link does not have this one
    locked.save(update_fields=["generation", "token_hash", "expires_at", "birth_tries"])
    audited(locked, generation=locked.generation)
    return locked


@writes("invitation.ask_again")
def ask_for_new_link(*, actor: Actor, invitation: Invitation) -> bool:
    """Send a new link to the stored contact because somebody with an old one asks; at most three a day, whoever asks.

    False when nothing was sent; the visitor is told the same either way.
    """
    locked = _locked(invitation.pk)
    since = timezone.now() - timedelta(days=1)
    asked = Message.objects.filter(subject_id=locked.pk, kind="new_link", created_at__gt=since).count()
    late = locked.due_on + timedelta(days=RENEWABLE_DAYS) < timezone.now().date()
    nothing_to_write()
    if locked.state != Invitation.State.OPEN or late or asked >= NEW_LINKS_PER_DAY or not may_message(locked.course.patient_id):
        return False
    renewed = renew_link(actor=actor, invitation=locked)
    send_link(actor=actor, invitation=renewed, kind="new_link")
    return True


@writes("invitation.revoke")
def revoke(*, actor: Actor, invitation: Invitation) -> Invitation:
    """Withdraw an invitation that was not answered; its link stops working at once. Raises InvitationRefused."""
    locked = _locked(invitation.pk)
    if locked.state == Invitation.State.ANSWERED:
        raise InvitationRefused("state", "This survey was answered already.")
    locked.state = Invitation.State.REVOKED
    locked.save(update_fields=["state"])
    audited(locked)
    return locked


@writes("survey.save_draft")
def save_survey_draft(*, actor: Actor, invitation: Invitation, answers: AnswerSet, layouts: dict[str, str] | None = None) -> SurveyDraft:
    """Keep the answers given so far, so that the same link resumes. No audit, no history: nothing is told before it is submitted.

    Answers of the given instruments replace those kept; others stay. Raises LinkGone and AlreadyAnswered.
    """
    locked = _locked(invitation.pk)
    _require_open(locked, locked.generation)
    nothing_to_write()
    draft = SurveyDraft.objects.filter(invitation=locked).first() or SurveyDraft(invitation=locked)
    known = {key: given for key, given in answers.items() if key in locked.instruments}
    draft.answers = {**draft.answers, **{key: {**draft.answers.get(key, {}), **given} for key, given in known.items()}}
    draft.layouts = {**draft.layouts, **(layouts or {})}
    draft.save()
    return draft


@writes("survey.start_again")
def discard_draft(*, actor: Actor, invitation: Invitation) -> None:
    """Forget the answers of a survey that was not submitted: somebody else's, or of another day."""
    nothing_to_write()
    SurveyDraft.objects.filter(invitation=invitation).delete()


@writes("survey.submit")
def submit(
    *,
    actor: Actor,
    invitation_id: UUID,
    mode: str,
    answered_by: str,
    answers: AnswerSet | None = None,
    generation: int | None = None,
    shown: str = "",
    language: str = "en",
    layout: str = "",
    device_time: datetime | None = None,
    zone: str = "",
    occurred_at: datetime | None = None,
    recorded_by: Membership | None = None,
) -> SurveyReceipt:
    """Receive a survey once: of several at the same time one is stored, and all with the same answers get its receipt.

    answers: None means those of the draft. shown: hash of what the person was shown (see `answers_hash`). generation: of the link
    that was used. Raises LinkGone, AlreadyAnswered, AnswersChanged before anything is written, and what record_response raises.
    """
    invitation = _locked(invitation_id)
    draft = getattr(invitation, "draft", None)
    given = answers if answers is not None else (draft.answers if draft else {})
    if invitation.state == Invitation.State.ANSWERED:
        return _same_receipt(invitation, answers_hash(answers) if answers is not None else shown)
    _require_open(invitation, generation or invitation.generation)
    complete = _complete(invitation, given)
    if shown and shown != answers_hash(complete):
        raise AnswersChanged("The answers were changed in another window.")
    at, place = occurred_at or timezone.now(), zone or invitation.clinic.time_zone
    receipt = record_response(
        actor=actor,
        course=invitation.course,
        answers=complete,
        occasion=_counts_as(invitation, at, mode, place),
        mode=mode,
        answered_by=answered_by,
        occurred_at=at,
        zone=place,
        language=language,
        layout=layout or _layout_of(draft),
        device_time=device_time,
        invitation=invitation,
        visit=invitation.visit,
        recorded_by=recorded_by,
    )
    _close(invitation, draft, receipt.receipt, receipt.received_at, answers_hash(complete))
    audited(invitation, mode=mode)
    return SurveyReceipt(receipt.receipt, receipt.received_at)


def complete_answers(invitation: Invitation, given: AnswerSet) -> dict[str, dict[str, Any]]:
    """What would be stored: every instrument of the invitation, an item without answer as None."""
    return _complete(invitation, given)


def _complete(invitation: Invitation, given: AnswerSet) -> dict[str, dict[str, Any]]:
    registry = all_instruments()
    return {
        key: {**{item.id: None for item in registry[key].items}, **given.get(key, {})} for key in invitation.instruments if key in registry
    }


def _layout_of(draft: SurveyDraft | None) -> str:
    """How the pages looked, each look once: "boxes-1 row, ticks-1"."""
    looks = sorted(set(draft.layouts.values())) if draft else []
    return ", ".join(str(look) for look in looks)[:40]


def _counts_as(invitation: Any, at: datetime, mode: str, zone: str) -> str:
    """What is known at submission; `outcomes.occasions` is asked again wherever it matters, for the visit may be signed later."""
    return counts_as(invitation.occasion, at, mode=mode, zone=zone, began=invitation.treatment_began)


def _close(invitation: Invitation, draft: SurveyDraft | None, receipt: UUID, received_at: datetime, stored: str) -> None:
    invitation.state = Invitation.State.ANSWERED
    invitation.receipt, invitation.answered_at, invitation.answers_hash = receipt, received_at, stored
    invitation.save(update_fields=["state", "receipt", "answered_at", "answers_hash"])
    if draft is not None:
        SurveyDraft.objects.filter(pk=draft.pk).delete()


def _same_receipt(invitation: Invitation, sent: str) -> SurveyReceipt:
    if invitation.receipt is None or invitation.answered_at is None:
        raise LinkGone("Answered without a receipt.")
    if not sent or not hmac.compare_digest(sent, invitation.answers_hash):
        raise AlreadyAnswered(invitation.answered_at)
    nothing_to_write()
    return SurveyReceipt(invitation.receipt, invitation.answered_at, repeated=True)


def _require_open(invitation: Invitation, generation: int) -> None:
    if invitation.state == Invitation.State.ANSWERED and invitation.answered_at is not None:
        raise AlreadyAnswered(invitation.answered_at)
    if not is_usable(invitation, timezone.now()) or invitation.generation != generation:
        raise LinkGone("The link is no longer valid.")


def _locked(invitation_id: UUID) -> Invitation:
    """The invitation, locked until the transaction ends: whoever submits at the same time waits here."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("draft", "clinic", "course__patient", "visit")
    rows = rows.annotate(treatment_began=treatment_began("course"))
    try:
        found: Invitation = rows.get(pk=invitation_id)
    except Invitation.DoesNotExist:
        raise LinkGone("There is no such invitation.") from None
    return found


def _askable(keys: Sequence[str]) -> list[str]:
    registry = all_instruments()
    if not keys or any(key not in registry or not registry[key].can_be_asked for key in keys):
        raise InvitationRefused("instruments", "Name at least one instrument that may be shown to a patient.")
    return list(dict.fromkeys(keys))
