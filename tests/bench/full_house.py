"""What the bench asks of a full house: reports beside hand-written SQL, bytes per survey, a record of 300 entries. Prints JSON."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

import outcomes.reports  # noqa: F401 - the package first: its reports and their selectors name each other
from clinic.models import Clinic, Membership
from clinic.scoping import clinic_scope
from clinic.services.patients import register_patient
from clinic.writes import SYSTEM_COMMAND
from outcomes.models import Invitation
from outcomes.registry import instruments
from outcomes.selectors.outcome import course_outcomes
from outcomes.services.invitations import invite
from outcomes.services.responses import record_response
from outcomes.statistics.courses import outcome
from sessions.models import Course
from sessions.series import Place
from sessions.services.booking import book_places
from sessions.services.courses import open_course

ROUNDS, ENTRIES = 7, 300
# So many courses, and surveys of each: the first ones of a course split the full pages that COPY left, which fill up again after.
COURSES, SURVEYS = 150, 8
SCALE = "pain.back.7d"
# 24 + 1 + 1 + 1 + 1 items, everything that a first visit asks.
SURVEY: dict[str, dict[str, Any]] = {
    "rmdq-24": {f"r{n:02}": n % 3 == 0 for n in range(1, 25)},
    "nprs-back-7d": {"back": 6},
    "nprs-leg-7d": {"leg": 3},
    "nprs-now": {"now": 5},
    "vas-100": {"pain": 52},
}
# Every figure of the report, written by hand over the outcome rows.
BY_HAND = """
SELECT count(*),
    count(*) FILTER (WHERE EXISTS (
        SELECT FROM outcomes_invitation asked WHERE asked.course_id = course.id AND asked.instruments @> ARRAY['nprs-back-7d']::varchar[]
    )),
    count(*) FILTER (WHERE row.baseline_value IS NULL),
    count(*) FILTER (WHERE row.baseline_value IS NOT NULL AND row.latest_value IS NULL),
    count(row.latest_value - row.baseline_value), avg(row.latest_value - row.baseline_value),
    stddev_samp(row.latest_value - row.baseline_value), avg(row.baseline_value) FILTER (WHERE row.latest_value IS NOT NULL),
    count(*) FILTER (WHERE row.baseline_value - row.latest_value >= 2),
    count(*) FILTER (WHERE row.baseline_value - row.latest_value >= 0.3 * row.baseline_value),
    count(*) FILTER (WHERE row.latest_value - row.baseline_value >= 2), count(*) FILTER (WHERE row.baseline_value < 2)
FROM treatment_course course
LEFT JOIN outcomes_outcomerow row ON row.clinic_id = course.clinic_id AND row.course_id = course.id AND row.scale = 'pain.back.7d'
WHERE course.ended_on IS NOT NULL
"""


def measure() -> None:
    """Print every figure: name → value."""
    clinics = list(Clinic.objects.filter(slug__startswith="load-").order_by("slug"))
    figures = _reports("one_clinic", clinics[:1]) | _reports("whole", clinics)
    _use_up_what_copying_left(clinics[3])
    figures["bytes_per_survey"] = _bytes_per_survey(clinics[1])
    figures["bytes_per_survey_by_link"] = _bytes_per_survey(clinics[2], by_link=True)
    print(json.dumps(figures))


def _reports(name: str, clinics: list[Clinic]) -> dict[str, float]:
    scale = instruments().scale(SCALE)
    ours: list[float] = []
    by_hand: list[float] = []

    def report() -> int:
        return outcome(course_outcomes(scale, {}), scale, minimum=5).whole.flow.eligible

    def sql() -> int:
        with connection.cursor() as cursor:
            cursor.execute(BY_HAND)
            return int(cursor.fetchone()[0])

    for _round in range(ROUNDS):
        with clinic_scope(*(clinic.pk for clinic in clinics)):
            counts = {_timed(report, ours), _timed(sql, by_hand)}
        if len(counts) != 1:
            raise RuntimeError(f"the report counts {counts} courses")
    ratio = statistics.median(mine / other for mine, other in zip(ours[1:], by_hand[1:], strict=True))
    return {f"report_{name}": statistics.median(ours[1:]) * 1000, f"report_{name}_against_sql": ratio}


def _timed(call: Callable[[], int], into: list[float]) -> int:
    began = time.perf_counter()
    found = call()
    into.append(time.perf_counter() - began)
    return found


def _use_up_what_copying_left(clinic: Clinic) -> None:
    """Answer until the tables of answers and scores have to grow.

    COPY takes pages ahead and leaves a hundred empty ones. A thousand surveys hide in them with 0.7 kB each: two runs in one database
    measured 5.3 and 6.1 kB for the same rows and indexes.
    """
    courses = _first_courses(clinic)
    tables = ("outcomes_response", "outcomes_score")
    before = [_pages(table) for table in tables]
    for week in range(SURVEYS):
        for course in courses:
            with clinic_scope(clinic.pk):
                _answer(course, _monday(week))
            if all(_pages(table) > full for table, full in zip(tables, before, strict=True)):
                return
    raise RuntimeError("a thousand surveys made no table grow")


def _pages(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size(%s::regclass)", [table])
        return int(cursor.fetchone()[0])


def _first_courses(clinic: Clinic) -> list[Course]:
    with clinic_scope(clinic.pk):
        return list(Course.objects.order_by("id")[:COURSES])


def _monday(week: int) -> datetime:
    return datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(weeks=week)


def _bytes_per_survey(clinic: Clinic, *, by_link: bool = False) -> float:
    """Growth of responses, scores, outcome rows and audit, indexes included, over a thousand surveys of 28 items.

    By link, each response refers to its invitation and stands in the index that lets a survey be sent once. The invitation itself is
    not counted: it is there before anybody answers.
    """
    courses = _first_courses(clinic)
    invited = {(course.pk, week): _invited(course, week) for week in range(SURVEYS) for course in courses} if by_link else {}
    before = _stored()
    for week in range(SURVEYS):
        for course in courses:
            with clinic_scope(clinic.pk):
                _answer(course, _monday(week), invited.get((course.pk, week)))
    return (_stored() - before) / (COURSES * SURVEYS)


def _invited(course: Course, week: int) -> Invitation:
    with clinic_scope(course.clinic_id):
        asked = list(SURVEY)
        return invite(actor=SYSTEM_COMMAND, course=course, occasion="unscheduled", due_on=_monday(week).date(), instruments=asked)


def _stored() -> int:
    """Bytes of the tables that a survey writes to, of their indexes and of what they keep outside of their rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH written AS (
                SELECT oid, reltoastrelid FROM pg_class
                WHERE relkind = 'r' AND relname ~ '^(outcomes_(response|score|outcomerow)|clinic_auditevent.*|clinic_auditcounter)$'
            ), parts AS (
                SELECT oid FROM written UNION SELECT reltoastrelid FROM written WHERE reltoastrelid <> 0
                UNION SELECT indexrelid FROM pg_index JOIN written ON indrelid IN (written.oid, written.reltoastrelid)
            )
            SELECT sum(pg_relation_size(oid)) FROM parts
            """
        )
        return int(cursor.fetchone()[0])


def _answer(course: Course, at: datetime, invitation: Invitation | None = None) -> None:
    record_response(
        actor=SYSTEM_COMMAND,
        course=course,
        answers=SURVEY,
        occasion="during",
        mode="mail",
        answered_by="patient",
        occurred_at=at,
        zone="UTC",
        invitation=invitation,
    )


def long_record() -> None:
    """Print the address of a record with 300 entries: sixty surveys of five instruments."""
    clinic = Clinic.objects.get(slug="harbour")
    with clinic_scope(clinic.pk):
        member = Membership.objects.get(user__email="therapist@demo.example")
        patient = register_patient(actor=SYSTEM_COMMAND, given_name="Long", family_name="Record")
        course = open_course(
            actor=SYSTEM_COMMAND,
            patient=patient,
            complaint=Course.Complaint.CHRONIC_LOW_BACK_PAIN,
            started_on=datetime(2025, 1, 6, tzinfo=UTC).date(),
            responsible=member,
        )
        for n in range(ENTRIES // len(SURVEY)):
            _answer(course, datetime(2025, 1, 6, 9, tzinfo=UTC) + timedelta(days=5 * n))
    print(json.dumps({"long_record": f"/c/harbour/patients/{patient.pk}/"}))


def full_week() -> None:
    """Book a week of 408 visits, twelve at once; print the slowest series in milliseconds, and the address of the week."""
    clinic = Clinic.objects.get(slug="harbour")
    slowest = 0.0
    for number in range(34):
        with clinic_scope(clinic.pk):
            patient = register_patient(actor=SYSTEM_COMMAND, given_name="Week", family_name=f"Number {number}")
            course = open_course(
                actor=SYSTEM_COMMAND,
                patient=patient,
                complaint=Course.Complaint.CHRONIC_LOW_BACK_PAIN,
                started_on=datetime(2025, 1, 6, tzinfo=UTC).date(),
            )
            first = datetime(2031, 3, 3, 8, tzinfo=UTC) + timedelta(minutes=5 * number)
            starts = [first + timedelta(days=day, hours=3 * hour) for day in range(4) for hour in range(3)]
            began = time.perf_counter()
            book_places(actor=SYSTEM_COMMAND, course=course, places=[Place(at, at + timedelta(minutes=5)) for at in starts])
            slowest = max(slowest, time.perf_counter() - began)
    print(json.dumps({"book_series": slowest * 1000, "week": "/c/harbour/calendar/?day=2031-03-03"}))
