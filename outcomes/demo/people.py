"""Invented people for the demo. Pure: a random generator in, a person out; no real person is meant.

Names come from many languages on purpose: long ones, accents, scripts written from right to left. Telephone numbers are from
the range that the German regulator keeps free for films, addresses end in `.example`, which nobody can register.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

FEMALE = (
    "Anneliese", "Zoë", "Fatima", "Ngozi", "Marie-Thérèse", "Ayşe", "Svetlana", "Mei", "Guðrún", "Priya", "Siobhán", "Łucja",
    "Ursula", "Beatriz", "Nguyệt", "Hannelore", "ליאורה", "ليلى", "Aroha", "Chiara", "María de los Ángeles",
    "Ingeborg", "Renáta",
)  # fmt: skip
MALE = (
    "Heinrich", "Yusuf", "José", "Oluwaseun", "Björn", "Dmitri", "Rāhul", "Seán", "Wei", "Karl-Friedrich", "Emre", "Tomáš",
    "Manfred", "François", "Đorđe", "Giovanni", "יונתן", "عبد الرحمن", "Tāne", "Lukas", "Ángel", "Sebastião", "Gösta", "Piet",
)  # fmt: skip
FAMILY = (
    "Müller", "Öztürk", "Nwachukwu", "García y Goicoechea", "O’Dálaigh", "Łukasiewicz", "van der Westhuizen", "Nguyễn", "Sørensen",
    "Schmidt", "Petrović", "Ivanova", "王", "بن يوسف", "בן־דוד", "Fernández-Villaverde de la Fuente", "Kaya", "Patel", "Dvořák",
    "Weiß", "Jónsdóttir", "Okafor", "Rossi", "Leutheusser-Hohenstein", "Ng", "Silva", "Hoffmann", "Szczepański", "Krüger", "D’Angelo",
)  # fmt: skip
RIGHT_TO_LEFT = {"ליאורה", "ليلى", "יונתן", "عبد الرحمن", "بن يوسف", "בן־דוד"}


@dataclass(frozen=True)
class Person:
    """Who a patient of the demo is. `consents`: agreed to surveys by e-mail; without it there is no address either."""

    given_name: str
    family_name: str
    sex: str
    birth_date: date
    language: str
    phone: str
    email: str
    consents: bool

    def age_on(self, day: date) -> int:
        """Age in whole years on a day."""
        return day.year - self.birth_date.year - ((day.month, day.day) < (self.birth_date.month, self.birth_date.day))


def invent_person(chance: Random, number: int, today: date) -> Person:
    """One adult between 19 and 88, most of them middle-aged. `number` makes telephone and address their own."""
    sex = chance.choices(("female", "male", "other"), (55, 44, 1))[0]
    given = chance.choice(FEMALE if sex == "female" else MALE if sex == "male" else FEMALE + MALE)
    family = chance.choice(FAMILY)
    years = min(88.0, max(19.0, chance.gauss(51, 15)))
    consents = chance.random() < 0.85
    return Person(
        given_name=given,
        family_name=family,
        sex=sex,
        birth_date=today - timedelta(days=round(years * 365.25)),
        language=chance.choices(("en", "de"), (70, 30))[0],
        phone=f"030 23125 {number % 1000:03d}",
        email=f"patient{number:03d}@demo.example" if consents else "",
        consents=consents,
    )
