"""Courses of care and their plans, as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sessions import codes
from sessions.durations import DurationClass, duration_class, weeks_between
from sessions.models import Course, Plan, PlannedExercise, PlannedTherapy
from sessions.services.courses import THERAPY_LISTS

DURATION_NAMES: dict[DurationClass, str | Promise] = {
    DurationClass.ACUTE: gettext_lazy("acute"),
    DurationClass.SUBACUTE: gettext_lazy("subacute"),
    DurationClass.CHRONIC: gettext_lazy("chronic"),
}
# Monday first, as ISO weeks are.
WEEKDAYS: tuple[str | Promise, ...] = (
    gettext_lazy("Mon"),
    gettext_lazy("Tue"),
    gettext_lazy("Wed"),
    gettext_lazy("Thu"),
    gettext_lazy("Fri"),
    gettext_lazy("Sat"),
    gettext_lazy("Sun"),
)


@dataclass(frozen=True)
class CourseLine:
    """One course in words. `duration` is the class at its start, with the weeks; empty when the onset is not known."""

    id: UUID
    patient_id: UUID
    complaint: str
    icd10_code: str
    duration: str
    started_on: date
    ended_on: date | None
    end_reason: str
    label: str
    responsible: str


@dataclass(frozen=True)
class ExerciseLine:
    """One exercise: its dose in words ("3 × 10", "20 minutes"), its days, and a flag for each day of the week."""

    name: str
    dose: str
    days: str
    weekdays: tuple[bool, ...]
    sets: int | None = None
    repetitions: int | None = None
    minutes: int | None = None


@dataclass(frozen=True)
class PlanSheet:
    """One version of a plan. `therapies` are coded items by kind, in words."""

    id: UUID
    version: int
    made_at: datetime
    planned_visits: int
    visits_per_week: Decimal
    rhythm: str
    protocol_id: UUID | None
    protocol: str
    review_on: date
    exercises: tuple[ExerciseLine, ...]
    therapies: tuple[tuple[str, tuple[str, ...]], ...]
    therapy_codes: tuple[tuple[str, str], ...] = ()


def duration_in_words(onset: date | None, on: date) -> str:
    """The class of a complaint with its weeks ("chronic, 32 weeks at the start"); empty without an onset before `on`."""
    if onset is None or onset > on:
        return ""
    weeks = weeks_between(onset, on)
    counted = ngettext("%(weeks)s week at the start", "%(weeks)s weeks at the start", weeks) % {"weeks": weeks}
    return f"{DURATION_NAMES[duration_class(onset, on)]}, {counted}"


def course_lines(patient_ids: Iterable[UUID]) -> dict[UUID, list[CourseLine]]:
    """The courses of these patients, running ones first, then the newest; one statement."""
    rows = Course.objects.filter(patient_id__in=list(patient_ids)).select_related("responsible")
    found: dict[UUID, list[CourseLine]] = {}
    for course in sorted(rows, key=lambda row: (row.ended_on is None, row.started_on, row.pk), reverse=True):
        found.setdefault(course.patient_id, []).append(course_line(course))
    return found


def course_line(course: Course) -> CourseLine:
    """One course in words. Asks for nothing when `responsible` is loaded."""
    return CourseLine(
        id=course.pk,
        patient_id=course.patient_id,
        complaint=course.get_complaint_display(),
        icd10_code=course.icd10_code,
        duration=duration_in_words(course.onset_on, course.started_on),
        started_on=course.started_on,
        ended_on=course.ended_on,
        end_reason=course.get_end_reason_display() if course.end_reason else "",
        label=course.label,
        responsible=str(course.responsible) if course.responsible else "",
    )


def newest_plan(course_id: UUID) -> PlanSheet | None:
    """The plan that counts, or None; three statements."""
    plan = Plan.objects.filter(course_id=course_id).select_related("protocol").order_by("-version").first()
    return _sheet(plan) if plan else None


def plan_versions(course_id: UUID) -> list[tuple[int, datetime]]:
    """Every version with the time it was made, newest first."""
    return list(Plan.objects.filter(course_id=course_id).order_by("-version").values_list("version", "made_at"))


def rhythm_in_words(visits_per_week: Decimal) -> str:
    """How often, as people say it: twice a week, every two weeks; 1.5 a week is three visits in two weeks."""
    if visits_per_week == Decimal("0.5"):
        return _("every two weeks")
    if visits_per_week == visits_per_week.to_integral_value():
        times = int(visits_per_week)
        if times == 2:
            return _("twice a week")
        return ngettext("once a week", "%(times)s times a week", times) % {"times": times}
    return _("%(number)s visits a week on average") % {"number": visits_per_week.normalize()}


def _sheet(plan: Plan) -> PlanSheet:
    therapies = list(PlannedTherapy.objects.filter(plan=plan).order_by("position", "id"))
    return PlanSheet(
        id=plan.pk,
        version=plan.version,
        made_at=plan.made_at,
        planned_visits=plan.planned_visits,
        visits_per_week=plan.visits_per_week,
        rhythm=rhythm_in_words(plan.visits_per_week),
        protocol_id=plan.protocol_id,
        protocol=plan.protocol.name if plan.protocol else "",
        review_on=plan.review_on,
        exercises=tuple(_exercise(row) for row in PlannedExercise.objects.filter(plan=plan).order_by("position", "id")),
        therapies=_by_kind(therapies),
        therapy_codes=tuple((row.kind, row.code) for row in therapies),
    )


def _exercise(row: PlannedExercise) -> ExerciseLine:
    marked = tuple(day in row.weekdays for day in range(7))
    days = _("every day") if all(marked) else ", ".join(str(WEEKDAYS[day]) for day in sorted(row.weekdays))
    return ExerciseLine(row.name, _dose(row), days, marked, row.sets, row.repetitions, row.minutes)


def _dose(row: PlannedExercise) -> str:
    parts = []
    if row.sets and row.repetitions:
        parts.append(f"{row.sets} × {row.repetitions}")
    elif row.repetitions:
        parts.append(ngettext("%(number)s time", "%(number)s times", row.repetitions) % {"number": row.repetitions})
    elif row.sets:
        parts.append(ngettext("%(number)s set", "%(number)s sets", row.sets) % {"number": row.sets})
    if row.minutes:
        parts.append(ngettext("%(number)s minute", "%(number)s minutes", row.minutes) % {"number": row.minutes})
    return ", ".join(parts)


def _by_kind(rows: Iterable[PlannedTherapy]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found: dict[str, list[str]] = {}
    for row in rows:
        listed = THERAPY_LISTS.get(row.kind)
        found.setdefault(row.kind, []).append(_(codes.label(listed, row.code)) if listed else row.code)
    return tuple((kind, tuple(labels)) for kind, labels in found.items())
