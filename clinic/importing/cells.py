"""Reading one cell as a person or a program wrote it: days, numbers, words. Never guesses where two readings are possible."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from clinic import birth_dates
from clinic.models import Clinic

# Chosen for a word of a file: it says nothing.
EMPTY = "-"
DAY_FIRST, MONTH_FIRST = "day_first", "month_first"
POINT, COMMA = "point", "comma"

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?")
_TWO_NUMBERS = re.compile(r"\s*([0-9]{1,2})[\s./,\-]+([0-9]{1,2})[\s./,\-]+[0-9]{2,4}\s*")
_RUN_TOGETHER = re.compile(r"\s*([0-9]{2})([0-9]{2})[0-9]{4}\s*")
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?:[:.][0-5][0-9](?:\.[0-9]+)?)?(?:\s*(?:Uhr|h))?", re.IGNORECASE)
_DAY_AND_TIME = re.compile(r"(?P<day>.*[0-9])(?:T|\s+)(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)", re.DOTALL)


class CellRefused(ValueError):
    """Why a cell cannot be taken. Never quotes the cell."""


@dataclass(frozen=True)
class Ways:
    """How a file writes things. `dates`: day_first, month_first or ""; `numbers`: point, comma or "". "" takes what is unmistakable.

    `words`: field → word of the file, folded → the code that somebody chose for it, or EMPTY.
    """

    clinic: Clinic
    dates: str = ""
    numbers: str = ""
    today: date = field(default=date.min)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, clinic: Clinic, chosen: Mapping[str, Any]) -> Ways:
        """The ways that were chosen for a file."""
        return cls(clinic, str(chosen.get("dates", "")), str(chosen.get("numbers", "")), clinic.today(), chosen.get("words") or {})


Reader = Callable[[str, Ways], Any]


def short(limit: int) -> Reader:
    """A reader of text up to so many characters."""

    def read(text: str, ways: Ways) -> str:
        if len(text) > limit:
            raise CellRefused(_("is longer than %(limit)s characters") % {"limit": limit})
        if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
            raise CellRefused(_("holds characters that are no text"))
        return text

    return read


def order_of(text: str) -> str:
    """Whether a date can only be read with the day, or only with the month first; "" when it shows neither."""
    found = _TWO_NUMBERS.fullmatch(text) or _RUN_TOGETHER.fullmatch(text)
    if not found:
        return ""
    first, second = int(found[1]), int(found[2])
    if "." in text or first > 12 >= second:
        return DAY_FIRST
    return MONTH_FIRST if second > 12 >= first else ""


def day(text: str, ways: Ways) -> date:
    """A day until today. Refuses what can be read in two ways unless it was said which, and what contradicts what was said."""
    found = birth_dates.readings(text, today=ways.today, month_first=ways.dates == MONTH_FIRST)
    if not found:
        raise CellRefused(_("is no date in the past"))
    order = order_of(text)
    if ways.dates and order and order != ways.dates and "." not in text:
        raise CellRefused(_("is not written in the order that was said"))
    if len(found) > 1 and not ways.dates:
        raise CellRefused(_("can be read in two ways: say which comes first, day or month"))
    return found[0]


def day_and_time(text: str, ways: Ways) -> tuple[date, time | None]:
    """A day, with the time of day if the cell holds one."""
    found = _DAY_AND_TIME.fullmatch(text.strip())
    return (day(found["day"], ways), clock(found["time"], ways)) if found else (day(text, ways), None)


def clock(text: str, ways: Ways) -> time:
    """A time of day, in hours and minutes."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise CellRefused(_("is not a time of day"))
    return time(int(found[1]), int(found[2]))


def number(text: str, ways: Ways) -> Decimal:
    """A number with a decimal point or comma. Refuses what may be a thousand, unless it was said which mark is the decimal one."""
    plain = text.replace("\u00a0", "").replace("\u202f", "").strip()
    if not _NUMBER.fullmatch(plain):
        raise CellRefused(_("is not a number"))
    mark = "," if "," in plain else "." if "." in plain else ""
    if mark and ways.numbers and mark != {POINT: ".", COMMA: ","}[ways.numbers]:
        raise CellRefused(_("has not the decimal mark that was said"))
    if mark and not ways.numbers and re.fullmatch(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}", plain):
        raise CellRefused(_("can be a thousand or a decimal: say which mark is the decimal one"))
    return Decimal(plain.replace(",", "."))


def whole(text: str, ways: Ways) -> int:
    """A whole number, however its zeros behind the mark are written."""
    found = number(text, ways)
    if found != found.to_integral_value() or abs(found) > 10**9:
        raise CellRefused(_("is not a whole number"))
    return int(found)


def folded(text: str) -> str:
    """A word of a closed list as it is compared."""
    return " ".join(text.casefold().split())


def spoken(words: Mapping[str, str | Promise]) -> dict[str, str]:
    """A closed list as a file may write it: each code, and what it is called in every language of the interface, → the code.

    What two codes are called means neither.
    """
    meant: dict[str, set[str]] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for code, label in words.items():
                meant.setdefault(folded(str(label)), set()).add(code)
    named = {text: codes.pop() for text, codes in meant.items() if len(codes) == 1}
    return named | {folded(text): code for code in words for text in (code, code.replace("_", " "))}


def coded(words: Mapping[str, str]) -> Reader:
    """A reader of a closed list: what is written, in small letters, → what it means."""

    def read(text: str, ways: Ways) -> str:
        found = words.get(folded(text))
        if found is None:
            raise CellRefused(_("is not a known word"))
        return found

    return read


class Listed(Mapping[str, str | Promise]):
    """A closed list that the clinic keeps itself, its colleagues or devices: key → what it is called. Read once, when it is needed.

    `load` answers key → what it is called here first, then whatever else a file may call it.
    """

    def __init__(self, load: Callable[[], Mapping[str, tuple[str, ...]]]) -> None:
        self._load = load

    @cached_property
    def _named(self) -> Mapping[str, tuple[str, ...]]:
        return self._load()

    @cached_property
    def _by_word(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for key, names in self._named.items():
            for name in names:
                found.setdefault(folded(name), set()).add(key)
        return found

    def __getitem__(self, key: str) -> str:
        return self._named[key][0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._named)

    def __len__(self) -> int:
        return len(self._named)

    def find(self, text: str) -> set[str]:
        """The keys of all that are called so."""
        return self._by_word.get(folded(text), set())


def one_of(listed: Listed, unknown: str | Promise, several: str | Promise) -> Reader:
    """A reader of such a list: what is written → its key; refused with `unknown` or `several`."""

    def read(text: str, ways: Ways) -> str:
        found = listed.find(text)
        if len(found) != 1:
            raise CellRefused(str(several if found else unknown))
        return next(iter(found))

    return read


def evidence(cells: Iterable[str]) -> tuple[str, str]:
    """What the cells of a file prove about its ways: the order of its dates and its decimal mark; "" for what they leave open."""
    orders, marks = set(), set()
    for cell in cells:
        if order := order_of(cell):
            orders.add(order)
        elif _NUMBER.fullmatch(cell) and not re.fullmatch(r"[+-]?[0-9]{1,3}(?:[.,][0-9]{3})?", cell) and ("," in cell or "." in cell):
            marks.add(COMMA if "," in cell else POINT)
    return (orders.pop() if len(orders) == 1 else ""), (marks.pop() if len(marks) == 1 else "")
