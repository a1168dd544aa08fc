"""The courses of the outcome report with their outcome rows: one statement, however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Value, When

from outcomes.instruments import Scale
from outcomes.models import Invitation
from outcomes.registry import instruments
from outcomes.reports.numbers import CourseOutcome
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


def _filtered(filters: dict[str, Any], by: str) -> QuerySet[Course]:
    courses: QuerySet[Course] = Course.objects.all()
    signed_laser = LaserApplication.objects.filter(visit__course=OuterRef("pk"), visit__state=Visit.State.SIGNED)
    if by == "laser" or filters.get("laser"):
        courses = courses.annotate(has_laser=Exists(signed_laser))
    if by == "exercise" or filters.get("exercise"):
        done = OtherTreatment.objects.filter(
            visit__course=OuterRef("pk"), visit__state=Visit.State.SIGNED, kind=OtherTreatment.Kind.EXERCISE
        )
        prescribed = PlannedExercise.objects.filter(plan__course=OuterRef("pk"))
        courses = courses.annotate(has_exercise=Exists(done) | Exists(prescribed))
    if filters.get("device"):
        courses = courses.filter(Exists(signed_laser.filter(device=filters["device"])))
    return courses.filter(_when(filters), _which(filters))


def _when(filters: dict[str, Any]) -> Q:
    if filters.get("status") == "running":
        return Q(ended_on=None)
    ended = Q(ended_on__isnull=False)
    if filters.get("ended_from"):
        ended &= Q(ended_on__gte=filters["ended_from"])
    if filters.get("ended_until"):
        ended &= Q(ended_on__lte=filters["ended_until"])
    return ended | Q(ended_on=None) if filters.get("status") == "every" else ended


def _which(filters: dict[str, Any]) -> Q:
    which = Q()
    if filters.get("complaint"):
        which &= Q(complaint=filters["complaint"])
    if filters.get("therapist"):
        which &= Q(responsible=filters["therapist"])
    if filters.get("label"):
        which &= Q(label=filters["label"])
    for name in ("laser", "exercise"):
        if filters.get(name):
            which &= Q(**{f"has_{name}": filters[name] == "yes"})
    return which
