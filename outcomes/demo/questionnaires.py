"""Which surveys a patient of the demo was asked, when they were answered, and how. Pure.

Answers go missing as they do in clinics: before the first visit there was no time, whoever stopped coming seldom answers, the
worse off answer less often, and the longer ago the treatment the fewer reply. Some answers come late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from outcomes.demo.appointments import Appointment, Timetable
from outcomes.demo.pain import PainPath, disability, rating
from outcomes.demo.people import Person
from outcomes.schedule import add_months

BACK, LEG, DISABILITY = "nprs-back-7d", "nprs-leg-7d", "rmdq-24"
STATEMENTS = tuple(f"r{number:02d}" for number in range(1, 25))
LATEST_DAYS = 12  # a link ends after fourteen
MONTHS = (("month_3", 3, 0.62), ("month_6", 6, 0.5), ("month_12", 12, 0.42))


@dataclass(frozen=True)
class Questionnaire:
    """One survey: when it was due, and when, how and with what it was answered, if it was. Times are local.

    `visit` is the index of the visit that it belongs to. An empty `mode` is a survey nobody answered. `by_mail`: the link lies in
    the demo's inbox.
    """

    occasion: str
    due_on: date
    instruments: tuple[str, ...]
    answered_at: datetime | None = None
    mode: str = ""
    answered_by: str = "patient"
    answers: tuple[tuple[str, dict[str, Any]], ...] = ()
    visit: int | None = None
    by_mail: bool = False

    def answered_occasion(self, first_treatment: datetime | None) -> str:
        """What the answers count as: whoever answers the first survey after treatment has begun has no baseline."""
        late = self.occasion == "baseline" and None not in (self.answered_at, first_treatment)
        return "during" if late and self.answered_at > first_treatment else self.occasion  # type: ignore[operator]


def questionnaires(chance: Random, path: PainPath, person: Person, timetable: Timetable, today: date) -> tuple[Questionnaire, ...]:
    """All surveys of a course that were due up to today, in the order in which they were due."""
    asker = _Asker(chance, path, person, timetable, today)
    asked = [*asker.baseline(), *asker.before_visits(), *asker.discharge(), *asker.months()]
    return tuple(sorted(asked, key=lambda each: each.due_on))


class _Asker:
    """The state that all occasions of one course share."""

    def __init__(self, chance: Random, path: PainPath, person: Person, timetable: Timetable, today: date) -> None:
        self.chance, self.path, self.person, self.timetable, self.today = chance, path, person, timetable, today
        self.first = timetable.visits[0].on
        self.old = person.age_on(today) > 74

    def baseline(self) -> Iterator[Questionnaire]:
        """Before the first visit: one in ten has no answer, one in twenty answers only after treatment has begun."""
        if self.first.date() == self.today:
            yield Questionnaire("baseline", self.today, (BACK, LEG, DISABILITY), visit=0, by_mail=self.person.consents)
            return
        fate = self.chance.choices(("answered", "missing", "late"), (85, 10, 5))[0]
        early = self.chance.random() < 0.4 and self.person.consents
        at = self.first - timedelta(minutes=20)
        if early:
            at = datetime.combine(self.first.date() - timedelta(days=self.chance.randrange(1, 4)), time(19, 12))
        if fate == "late":
            at = self.first + timedelta(days=self.chance.randrange(2, 10), hours=2)
        mode = "mail" if early or fate == "late" else self._mode_in_clinic()
        yield self._asked("baseline", self.first.date(), (BACK, LEG, DISABILITY), None if fate == "missing" else at, mode, 0)

    def before_visits(self) -> Iterator[Questionnaire]:
        """About once a week before a visit, because the question is about the past week; disability every fourth week."""
        last = last_long = self.first.date()
        for index, visit in enumerate(self.timetable.visits):
            on = visit.on.date()
            if on == self.today and visit.state == "booked" and index > 0:
                yield Questionnaire("during", on, (BACK, LEG), visit=index, by_mail=self.person.consents)
            if index == 0 or not self._is_asked(visit, (on - last).days):
                continue
            long = (on - last_long).days >= 28
            last, last_long = on, on if long else last_long
            answered = self.chance.random() < 0.72 - 0.1 * (self.path.level(0) > 60)
            at = visit.on - timedelta(minutes=self.chance.randrange(5, 25))
            instruments = (BACK, LEG, DISABILITY) if long else (BACK, LEG)
            yield self._asked("during", on, instruments, at if answered else None, self._mode_in_clinic(), index)

    def _is_asked(self, visit: Appointment, days: int) -> bool:
        """Whoever waits in the practice today was asked on arrival; the others once a week."""
        return visit.state == "arrived" or (visit.was_treated and days >= 7)

    def discharge(self) -> Iterator[Questionnaire]:
        """At the end of care. Whoever stopped coming is asked as well, by mail, and seldom answers."""
        ended = self.timetable.ended_on
        if ended is None or self.timetable.first_treatment is None:
            return
        finished = self.timetable.end_reason in {"completed", "recovered"}
        likely = 0.86 if finished else 0.25
        likely -= 0.1 * (self.path.level((ended - self.first.date()).days) > 50)
        at = datetime.combine(ended, self.timetable.visits[-1].on.time()) + timedelta(minutes=40)
        mode = self._mode_in_clinic()
        if not finished or self.chance.random() < 0.15:
            at, mode = at + timedelta(days=self.chance.randrange(1, LATEST_DAYS)), "mail"
        answered = self.chance.random() < likely
        yield self._asked("discharge", ended, (BACK, LEG, DISABILITY), at if answered else None, mode, None)

    def months(self) -> Iterator[Questionnaire]:
        """Follow-ups by mail, counted from the first treatment."""
        began = self.timetable.first_treatment
        if began is None or self.timetable.ended_on is None:
            return
        for occasion, months, likely in MONTHS:
            due = add_months(began.date(), months)
            if due > self.today:
                return
            stopped = self.timetable.end_reason not in {"completed", "recovered"}
            answered = self.chance.random() < likely * (0.55 if stopped else 1) and self.person.consents
            at = datetime.combine(due + timedelta(days=min(LATEST_DAYS, int(self.chance.expovariate(1 / 5)))), time(20, 5))
            yield self._asked(occasion, due, (BACK, LEG, DISABILITY), at if answered else None, "mail", None)

    def _mode_in_clinic(self) -> str:
        weights = (35, 10, 55) if self.old else (45, 45, 10)
        return self.chance.choices(("tablet", "qr", "read_aloud"), weights)[0]

    def _asked(
        self, occasion: str, due_on: date, instruments: tuple[str, ...], at: datetime | None, mode: str, visit: int | None
    ) -> Questionnaire:
        # Answers are drawn whether or not they are given, so that a missing one does not shift the next.
        day = ((at or datetime.combine(due_on, time())).date() - self.first.date()).days
        answers = tuple((key, self._answers(key, day)) for key in instruments)
        if at is None or at.date() > self.today or (at.date() == self.today and visit is None):
            return Questionnaire(occasion, due_on, instruments, visit=visit)
        by = "read_out" if mode == "read_aloud" else "helped" if self.old and mode == "tablet" else "patient"
        return Questionnaire(occasion, due_on, instruments, at, mode, by, answers, visit)

    def _answers(self, instrument: str, day: int) -> dict[str, Any]:
        if instrument == BACK:
            return {"back": rating(self.chance, self.path.past_week(day))}
        if instrument == LEG:
            return {"leg": rating(self.chance, min(100.0, self.path.leg * self.path.past_week(day)))}
        ticked = self.chance.sample(STATEMENTS, disability(self.chance, self.path, day))
        return {**{statement: statement in ticked for statement in STATEMENTS}, **({} if ticked else {"none_of_these": True})}
