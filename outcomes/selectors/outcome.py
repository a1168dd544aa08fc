"""The courses of the outcome report with their outcome rows: one statement, however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import ExtractQuarter, ExtractYear

from outcomes.instruments import Scale
from outcomes.models import Invitation
from outcomes.registry import instruments
from outcomes.statistics.courses import CourseOutcome
from outcomes.statistics.differencing import Cell, Fact
from sessions.models import Course, LaserApplication, OtherTreatment, PlannedExercise, Visit

# What a report may be grouped by → the column that says it. Only the one that is asked for is read.
_DIMENSIONS: dict[str, str] = {
    "label": "label",
    "complaint": "complaint",
    "laser": "has_laser",
    "exercise": "has_exercise",
    "clinic": "clinic__name",
}


def course_outcomes(scale: Scale, filters: dict[str, Any], by: str = "") -> list[CourseOutcome]:
    """Every eligible course under these filters, with baseline and latest on the scale; alike ones as one, with their number.

    One statement, which answers with some hundred rows whether there are fifty courses or fifty thousand. `by`: what the report is
    grouped by, the only group that is filled in. *With laser*: at least one laser application in a signed visit. *With exercise*:
    exercise recorded in a signed visit, or prescribed in a plan.
    """
    instrument = instruments().instrument_of(scale.id)
    asked = Invitation.objects.filter(course=OuterRef("pk"), instruments__contains=[instrument.key])
    # Nobody was invited to an imported course: "not applicable" is not "no".
    invited = Case(When(Exists(asked), then=Value(value=True)), When(external_id="", then=Value(value=False)), default=None)
    dimension = {"group": F(_DIMENSIONS[by])} if by else {}
    rows: Iterable[Any] = (
        _filtered(filters, by)
        .annotate(outcome=FilteredRelation("outcome_rows", condition=Q(outcome_rows__scale=scale.id)), invited=invited)
        .values("invited", baseline=F("outcome__baseline_value"), latest=F("outcome__latest_value"), **dimension)
        .annotate(courses=Count("pk"))
        .order_by()
    )
    return [CourseOutcome(**{by if name == "group" else name: value for name, value in row.items()}) for row in rows]


def course_cells(scale: Scale) -> list[Cell]:
    """Every course, ended or running, counted by everything that a report can be narrowed by. One statement.

    For the question whether two reports could be subtracted from each other; nobody is shown these counts.
    """
    both = Q(outcome__baseline_value__isnull=False, outcome__latest_value__isnull=False)
    rows: Iterable[Any] = (
        Course.objects.annotate(
            outcome=FilteredRelation("outcome_rows", condition=Q(outcome_rows__scale=scale.id)),
            devices=ArraySubquery(_signed_laser().order_by("device").values("device").distinct()),
            has_exercise=_exercised(),
            quarter=ExtractYear("ended_on") * 4 + ExtractQuarter("ended_on") - 1,
        )
        .values("clinic", "complaint", "label", "responsible", "devices", "has_exercise", "quarter")
        .annotate(courses=Count("pk"), paired=Count("pk", filter=both))
        .order_by()
    )
    return [Cell(_facts(row), row["quarter"], row["courses"], row["paired"]) for row in rows]


def _facts(row: dict[str, Any]) -> frozenset[Fact]:
    facts = {
        ("clinic", str(row["clinic"])),
        ("status", "running" if row["quarter"] is None else "ended"),
        ("complaint", row["complaint"]),
        ("label", row["label"]),
        ("laser", "yes" if row["devices"] else "no"),
        ("exercise", "yes" if row["has_exercise"] else "no"),
        *(("device", str(device)) for device in row["devices"]),
    }
    return frozenset(facts if row["responsible"] is None else {*facts, ("therapist", str(row["responsible"]))})


def _filtered(filters: dict[str, Any], by: str) -> QuerySet[Course]:
    courses: QuerySet[Course] = Course.objects.all()
    if by == "laser":
        courses = courses.annotate(has_laser=Exists(_signed_laser()))
    if by == "exercise":
        courses = courses.annotate(has_exercise=_exercised())
    return courses.filter(_status(filters), *_conditions(filters).values())


def _signed_laser() -> QuerySet[LaserApplication]:
    rows: QuerySet[LaserApplication] = LaserApplication.objects.filter(visit__course=OuterRef("pk"), visit__state=Visit.State.SIGNED)
    return rows


def _exercised() -> Q:
    done = OtherTreatment.objects.filter(visit__course=OuterRef("pk"), visit__state=Visit.State.SIGNED, kind=OtherTreatment.Kind.EXERCISE)
    return Q(Exists(done)) | Q(Exists(PlannedExercise.objects.filter(plan__course=OuterRef("pk"))))


def _status(filters: dict[str, Any]) -> Q:
    """Ended courses, running ones, or every one."""
    return {"running": Q(ended_on=None), "every": Q()}.get(filters.get("status") or "", Q(ended_on__isnull=False))


def _conditions(filters: dict[str, Any]) -> dict[str, Q]:
    """What each chosen filter demands, by its name; the period is one of them, a window on the course's end."""
    found: dict[str, Q] = {}
    for name, column in (("complaint", "complaint"), ("therapist", "responsible"), ("label", "label")):
        if filters.get(name):
            found[name] = Q(**{column: filters[name]})
    if filters.get("device"):
        found["device"] = Q(Exists(_signed_laser().filter(device=filters["device"])))
    for name, having in (("laser", Q(Exists(_signed_laser()))), ("exercise", _exercised())):
        if filters.get(name):
            found[name] = having if filters[name] == "yes" else ~having
    first, last = filters.get("ended_from"), filters.get("ended_until")
    if first or last:
        window = Q(ended_on__gte=first) if first else Q()
        window &= Q(ended_on__lte=last) if last else Q()
        # A running course has no end that could lie outside of the window.
        found["period"] = window | Q(ended_on=None) if filters.get("status") == "every" else window
    return found
