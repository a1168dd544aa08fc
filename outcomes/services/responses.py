"""Recording answers: the corridor that therapist, patient, import and interface walk alike.

One transaction holds the responses, their scores, the course's outcome rows and the audit. Answers are never edited: a wrong response
is voided with a reason, and a new one recorded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from clinic.identifiers import uuid7
from clinic.models import Membership
from clinic.writes import Actor, audited, nothing_to_write, writes
from outcomes.answers import AnswerProblem, validate
from outcomes.instruments import Instrument
from outcomes.models import Invitation, Response, ResponseVoid, Score
from outcomes.models.invitation import Mode, Occasion
from outcomes.models.response import AnsweredBy
from outcomes.registry import instruments
from outcomes.services.outcome_rows import refresh_outcome_rows, store_answers
from outcomes.statistics.scoring import ScaleScore, score
from sessions.models import Course, Visit

AnswerSet = Mapping[str, Mapping[str, Any]]


class AnswersRefused(ValueError):
    """Answers that do not fit their instrument. `problems`: instrument key → item id → why."""

    def __init__(self, problems: dict[str, dict[str, AnswerProblem]]) -> None:
        super().__init__("Some answers do not fit.")
        self.problems = problems


class ResponseRefused(ValueError):
    """A response that cannot be recorded or voided; `field` says where."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Submission:
    """The answers to one or several instruments, given together. `answers`: instrument key → item id → answer."""

    course: Course
    answers: AnswerSet
    occasion: str
    mode: str
    answered_by: str
    occurred_at: datetime
    zone: str
    language: str = "en"
    layout: str = ""
    device_time: datetime | None = None
    invitation: Invitation | None = None
    visit: Visit | None = None
    recorded_by: Membership | None = None
    source_key: str = ""


@dataclass(frozen=True)
class Receipt:
    """Proof that answers were stored. `scores` holds every scale's score, or the reason why there is none."""

    receipt: UUID
    received_at: datetime
    responses: tuple[UUID, ...]
    scores: tuple[ScaleScore, ...]


@writes("response.record")
def record_response(
    *,
    actor: Actor,
    course: Course,
    answers: AnswerSet,
    occasion: str,
    mode: str,
    answered_by: str,
    occurred_at: datetime,
    zone: str,
    language: str = "en",
    layout: str = "",
    device_time: datetime | None = None,
    invitation: Invitation | None = None,
    visit: Visit | None = None,
    recorded_by: Membership | None = None,
    source_key: str = "",
) -> Receipt:
    """Store the answers to one or several instruments as one submission, score them, and bring the outcome rows up to date.

    answers: instrument key → item id → answer, as `outcomes.answers.validate` takes them. Two statements, one for all rows and
    one for the audit, whatever the number of items. Raises AnswersRefused and ResponseRefused.
    """
    submission = Submission(
        course=course,
        answers=answers,
        occasion=occasion,
        mode=mode,
        answered_by=answered_by,
        occurred_at=occurred_at,
        zone=zone,
        language=language,
        layout=layout,
        device_time=device_time,
        invitation=invitation,
        visit=visit,
        recorded_by=recorded_by,
        source_key=source_key,
    )
    return _store([submission])[0]


@writes("response.record")
def record_responses(*, actor: Actor, submissions: Sequence[Submission]) -> list[Receipt]:
    """As `record_response`, for many at once, with as many statements as for one. One refused submission refuses them all."""
    return _store(submissions)


def _store(submissions: Sequence[Submission]) -> list[Receipt]:
    chosen = [_checked(each.answers, each.occasion, each.mode, each.answered_by, each.occurred_at) for each in submissions]
    received_at = timezone.now()
    made = [_responses(each, items) for each, items in zip(submissions, chosen, strict=True)]
    scored = [
        [(response, result) for response, item in zip(rows, items, strict=True) for result in score(item, each.answers[item.key])]
        for each, items, rows in zip(submissions, chosen, made, strict=True)
    ]
    store_answers([row for rows in made for row in rows], [_score_row(response, result) for pairs in scored for response, result in pairs])
    for each, rows in zip(submissions, made, strict=True):
        audited(rows[0], patient_id=each.course.patient_id, instruments=[row.instrument for row in rows], mode=each.mode)
    return [
        Receipt(rows[0].receipt, received_at, tuple(row.pk for row in rows), tuple(result for _, result in pairs))
        for rows, pairs in zip(made, scored, strict=True)
    ]


def _responses(submission: Submission, chosen: Sequence[Instrument]) -> list[Response]:
    receipt = uuid7()
    return [
        Response(
            course=submission.course,
            invitation=submission.invitation,
            visit=submission.visit,
            receipt=receipt,
            instrument=instrument.key,
            answers=as_stored(submission.answers[instrument.key]),
            occasion=submission.occasion,
            mode=submission.mode,
            answered_by=submission.answered_by,
            layout=submission.layout,
            occurred_at=submission.occurred_at,
            device_time=submission.device_time,
            zone=submission.zone,
            recorded_by=submission.recorded_by,
            source_key=f"{submission.source_key}:{instrument.key}" if submission.source_key else "",
            **_form(instrument, submission.language),
        )
        for instrument in chosen
    ]


@writes("response.void")
def void_response(*, actor: Actor, response: Response, reason: str, voided_by: Membership | None = None) -> ResponseVoid:
    """Say that a response does not count, and why; the response itself stays. Raises ResponseRefused."""
    nothing_to_write()  # audited by the one that voids many
    return void_responses(actor=actor, responses=[response], reason=reason, voided_by=voided_by)[0]


@writes("response.void")
def void_responses(*, actor: Actor, responses: Sequence[Response], reason: str, voided_by: Membership | None = None) -> list[ResponseVoid]:
    """As `void_response`, for many with one reason, in as few statements. Raises ResponseRefused."""
    if not reason.strip():
        raise ResponseRefused("reason", "Say why the response does not count.")
    if not responses:
        nothing_to_write()
        return []
    if ResponseVoid.objects.filter(response__in=responses).exists():
        raise ResponseRefused("response", "This response is void already.")
    voids = [ResponseVoid(response=response, reason=reason.strip(), voided_by=voided_by) for response in responses]
    ResponseVoid.objects.bulk_create(voids)
    scales = Score.objects.filter(response__in=responses).values_list("scale", flat=True).distinct()
    refresh_outcome_rows({response.course_id for response in responses}, list(scales))
    for void in voids:
        audited(void)
    return voids


def _checked(answers: AnswerSet, occasion: str, mode: str, answered_by: str, occurred_at: datetime) -> list[Instrument]:
    """The instruments of the answers, in their given order, once everything fits."""
    registry = instruments()
    for field, value, known in (
        ("occasion", occasion, Occasion.values),
        ("mode", mode, Mode.values),
        ("answered_by", answered_by, AnsweredBy.values),
    ):
        if value not in known:
            raise ResponseRefused(field, "This value is not known.")
    unknown = [key for key in answers if key not in registry]
    if unknown or not answers:
        raise ResponseRefused("answers", "Name at least one known instrument.")
    if timezone.is_naive(occurred_at):
        raise ResponseRefused("occurred_at", "A time needs its zone.")
    problems = {key: found for key, given in answers.items() if (found := validate(registry[key], given))}
    if problems:
        raise AnswersRefused(problems)
    return [registry[key] for key in answers]


def _form(instrument: Instrument, language: str) -> dict[str, str]:
    """What was put before the person: version, language and translation of the text, and its hash."""
    shown = instrument.translation(language)
    return {
        "form_version": instrument.form_version,
        "language": shown.language if shown else language,
        "translation": f"{shown.id}@{shown.version}" if shown else "",
        "text_hash": instrument.text_hash(language) or "",
    }


def as_stored(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers as stored: a Decimal becomes its shortest text, so that nothing is rounded."""
    return {item: str(value) if hasattr(value, "as_tuple") else value for item, value in answers.items()}


def _score_row(response: Response, result: ScaleScore) -> Score:
    return Score(
        response=response,
        course_id=response.course_id,
        scale=result.scale,
        value=result.value,
        no_score_reason=result.no_score_reason or "",
        answered_items=result.answered,
        flagged=result.flag_reason or "",
        scorer_version=result.scorer_version,
        occurred_at=response.occurred_at,
    )
