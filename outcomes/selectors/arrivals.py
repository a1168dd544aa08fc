"""What a day's list says about surveys: answered, due, or nothing to ask."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from outcomes.models import Invitation, Score
from outcomes.registry import instruments
from outcomes.wording import short_name, written


@dataclass(frozen=True)
class SurveyState:
    """One course's survey on this day. `kind`: done, due or "" (nothing open)."""

    kind: str
    answered_at: datetime | None
    scores: tuple[tuple[str, str], ...]


def survey_states(course_ids: Iterable[UUID], since: datetime, until: datetime) -> dict[UUID, SurveyState]:
    """The survey state of each course between two instants; two statements."""
    courses = list(course_ids)
    answered: dict[UUID, tuple[datetime, dict[str, Decimal | None]]] = {}
    scores = Score.objects.filter(course_id__in=courses, occurred_at__gte=since, occurred_at__lt=until, response__void__isnull=True)
    for course_id, scale, value, at in scores.order_by("occurred_at", "scale").values_list("course_id", "scale", "value", "occurred_at"):
        values = answered.setdefault(course_id, (at, {}))[1]
        values[scale] = value
        answered[course_id] = (at, values)
    waiting = Invitation.objects.filter(course_id__in=courses, state=Invitation.State.OPEN, due_on__lte=until.date(), expires_at__gt=since)
    due = set(waiting.values_list("course_id", flat=True))
    return {course: _state(answered.get(course), due=course in due) for course in courses}


def _state(answered: tuple[datetime, dict[str, Decimal | None]] | None, *, due: bool) -> SurveyState:
    if answered is None:
        return SurveyState("due" if due else "", None, ())
    at, values = answered
    return SurveyState("done", at, tuple((_short(scale), written(instruments().scale(scale), value)) for scale, value in values.items()))


def _short(scale: str) -> str:
    return short_name(instruments().instrument_of(scale))


@dataclass(frozen=True)
class SaidPain:
    """What the patient said about pain *now*, shortly before the treatment."""

    value: int
    at: datetime


def pain_said(course_id: UUID, before: datetime) -> SaidPain | None:
    """The newest "pain now" answered within two hours before an instant; a therapist may take it over by a press."""
    row = (
        Score.objects.filter(
            course_id=course_id,
            scale__in=[scale.id for scale in instruments()["nprs-now"].scales],
            value__isnull=False,
            response__void__isnull=True,
            occurred_at__gte=before - timedelta(hours=2),
            occurred_at__lte=before,
        )
        .order_by("-occurred_at")
        .values_list("value", "occurred_at")
        .first()
    )
    return SaidPain(int(row[0]), row[1]) if row else None
