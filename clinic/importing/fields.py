"""What a column of a patient list can mean, and how its cells are read. Each floor names its own fields."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from clinic import birth_dates
from clinic.models import Clinic, Patient
from clinic.services.patients import PatientRefused, normal_phone
from clinic.writes import Actor


class CellRefused(ValueError):
    """Why a cell cannot be taken. Never quotes the cell."""


Reader = Callable[[str, Clinic], Any]


@dataclass(frozen=True)
class Field:
    """One thing that a column can hold. `headers`: how such columns are commonly headed, in English and German, plain."""

    key: str
    label: str | Promise
    read: Reader
    headers: tuple[str, ...] = ()


class Part(Protocol):
    """What one floor can take from a row beside identity and contact."""

    fields: tuple[Field, ...]

    def key(self, given: Mapping[str, Any], source: str) -> str:
        """What the row's thing is known by, the same in every file of the source; "" when the row has none."""

    def known(self, keys: set[str]) -> set[str]:
        """Those of the keys that are there already; one statement."""

    def objection(self, given: Mapping[str, Any]) -> str:
        """Why the row cannot be taken, or ""."""

    def write(self, *, actor: Actor, patient: Patient, given: Mapping[str, Any], source: str) -> None:
        """Write what the row has new. Runs inside a `@writes` function."""

    def in_use(self, patients: set[UUID], source: str) -> set[UUID]:
        """Those of the patients whose import cannot be taken back, because later work hangs on them."""

    def undo(self, *, actor: Actor, patient: Patient, source: str) -> None:
        """Take back what `write` wrote for a patient whom nothing hangs on."""


def _short(limit: int) -> Reader:
    def read(text: str, clinic: Clinic) -> str:
        if len(text) > limit:
            raise CellRefused(f"is longer than {limit} characters")
        if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
            raise CellRefused("holds characters that are no text")
        return text

    return read


def _birth(text: str, clinic: Clinic) -> date:
    today = clinic.today()
    found = birth_dates.readings(text, today=today, month_first=clinic.country in birth_dates.MONTH_FIRST)
    if not found:
        raise CellRefused("is no date in the past")
    return found[0]


def _phone(text: str, clinic: Clinic) -> str:
    try:
        return normal_phone(clinic, text)
    except PatientRefused:
        raise CellRefused("is not a telephone number") from None


def _email(text: str, clinic: Clinic) -> str:
    if not re.fullmatch(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]+", text) or len(text) > 254:
        raise CellRefused("is not an e-mail address")
    return text


def coded(words: Mapping[str, str]) -> Reader:
    """A reader of a closed list: what is written, in small letters, → what it means."""

    def read(text: str, clinic: Clinic) -> str:
        found = words.get(text.casefold())
        if found is None:
            raise CellRefused("is not a known word")
        return found

    return read


_SEX = {"f": "female", "female": "female", "w": "female", "weiblich": "female", "m": "male", "male": "male", "männlich": "male"}
_SEX |= {"other": "other", "divers": "other", "d": "other", "unknown": "unknown", "unbekannt": "unknown", "u": "unknown"}
_YES = {"yes": "yes", "y": "yes", "1": "yes", "true": "yes", "ja": "yes", "no": "no", "n": "no", "0": "no", "false": "no", "nein": "no"}
_LANGUAGE = {"en": "en", "english": "en", "englisch": "en", "de": "de", "german": "de", "deutsch": "de"}

PATIENT_FIELDS = (
    Field(
        "record_number", _("Record number"), _short(40), ("record number", "patient id", "patient number", "id", "nr", "patientennummer")
    ),
    Field("given_name", _("Given name"), _short(120), ("given name", "first name", "vorname")),
    Field("family_name", _("Family name"), _short(120), ("family name", "last name", "surname", "nachname", "name")),
    Field("birth_date", _("Date of birth"), _birth, ("date of birth", "birth date", "dob", "birthday", "geburtsdatum", "geboren")),
    Field("sex", _("Sex"), coded(_SEX), ("sex", "gender", "geschlecht")),
    Field("phone", _("Telephone"), _phone, ("phone", "telephone", "mobile", "phone number", "telefon", "handy", "mobil")),
    Field("email", _("E-mail"), _email, ("email", "e mail", "mail", "email address")),
    Field("language", _("Language"), coded(_LANGUAGE), ("language", "sprache")),
    Field("messages_agreed", _("Agreed to messages"), coded(_YES), ("consent", "messages agreed", "einwilligung")),
)


def parts() -> list[Part]:
    """What the floors above can take from a row."""
    return [import_string(path)() for path in settings.IMPORT_PARTS]


def fields() -> dict[str, Field]:
    """Every field that a column can hold, by key."""
    return {field.key: field for field in (*PATIENT_FIELDS, *(field for part in parts() for field in part.fields))}


def recognised(columns: Iterable[str]) -> dict[str, str]:
    """Field → column, for the columns whose heading says what they hold; no column and no field twice."""
    by_heading = {heading: field.key for field in fields().values() for heading in field.headers}
    found: dict[str, str] = {}
    for column in columns:
        plain = " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", column).casefold()).split())
        key = by_heading.get(plain)
        if key and key not in found:
            found[key] = column
    return found
