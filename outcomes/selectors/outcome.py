"""The courses of the outcome report with their outcome rows: two statements, however many there are."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from outcomes.instruments import Scale
from outcomes.models import Invitation, OutcomeRow
from outcomes.registry import instruments
from outcomes.reports.numbers import CourseOutcome
from sessions.models import Course, LaserApplication, OtherTreatment, PlannedExercise, Visit


def course_outcomes(scale: Scale, filters: dict[str, Any]) -> list[CourseOutcome]:
    """Every eligible course under these filters, with baseline and latest on the scale.

    *With laser*: at least one laser application in a signed visit. *With exercise*: exercise recorded in a signed visit, or
    prescribed in a plan.
    """
    instrument = instruments().instrument_of(scale.id)
    courses = _filtered(filters).annotate(
        was_invited=Exists(Invitation.objects.filter(course=OuterRef("pk"), instruments__contains=[instrument.key]))
    )
    rows = list(courses.values_list("pk", "label", "complaint", "external_id", "has_laser", "has_exercise", "was_invited"))
    scored = OutcomeRow.objects.filter(scale=scale.id, course__in=courses.values("pk"))
    values = {course: (baseline, latest) for course, baseline, latest in scored.values_list("course_id", "baseline_value", "latest_value")}
    found = []
    for course, label, complaint, external_id, laser, exercise, invited in rows:
        baseline, latest = values.get(course, (None, None))
        found.append(
            CourseOutcome(
                baseline=baseline,
                latest=latest,
                invited=None if external_id and not invited else invited,
                label=label,
                complaint=complaint,
                laser=laser,
                exercise=exercise,
            )
        )
    return found


def _filtered(filters: dict[str, Any]) -> QuerySet[Course]:
    signed_laser = LaserApplication.objects.filter(visit__course=OuterRef("pk"), visit__state=Visit.State.SIGNED)
    exercised = OtherTreatment.objects.filter(
        visit__course=OuterRef("pk"), visit__state=Visit.State.SIGNED, kind=OtherTreatment.Kind.EXERCISE
    )
    courses: QuerySet[Course] = Course.objects.annotate(
        has_laser=Exists(signed_laser),
        has_exercise=Exists(exercised) | Exists(PlannedExercise.objects.filter(plan__course=OuterRef("pk"))),
    )
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
