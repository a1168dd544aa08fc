"""What happened in the demo's two clinics: 240 courses of care over fourteen months. Pure: a seed and a date in, episodes out.

Every episode has random streams of its own, so that any slice of the demo comes out as it would in the whole. Laser is given to
three courses of four by their number, and nothing that a patient feels, answers or does is drawn from it (see `pain`). Sicker
people are planned more visits, those who get no better stop coming, answers are late or missing: as in a real clinic.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from outcomes.demo.appointments import TODAYS, Appointment, Rhythm, appointments, first_appointment
from outcomes.demo.pain import PainPath, invent_path
from outcomes.demo.people import Person, invent_person
from outcomes.demo.questionnaires import Questionnaire, questionnaires

DAYS = 425  # fourteen months
SLICE = len(TODAYS)  # the first episodes are the ones with a visit today
HARBOUR, MEADOW = "harbour", "meadow"

# Complaint, its share of a back clinic's courses in per cent, an ICD-10 code, whether pain radiates, whether it is acute.
COMPLAINTS = (
    ("chronic_low_back_pain", 45, "M54.50", False, False),
    ("sciatica", 24, "M54.16", True, False),
    ("acute_low_back_pain", 16, "M54.59", False, True),
    ("stenosis", 8, "M48.06", True, False),
    ("after_surgery", 7, "M96.1", True, False),
)
LABELS = ("", "", "", "", "back school", "work accident")

# Name, sets, repetitions, minutes, weekdays (0 = Monday).
EXERCISES = (
    ("Walking, a little further each week", None, None, 20, (0, 1, 2, 3, 4, 5, 6)),
    ("Bird dog", 3, 8, None, (0, 2, 4)),
    ("Pelvic tilt", 2, 12, None, (0, 1, 2, 3, 4)),
    ("Bridge", 3, 10, None, (1, 3, 5)),
    ("Repeated extension in lying", 3, 10, None, (0, 1, 2, 3, 4, 5, 6)),
    ("Sit to stand", 3, 8, None, (0, 2, 4)),
    ("Dead bug", 2, 10, None, (1, 3, 5)),
)
THERAPIES = (
    ("manual_therapy", "joint_mobilisation"),
    ("manual_therapy", "soft_tissue"),
    ("exercise", "motor_control"),
    ("exercise", "graded_activity"),
    ("education", "stay_active"),
    ("education", "pain_education"),
)


@dataclass(frozen=True)
class Episode:
    """One course of care from first visit to last answer. Times are local to the clinic, without a zone."""

    number: int
    clinic: str
    person: Person
    complaint: str
    icd10_code: str
    onset_on: date
    started_on: date
    ended_on: date | None
    end_reason: str
    label: str
    therapist: int
    laser: str
    planned_visits: int
    visits_per_week: Decimal
    exercises: tuple[tuple[str, int | None, int | None, int | None, tuple[int, ...]], ...]
    therapies: tuple[tuple[str, str], ...]
    pain: PainPath
    visits: tuple[Appointment, ...]
    surveys: tuple[Questionnaire, ...]

    @property
    def is_todays(self) -> bool:
        """Whether it belongs to the slice that is filled in before the first page."""
        return self.number < SLICE


def laser_of(number: int) -> str:
    """Which laser a course is planned with: none in every fourth, else the class 4 or the class 3B device."""
    return "" if number % 4 == 3 else ("class_4", "class_3b")[number % 7 % 2]


def tell(seed: int, today: date, episodes: int) -> Iterator[Episode]:
    """All episodes, today's first. The same seed and date tell the same story."""
    return (tell_episode(seed, today, number) for number in range(episodes))


def tell_episode(seed: int, today: date, number: int, *, laser: str | None = None) -> Episode:
    """One episode. `laser` overrides what the number says: everything else stays as it is, which the tests demand."""
    chance = Random(f"{seed}:{number}:course")  # noqa: S311 (a story, not a secret)
    complaint, _, code, radiating, acute = chance.choices(COMPLAINTS, [each[1] for each in COMPLAINTS])[0]
    path = invent_path(Random(f"{seed}:{number}:pain"), acute=acute, radiating=radiating)  # noqa: S311
    person = invent_person(Random(f"{seed}:{number}:person"), number, today)  # noqa: S311
    rhythm = Rhythm(
        planned=_planned_visits(chance, path),
        per_week=chance.choices((1, 2, 3), (25, 60, 15))[0],
        hour=chance.randrange(8, 17),
        minute=chance.choice((0, 15, 30, 45)),
    )
    if number == 0:  # the patient to try the page with: told so in the name, with a past to repeat
        person = replace(person, given_name="Tilda", family_name="Example (try me)", sex="female", language="en")
        person = replace(person, email="patient000@demo.example", consents=True)
    todays = number if number < SLICE else None
    first = first_appointment(chance, today, rhythm, todays, DAYS)
    timetable = appointments(Random(f"{seed}:{number}:visits"), path, rhythm, first, today, todays)  # noqa: S311
    exercises = _exercises(chance)
    offered = THERAPIES if exercises else tuple(each for each in THERAPIES if each[0] != "exercise")
    ended_on, reason = timetable.ended_on, timetable.end_reason
    asked = questionnaires(Random(f"{seed}:{number}:surveys"), path, person, timetable, today)  # noqa: S311
    return Episode(
        number=number,
        clinic=MEADOW if number % 3 == 2 else HARBOUR,
        person=person,
        complaint=complaint,
        icd10_code=code,
        onset_on=first.date() - timedelta(days=chance.randrange(2, 35) if acute else chance.randrange(95, 2500)),
        started_on=first.date(),
        ended_on=ended_on,
        end_reason=reason,
        label=chance.choice(LABELS),
        therapist=chance.randrange(2) if number else 0,
        laser=laser_of(number) if laser is None else laser,
        planned_visits=rhythm.planned,
        visits_per_week=Decimal(rhythm.per_week),
        exercises=exercises,
        therapies=tuple(chance.sample(offered, chance.randrange(1, 4))),
        pain=path,
        visits=timetable.visits,
        surveys=asked,
    )


def _planned_visits(chance: Random, path: PainPath) -> int:
    """Sicker people are planned more visits: the trap that every dose-response curve of routine data falls into."""
    return chance.choice((6, 6, 8, 8, 10)) + (4 if path.level(0) > 60 else 2 if path.level(0) > 45 else 0)


def _exercises(chance: Random) -> tuple[tuple[str, int | None, int | None, int | None, tuple[int, ...]], ...]:
    """Seven courses of ten have exercises for home, two or three of them."""
    return tuple(chance.sample(EXERCISES, chance.choice((2, 2, 3)))) if chance.random() < 0.7 else ()
