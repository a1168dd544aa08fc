"""Dates as people type them, above all dates of birth. Pure.

A date may be read in more than one way (3/4/1961); a search tries every reading, a form takes the usual one of the country.
Points between the numbers say that the day stands first, wherever.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

# Where the month is written first; everywhere else the day is.
MONTH_FIRST = frozenset({"US", "PH", "FM", "MH", "PW"})

_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janner",
            "feb february februar",
            "mar march marz mrz maerz",
            "apr april",
            "may mai",
            "jun june juni",
            "jul july juli",
            "aug august",
            "sep sept september",
            "oct october okt oktober",
            "nov november",
            "dec december dez dezember",
        ),
        1,
    )
    for name in names.split()
}
_NUMBERS = re.compile(r"^(\d{1,4})[\s./,\-]+(\d{1,2})[\s./,\-]+(\d{1,4})$")
_RUN_TOGETHER = re.compile(r"^(\d{2})(\d{2})(\d{4})$")
_DAY_MONTH_YEAR = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[\s./,\-]*([a-z]+)[\s./,\-]*(\d{2}|\d{4})$")
_MONTH_DAY_YEAR = re.compile(r"^([a-z]+)[\s./,\-]*(\d{1,2})(?:st|nd|rd|th)?[\s./,\-]+(\d{2}|\d{4})$")


def readings(text: str, *, today: date, month_first: bool = False) -> tuple[date, ...]:
    """Every date that the text can stand for, the likeliest first; none when it is no date, or one after `today`.

    Understood: 1961-04-03, 3.4.1961, 03/04/61, 03041961, 3 April 1961, April 3, 1961, 3. März 1961. Two digits of a year
    mean the latest such year that is not in the future.
    """
    plain = _plain(text)
    found: list[date] = []
    for year, month, day in _candidates(plain, month_first=month_first):
        made = _date(year, month, day, today)
        if made is not None and made not in found:
            found.append(made)
    return tuple(found)


def age_on(day: date, born: date) -> int:
    """Completed years of life on a day. Somebody born on 29 February completes a year on 1 March in common years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    letters = (str(unicodedata.decimal(c)) if c.isdecimal() else c for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(letters).split())


def _candidates(plain: str, *, month_first: bool) -> list[tuple[str, int, int]]:
    if match := _RUN_TOGETHER.match(plain):
        first, second, third = match.groups()
        return _day_or_month_first(third, int(first), int(second), month_first=month_first)
    if match := _NUMBERS.match(plain):
        first, second, third = match.groups()
        if len(first) == 4:
            return [(first, int(second), int(third))] if len(third) <= 2 else []
        if len(first) > 2:
            return []
        both_ways = _day_or_month_first(third, int(first), int(second), month_first=month_first)
        return [(third, int(second), int(first))] if "." in plain else both_ways
    if (match := _DAY_MONTH_YEAR.match(plain)) and match[2] in _MONTHS:
        return [(match[3], _MONTHS[match[2]], int(match[1]))]
    if (match := _MONTH_DAY_YEAR.match(plain)) and match[1] in _MONTHS:
        return [(match[3], _MONTHS[match[1]], int(match[2]))]
    return []


def _day_or_month_first(year: str, first: int, second: int, *, month_first: bool) -> list[tuple[str, int, int]]:
    both = [(year, second, first), (year, first, second)]
    return both[::-1] if month_first else both


def _date(year: str, month: int, day: int, today: date) -> date | None:
    if len(year) not in (2, 4):
        return None
    full = int(year)
    try:
        if len(year) == 2:
            made = date(2000 + full, month, day)
            return made if made <= today else date(1900 + full, month, day)
        made = date(full, month, day)
    except ValueError:
        return None
    return made if made <= today else None
