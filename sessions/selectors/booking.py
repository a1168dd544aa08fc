"""What a course's plan asks the calendar for, and which visits a patient has to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sessions.models import Course, Plan, Visit
from sessions.series import MOST_VISITS, usual_weekdays


@dataclass(frozen=True)
class NextVisit:
    """One visit to come, as the card names it: neither complaint nor treatment."""

    at: datetime
    until: datetime | None
    therapist: str
    room: str


def wanted_series(course: Course) -> dict[str, Any]:
    """How many visits of the newest plan are neither held nor booked, on which weekdays. One visit without a plan. Two statements."""
    plan = Plan.objects.filter(course=course).order_by("-version").first()
    wanted: dict[str, Any] = {"visits": 1, "therapist": str(course.responsible_id or "")}
    if plan is None:
        return wanted
    counted = (Visit.State.SIGNED, Visit.State.BOOKED, Visit.State.ARRIVED)
    left = plan.planned_visits - Visit.objects.filter(course=course, state__in=counted).count()
    return wanted | {"visits": min(MOST_VISITS, max(1, left)), "weekdays": list(usual_weekdays(float(plan.visits_per_week)))}


def next_visits(patient_id: UUID, now: datetime, *, most: int = 24) -> list[NextVisit]:
    """The patient's booked visits from now on, soonest first; one statement."""
    rows = Visit.objects.filter(course__patient_id=patient_id, state=Visit.State.BOOKED, planned_for__gte=now)
    found = rows.select_related("therapist", "room").order_by("planned_for", "id")[:most]
    return [_next(row) for row in found]


def _next(row: Visit) -> NextVisit:
    therapist, room = row.therapist, row.room
    return NextVisit(row.planned_for, row.planned_until, therapist.display_name if therapist else "", room.name if room else "")
