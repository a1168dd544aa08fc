"""One course over time: scores, visits, and the change that patients call important; for the page and the interface alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef
from django.utils import timezone

from outcomes.instruments import Scale
from outcomes.models import OutcomeRow, Score
from outcomes.registry import instruments
from sessions.models import Course, LaserApplication, Visit


@dataclass(frozen=True)
class TrendPoint:
    """One score; `value` None with its reason where the answers gave none."""

    at: datetime
    value: Decimal | None
    no_score_reason: str
    occasion: str
    mode: str
    flagged: str


@dataclass(frozen=True)
class TrendVisit:
    """One signed visit below the same axis."""

    at: datetime
    laser: bool


@dataclass(frozen=True)
class TrendScale:
    """One scale's scores. `important_at`: the value one important change better than the baseline; None without either."""

    scale: Scale
    points: tuple[TrendPoint, ...]
    baseline: Decimal | None
    latest: Decimal | None
    important_at: Decimal | None


@dataclass(frozen=True)
class TrendData:
    """A course's trend."""

    course_id: UUID
    scales: tuple[TrendScale, ...]
    visits: tuple[TrendVisit, ...]


def trend(course_id: UUID) -> TrendData:
    """The trend of one course: three statements, however many scores and visits there are."""
    rows = OutcomeRow.objects.filter(course_id=course_id).values_list("scale", "baseline_value", "latest_value")
    return _trend(course_id, {scale: (baseline, latest) for scale, baseline, latest in rows})


def trend_with_patient(course_id: UUID) -> tuple[UUID, TrendData] | None:
    """As `trend`, and whose course it is, in as many statements; None when the clinic has no such course."""
    columns = ("patient_id", "outcome_rows__scale", "outcome_rows__baseline_value", "outcome_rows__latest_value")
    rows = list(Course.objects.filter(pk=course_id).values_list(*columns))
    if not rows:
        return None
    return rows[0][0], _trend(course_id, {scale: (baseline, latest) for _, scale, baseline, latest in rows})


def _trend(course_id: UUID, outcomes: Mapping[str, tuple[Decimal | None, Decimal | None]]) -> TrendData:
    wanted = {scale.id: scale for scale in instruments().outcome_scales}
    scores = Score.objects.filter(course_id=course_id, scale__in=wanted, response__void__isnull=True).order_by("occurred_at", "scored_at")
    points: dict[str, dict[UUID, TrendPoint]] = {}
    columns = ("scale", "response_id", "occurred_at", "value", "no_score_reason", "response__occasion", "response__mode", "flagged")
    for scale, response_id, at, value, reason, occasion, mode, flagged in scores.values_list(*columns):
        points.setdefault(scale, {})[response_id] = TrendPoint(at, value, reason, occasion, mode, flagged)
    return TrendData(
        course_id=course_id,
        scales=tuple(
            _scale(scale, points[key].values(), *outcomes.get(key, (None, None))) for key, scale in wanted.items() if key in points
        ),
        visits=_visits(course_id),
    )


def _scale(scale: Scale, points: Iterable[TrendPoint], baseline: Decimal | None, latest: Decimal | None) -> TrendScale:
    return TrendScale(scale, tuple(points), baseline, latest, important_value(scale, baseline))


def important_value(scale: Scale, baseline: Decimal | None) -> Decimal | None:
    """The score that is one important change better than the baseline; None where the scale has no room for it."""
    if baseline is None or scale.absolute_change is None:
        return None
    value = baseline - scale.absolute_change if scale.lower_is_better else baseline + scale.absolute_change
    return value if scale.minimum <= value <= scale.maximum else None


def _visits(course_id: UUID) -> tuple[TrendVisit, ...]:
    laser = Exists(LaserApplication.objects.filter(visit=OuterRef("pk")))
    rows = Visit.objects.filter(course_id=course_id, state=Visit.State.SIGNED).annotate(laser=laser).order_by("occurred_at")
    return tuple(TrendVisit(at, laser) for at, laser in rows.values_list("occurred_at", "laser") if at is not None)


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened in a course, newest first on the page."""

    at: datetime
    kind: str
    title: str
    details: tuple[str, ...]
    visit_id: UUID | None = None
    response_id: UUID | None = None


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The clinic's day of an instant."""
    return timezone.localdate(at, timezone=zone)
