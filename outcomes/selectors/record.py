"""One course over time: scores, visits, and the change that patients call important; for the page and the interface alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.utils import timezone

from outcomes.instruments import Scale
from outcomes.models import Score
from outcomes.occasions import counts_as
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
    """The trend of one course: two statements, however many scores and visits there are."""
    found = trend_with_patient(course_id)
    return found[1] if found else TrendData(course_id, (), ())


def trend_with_patient(course_id: UUID) -> tuple[UUID, TrendData] | None:
    """As `trend`, and whose course it is, in as many statements; None when the clinic has no such course."""
    laser = Exists(LaserApplication.objects.filter(visit=OuterRef("visit__pk")))
    signed = FilteredRelation("visits", condition=Q(visits__state=Visit.State.SIGNED))
    courses = Course.objects.filter(pk=course_id).annotate(visit=signed, laser=laser)
    rows = list(courses.order_by("visit__occurred_at").values_list("patient_id", "visit__occurred_at", "laser"))
    if not rows:
        return None
    visits = tuple(TrendVisit(at, laser) for _patient, at, laser in rows if at is not None)
    return rows[0][0], TrendData(course_id, _scales(course_id, visits[0].at if visits else None), visits)


def _scales(course_id: UUID, began: datetime | None) -> tuple[TrendScale, ...]:
    """Every scale that has scores, each score with the course's outcome row on its scale. began: the first treatment."""
    wanted = {scale.id: scale for scale in instruments().outcome_scales}
    outcome = FilteredRelation("course__outcome_rows", condition=Q(course__outcome_rows__scale=F("scale")))
    scores = Score.objects.filter(course_id=course_id, scale__in=wanted, response__void__isnull=True).annotate(outcome=outcome)
    points: dict[str, dict[UUID, TrendPoint]] = {}
    ends: dict[str, tuple[Decimal | None, Decimal | None]] = {}
    columns = ("response__zone", "response__occasion", "occurred_at", "value", "no_score_reason", "response__mode", "flagged")
    rows = scores.order_by("occurred_at", "scored_at").values_list(
        "scale", "response_id", "outcome__baseline_value", "outcome__latest_value", *columns
    )
    for scale, response_id, baseline, latest, zone, asked, at, value, reason, mode, flagged in rows:
        occasion = counts_as(asked, at, mode=mode, zone=zone, began=began)
        points.setdefault(scale, {})[response_id] = TrendPoint(at, value, reason, occasion, mode, flagged)
        ends[scale] = (baseline, latest)
    return tuple(_scale(scale, points[key].values(), *ends[key]) for key, scale in wanted.items() if key in points)


def _scale(scale: Scale, points: Iterable[TrendPoint], baseline: Decimal | None, latest: Decimal | None) -> TrendScale:
    return TrendScale(scale, tuple(points), baseline, latest, important_value(scale, baseline))


def important_value(scale: Scale, baseline: Decimal | None) -> Decimal | None:
    """The score that is one important change better than the baseline; None where the scale has no room for it."""
    if baseline is None or scale.absolute_change is None:
        return None
    value = baseline - scale.absolute_change if scale.lower_is_better else baseline + scale.absolute_change
    return value if scale.minimum <= value <= scale.maximum else None


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
