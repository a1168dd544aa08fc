"""When a patient of the demo came, did not come, and stopped coming. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from outcomes.demo.pain import PainPath, rating

SATURDAY = 5
BOOKED_AHEAD_DAYS = 10

# Today's patients: what they are at when the demo opens, their time, and how often they have been treated before.
# Whoever is here or has been came early in the day; the rest of the day is still to be done.
TODAYS = (
    ("booked", time(9, 0), 3),
    ("arrived", time(8, 0), 4),
    ("signed", time(7, 0), 5),
    ("signed", time(7, 15), 2),
    ("booked", time(10, 15), 0),
    ("booked", time(9, 30), 1),
    ("booked", time(11, 30), 3),
    ("arrived", time(8, 20), 2),
    ("arrived", time(8, 0), 3),
    ("no_show", time(7, 45), 4),
    ("booked", time(14, 0), 2),
    ("cancelled_by_patient", time(8, 30), 1),
)


@dataclass(frozen=True)
class Rhythm:
    """How a course is meant to run."""

    planned: int
    per_week: int
    hour: int
    minute: int


@dataclass(frozen=True)
class Appointment:
    """One visit. `on` is local time; pain is immediate pain 0-10; the reason stands where pain afterwards is missing."""

    on: datetime
    state: str
    pain_before: int | None = None
    pain_after: int | None = None
    no_pain_after_reason: str = ""
    reaction: str = "none"
    note: str = ""

    @property
    def was_treated(self) -> bool:
        """Whether a treatment took place and was signed."""
        return self.state == "signed"


@dataclass(frozen=True)
class Timetable:
    """All visits of a course, and how it ended (or that it runs)."""

    visits: tuple[Appointment, ...]
    ended_on: date | None
    end_reason: str

    @property
    def first_treatment(self) -> datetime | None:
        """When treatment began."""
        return next((visit.on for visit in self.visits if visit.was_treated), None)


def first_appointment(chance: Random, today: date, rhythm: Rhythm, todays: int | None, days: int) -> datetime:
    """When the course began. Today's patients began as long ago as their past visits take."""
    if todays is None:
        began = _working_day(today - timedelta(days=chance.randrange(1, days)))
        return datetime.combine(began, time(rhythm.hour, rhythm.minute))
    _, at, past = TODAYS[todays]
    steps = [timedelta(days=_gap(rhythm, number)) for number in range(past)]
    return datetime.combine(today - sum(steps, timedelta()), at)


def appointments(chance: Random, path: PainPath, rhythm: Rhythm, first: datetime, today: date, todays: int | None) -> Timetable:
    """Every visit up to today and the booked ones after it."""
    visits: list[Appointment] = []
    on, treated = first, 0
    while treated < rhythm.planned:
        if on.date() >= today:  # what lies on today itself is booked, or told by TODAYS: nothing is signed before its time
            break
        day = (on.date() - first.date()).days
        visit = _past_visit(chance, path, on, day, keeps=todays is not None or not visits)
        visits.append(visit)
        treated += visit.was_treated
        reason = "" if todays is not None else _ends_early(chance, path, day, treated)
        if reason:
            return Timetable(tuple(visits), on.date(), reason)
        on = _next(on, rhythm, len(visits) - 1, working=todays is None)
    else:
        return Timetable(tuple(visits), visits[-1].on.date(), "completed")
    if todays is not None:
        on = datetime.combine(today, first.time())
        visits.append(_todays_visit(chance, path, on, first.date(), TODAYS[todays][0]))
        on = _next(on, rhythm, len(visits) - 1, working=True)
    return Timetable((*visits, *_booked(on, rhythm, today, rhythm.planned - treated)), None, "")


def _booked(on: datetime, rhythm: Rhythm, today: date, left: int) -> list[Appointment]:
    """Visits to come, as far ahead as the clinic books."""
    coming: list[Appointment] = []
    while len(coming) < left and on.date() <= today + timedelta(days=BOOKED_AHEAD_DAYS):
        coming.append(Appointment(on=on, state="booked"))
        on = _next(on, rhythm, len(coming), working=True)
    return coming


def _past_visit(chance: Random, path: PainPath, on: datetime, day: int, *, keeps: bool) -> Appointment:
    came = keeps or chance.random() > 0.09
    seen = _signed(chance, path, on, day)
    if came:
        return seen
    state = chance.choices(("no_show", "cancelled_by_patient", "cancelled_by_clinic"), (45, 45, 10))[0]
    return Appointment(on=on, state=state)


def _signed(chance: Random, path: PainPath, on: datetime, day: int) -> Appointment:
    """Pain eases a little on the table whatever is done there, and comes back: immediate pain is no outcome."""
    before = rating(chance, path.level(day))
    eased = chance.choices((0, 1, 2, -1), (40, 42, 13, 5))[0]
    after = min(10, max(0, before - eased))
    visit = Appointment(on=on, state="signed", pain_before=before, pain_after=after)
    visit = replace(visit, note=chance.choice(NOTES), reaction=chance.choices(("none", "mild"), (96, 4))[0])
    if chance.random() < 0.04:
        visit = replace(visit, pain_after=None, no_pain_after_reason=chance.choice(("Left in a hurry", "Did not want to say")))
    return visit


NOTES = (
    "", "", "", "", "Walked further this week.", "Sleeps better, sitting still hurts.", "No change since last time.",
    "Sore after gardening.", "Exercises done most days.", "Back at work half days.",
)  # fmt: skip


def _todays_visit(chance: Random, path: PainPath, on: datetime, first: date, state: str) -> Appointment:
    return _signed(chance, path, on, (on.date() - first).days) if state == "signed" else Appointment(on=on, state=state)


def _ends_early(chance: Random, path: PainPath, day: int, treated: int) -> str:
    """Why a course ends after this visit, if it does. Those who get no better stop coming: what is seen at the end flatters."""
    if treated < 2:
        return ""
    level, gained = path.level(day), path.level(0) - path.level(day)
    if level < 12 and treated >= 4 and chance.random() < 0.5:
        return "recovered"
    gives_up = 0.01 + 0.03 * (gained < 8) + 0.03 * (level > 55)
    if chance.random() < gives_up:
        return chance.choices(("stopped_coming", "not_helping", "referred"), (75, 15, 10))[0]
    return ""


def _gap(rhythm: Rhythm, number: int) -> int:
    return {1: (7,), 2: (3, 4), 3: (2, 2, 3)}[rhythm.per_week][number % rhythm.per_week]


def _next(on: datetime, rhythm: Rhythm, number: int, *, working: bool) -> datetime:
    later = on + timedelta(days=_gap(rhythm, number))
    return datetime.combine(_working_day(later.date()), later.time()) if working else later


def _working_day(day: date) -> date:
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day
