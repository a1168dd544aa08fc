"""What is due? One pure answer for the therapist's page, the reminder job and the report of missed assessments.

Facts of one course of care, a set of rules and today's date in; assessments out. No clock, no database. Rules follow
the clinic layer of the project's domain notes (baseline −14..0 days, discharge ±7, months 3/6/12 ±30/45/60) and the ICHOM low back
pain set (Clement 2015 Acta Orthop 86:523) in counting follow-ups from the start of treatment.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

State = Literal["due", "answered", "missed", "not_yet"]
VisitState = Literal["planned", "arrived", "treated", "absent", "cancelled"]


@dataclass(frozen=True)
class Answered:
    """A valid response: which instrument, on which day in the clinic's zone, and whether that day's treatment had
    begun already. What is answered after treatment is no baseline and does not speak for the visit."""

    instrument: str
    on: date
    after_treatment: bool = False


@dataclass(frozen=True)
class Visit:
    """A visit, planned or past. `treated`: its treatment has begun, so "before treatment" is over."""

    id: str
    on: date
    state: VisitState = "planned"


@dataclass(frozen=True)
class Course:
    """The facts of one course of care. `first_treatment`: day of the first treatment, None before it.

    `planned_end` counts until it has passed; `ended_on` is the discharge. `stopped_on`: withdrawn, moved away or
    died: nothing whose window was still open on that day is due or missed.
    """

    opened_on: date
    first_treatment: date | None = None
    planned_end: date | None = None
    ended_on: date | None = None
    stopped_on: date | None = None
    visits: tuple[Visit, ...] = ()
    responses: tuple[Answered, ...] = ()


@dataclass(frozen=True)
class VisitRule:
    """Ask before a visit when `visits` visits or `days` days (whichever is first) have passed since it was last
    answered or, with no answer yet, since the first visit."""

    instrument: str
    visits: int
    days: int | None = None


@dataclass(frozen=True)
class FollowUp:
    """Ask `months` after the first treatment, give or take `days`."""

    months: int
    days: int


@dataclass(frozen=True)
class Rules:
    """What a clinic asks, and when. Tuples of instrument keys; days before or around the anchor."""

    baseline: tuple[str, ...]
    discharge: tuple[str, ...]
    follow_up: tuple[str, ...]
    visits: tuple[VisitRule, ...]
    follow_ups: tuple[FollowUp, ...] = (FollowUp(3, 30), FollowUp(6, 45), FollowUp(12, 60))
    baseline_days: int = 14
    discharge_days: int = 7
    visit_days: int = 2


DEFAULT_RULES = Rules(
    baseline=("nprs-back-7d", "nprs-leg-7d", "rmdq-24"),
    discharge=("nprs-back-7d", "nprs-leg-7d", "rmdq-24"),
    follow_up=("nprs-back-7d", "nprs-leg-7d", "rmdq-24"),
    visits=(VisitRule("nprs-back-7d", 1), VisitRule("nprs-leg-7d", 1), VisitRule("rmdq-24", 6, 28)),
)


@dataclass(frozen=True)
class DueAssessment:
    """One occasion of one course. `occasion` is stable: `baseline`, `visit:<id>`, `discharge`, `month-3` …

    Days are in the clinic's zone, ends included; `window_closes` is the last day. `answered` holds, per instrument,
    the day of the response nearest to `due_on`; `outstanding` what is still open. The state is `answered` only when
    nothing is outstanding.
    """

    occasion: str
    instruments: tuple[str, ...]
    due_on: date
    window_opens: date
    window_closes: date
    state: State
    answered: tuple[tuple[str, date], ...] = ()
    outstanding: tuple[str, ...] = ()
    visit: str | None = None


def due(course: Course, today: date, rules: Rules = DEFAULT_RULES) -> list[DueAssessment]:
    """Return every assessment of the course, past and to come, by due date.

    A course without treatment has no discharge and no follow-ups; absent and cancelled visits ask nothing; the first
    visit is covered by the baseline. Instruments a patient cannot be asked are the caller's to leave out of the rules.
    """
    found = [*_baseline(course, today, rules), *_visits(course, today, rules), *_discharge(course, today, rules)]
    found += _follow_ups(course, today, rules)
    kept = [item for item in found if not _cut_off(course, item)]
    return sorted(kept, key=lambda item: (item.due_on, item.occasion))


def due_now(course: Course, today: date, rules: Rules = DEFAULT_RULES) -> tuple[str, ...]:
    """Return the instruments to offer today, each once, in the rules' order: what "arrived" hands to the patient."""
    open_now = {key for item in due(course, today, rules) if item.state == "due" for key in item.outstanding}
    order = (*rules.baseline, *(rule.instrument for rule in rules.visits), *rules.discharge, *rules.follow_up)
    return tuple(key for key in dict.fromkeys(order) if key in open_now)


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, or that month's last day when it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _baseline(course: Course, today: date, rules: Rules) -> Iterator[DueAssessment]:
    """Until treatment begins the window moves with the first planned visit, and never closes before today."""
    coming = [visit.on for visit in _active(course) if visit.on >= today]
    anchor = course.first_treatment or max(today, min(coming, default=today))
    opens = anchor - timedelta(days=rules.baseline_days)
    over = course.first_treatment is not None
    yield _assess(course, today, "baseline", rules.baseline, anchor, opens, anchor, over=over)


def _visits(course: Course, today: date, rules: Rules) -> Iterator[DueAssessment]:
    visits = _active(course)
    asked: dict[str, int] = {}
    for number, visit in enumerate(visits[1:], start=1):
        after_last = visits[number - 1].on + timedelta(days=1)
        opens = min(visit.on, max(visit.on - timedelta(days=rules.visit_days), after_last))
        wanted = []
        for rule in rules.visits:
            last = asked.get(rule.instrument, 0)
            prior = max([visits[last].on, *_days(course, rule.instrument, visits[0].on, opens - timedelta(days=1))])
            since = sum(prior < other.on <= visit.on for other in visits[: number + 1])
            if since >= rule.visits or (rule.days is not None and (visit.on - prior).days >= rule.days):
                wanted.append(rule.instrument)
                # What will be asked at a coming visit counts as answered there; a past one is asked again until it is.
                if visit.on >= today and visit.state != "treated":
                    asked[rule.instrument] = number
        if wanted:
            over = visit.state == "treated"
            yield _assess(course, today, f"visit:{visit.id}", tuple(wanted), visit.on, opens, visit.on, over=over, visit=visit.id)


def _discharge(course: Course, today: date, rules: Rules) -> Iterator[DueAssessment]:
    planned = course.planned_end if course.planned_end and course.planned_end >= today else None
    anchor = course.ended_on or planned
    if course.first_treatment is None or anchor is None or anchor < course.first_treatment:
        return
    around = timedelta(days=rules.discharge_days)
    opens = max(anchor - around, course.first_treatment + timedelta(days=1))
    if opens <= anchor + around:
        yield _assess(course, today, "discharge", rules.discharge, max(anchor, opens), opens, anchor + around)


def _follow_ups(course: Course, today: date, rules: Rules) -> Iterator[DueAssessment]:
    if course.first_treatment is None:
        return
    for rule in rules.follow_ups:
        anchor = add_months(course.first_treatment, rule.months)
        around = timedelta(days=rule.days)
        name = f"month-{rule.months}"
        yield _assess(course, today, name, rules.follow_up, anchor, anchor - around, anchor + around)


def _assess(
    course: Course,
    today: date,
    occasion: str,
    instruments: tuple[str, ...],
    due_on: date,
    opens: date,
    closes: date,
    *,
    over: bool = False,
    visit: str | None = None,
) -> DueAssessment:
    """Judge one occasion; `over` says that its treatment has begun, so that its last day is over before midnight."""
    before_only = occasion == "baseline" or visit is not None
    answered = []
    for key in instruments:
        days = [
            answer.on
            for answer in course.responses
            if answer.instrument == key
            and opens <= answer.on <= min(closes, today)
            and not (before_only and answer.after_treatment and answer.on == closes)
        ]
        if days:
            # Of two equally near the earlier is taken: the choice must not depend on the order of the rows.
            answered.append((key, min(days, key=lambda day: (abs((day - due_on).days), day))))
    outstanding = tuple(key for key in instruments if key not in dict(answered))
    state: State = "answered"
    if outstanding:
        missed = today > closes or (over and today >= closes)
        state = "missed" if missed else "due" if today >= opens else "not_yet"
    return DueAssessment(occasion, instruments, due_on, opens, closes, state, tuple(answered), outstanding, visit)


def _cut_off(course: Course, item: DueAssessment) -> bool:
    if item.state == "answered":
        return False
    if course.ended_on and item.visit and item.due_on > course.ended_on:
        return True
    if course.ended_on and item.occasion == "baseline" and course.first_treatment is None:
        return True
    return course.stopped_on is not None and item.window_closes >= course.stopped_on


def _active(course: Course) -> list[Visit]:
    kept = [visit for visit in course.visits if visit.state not in ("absent", "cancelled")]
    return sorted(kept, key=lambda visit: (visit.on, visit.id))


def _days(course: Course, instrument: str, since: date, until: date) -> Sequence[date]:
    return [answer.on for answer in course.responses if answer.instrument == instrument and since <= answer.on <= until]
