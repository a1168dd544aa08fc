"""What is due for a course, read from the database for the pure schedule; the same for the page and for the reminder job."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from outcomes import schedule
from outcomes.models import Invitation, Response
from outcomes.models.invitation import Occasion
from outcomes.registry import instruments
from outcomes.schedule import DEFAULT_RULES, DueAssessment, Rules, VisitRule
from sessions.models import Course, Visit

# The default set asks about the low back and the leg. Elsewhere the pain is asked for without naming a place.
ELSEWHERE = frozenset({Course.Complaint.NECK_PAIN, Course.Complaint.THORACIC_PAIN})
ELSEWHERE_RULES = Rules(baseline=("vas-100",), discharge=("vas-100",), follow_up=("vas-100",), visits=(VisitRule("vas-100", 1),))
_STATES: dict[str, schedule.VisitState] = {
    Visit.State.BOOKED: "planned",
    Visit.State.ARRIVED: "arrived",
    Visit.State.SIGNED: "treated",
    Visit.State.NO_SHOW: "absent",
    Visit.State.CANCELLED_BY_PATIENT: "cancelled",
    Visit.State.CANCELLED_BY_CLINIC: "cancelled",
}
# Of several occasions at once the survey speaks for the first of these.
_WEIGHT = (
    Occasion.BASELINE,
    Occasion.DISCHARGE,
    Occasion.MONTH_12,
    Occasion.MONTH_6,
    Occasion.MONTH_3,
    Occasion.DURING,
)


@dataclass(frozen=True)
class Offer:
    """What to ask a course's patient now: all that is due together, under the weightiest occasion."""

    occasion: str
    due_on: date
    instruments: tuple[str, ...]


def rules_for(complaint: str) -> Rules:
    """What is asked for a complaint."""
    return ELSEWHERE_RULES if complaint in ELSEWHERE else DEFAULT_RULES


def occasion_of(assessment: DueAssessment) -> str:
    """The schedule's word as an invitation's occasion ("visit:…" → during, "month-3" → month_3)."""
    return Occasion.DURING if assessment.visit is not None else assessment.occasion.replace("-", "_")


def course_facts(courses: Sequence[Course], zone: ZoneInfo) -> dict[UUID, schedule.Course]:
    """The facts that the schedule needs, by course; two statements however many courses. `patient` should be loaded."""
    ids = [course.pk for course in courses]
    visits = _visits(ids)
    answers = _answers(ids)
    return {course.pk: _facts(course, visits[course.pk], answers[course.pk], zone) for course in courses}


def assessments(course: Course, facts: schedule.Course, today: date) -> list[DueAssessment]:
    """Every assessment of the course, past and to come."""
    return schedule.due(facts, today, rules_for(course.complaint))


def offer_now(course: Course, zone: ZoneInfo, today: date) -> Offer | None:
    """What to offer the patient of this course today; None when nothing is due."""
    facts = course_facts([course], zone)[course.pk]
    due = [item for item in assessments(course, facts, today) if item.state == "due"]
    registry = instruments()
    keys = schedule.due_now(facts, today, rules_for(course.complaint))
    asked = tuple(key for key in keys if key in registry and registry[key].can_be_asked)
    if not due or not asked:
        return None
    first = min(due, key=lambda item: _WEIGHT.index(Occasion(occasion_of(item))))
    return Offer(occasion_of(first), first.due_on, asked)


def open_invitation(course_id: UUID, now: datetime, *, occasion: str = "") -> Invitation | None:
    """The newest invitation of a course that can be answered now, with its clinic, patient and draft."""
    rows = Invitation.objects.filter(course_id=course_id, state=Invitation.State.OPEN, expires_at__gt=now)
    rows = rows.filter(occasion=occasion) if occasion else rows
    found: Invitation | None = rows.select_related("clinic", "course__patient", "draft").order_by("-due_on", "-id").first()
    return found


def _visits(course_ids: Iterable[UUID]) -> dict[UUID, list[Visit]]:
    found: dict[UUID, list[Visit]] = defaultdict(list)
    for visit in Visit.objects.filter(course_id__in=list(course_ids)).only("course_id", "state", "planned_for", "occurred_at"):
        found[visit.course_id].append(visit)
    return found


def _answers(course_ids: Iterable[UUID]) -> dict[UUID, list[tuple[str, datetime]]]:
    rows = Response.objects.filter(course_id__in=list(course_ids), void__isnull=True)
    found: dict[UUID, list[tuple[str, datetime]]] = defaultdict(list)
    for course_id, instrument, at in rows.values_list("course_id", "instrument", "occurred_at"):
        found[course_id].append((instrument, at))
    return found


def _facts(course: Course, visits: Sequence[Visit], answers: Sequence[tuple[str, datetime]], zone: ZoneInfo) -> schedule.Course:
    def day(at: datetime) -> date:
        return timezone.localdate(at, timezone=zone)

    signed = sorted((v.occurred_at for v in visits if v.state == Visit.State.SIGNED and v.occurred_at), reverse=True)
    treated = {day(at): at for at in signed}  # of two on one day the first one began it
    return schedule.Course(
        opened_on=course.started_on,
        first_treatment=min(treated, default=None),
        ended_on=course.ended_on,
        stopped_on=course.patient.deceased_on,
        visits=tuple(schedule.Visit(str(v.pk), day(v.occurred_at or v.planned_for), _STATES[v.state]) for v in visits),
        responses=tuple(
            schedule.Answered(instrument, day(at), after_treatment=day(at) in treated and at > treated[day(at)])
            for instrument, at in answers
        ),
    )
