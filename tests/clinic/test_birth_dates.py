"""Dates as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from clinic.birth_dates import age_on, readings

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "typed",
    [
        "1961-04-03",
        "1961/4/3",
        "3.4.1961",
        "03.04.1961",
        "3.4.61",
        "03041961",
        "3 April 1961",
        "3rd Apr 1961",
        "April 3, 1961",
        "3. April 1961",
        " 3.  4. 1961 ",
        "٠٣.٠٤.١٩٦١",
    ],
)
def test_every_usual_spelling_of_a_day_is_read(typed: str) -> None:
    assert readings(typed, today=TODAY)[0] == date(1961, 4, 3)


@pytest.mark.parametrize(
    ("typed", "day"), [("5. März 1970", date(1970, 3, 5)), ("5 Dez 70", date(1970, 12, 5)), ("29.2.1940", date(1940, 2, 29))]
)
def test_german_months_and_leap_days_are_read(typed: str, day: date) -> None:
    assert readings(typed, today=TODAY) == (day,)


def test_with_strokes_a_day_can_be_read_in_two_ways() -> None:
    assert readings("3/4/1961", today=TODAY) == (date(1961, 4, 3), date(1961, 3, 4))
    assert readings("3/4/1961", today=TODAY, month_first=True) == (date(1961, 3, 4), date(1961, 4, 3))
    assert readings("3/14/1961", today=TODAY) == (date(1961, 3, 14),)


def test_with_points_the_day_stands_first() -> None:
    assert readings("3.4.1961", today=TODAY, month_first=True) == (date(1961, 4, 3),)


def test_a_year_of_two_digits_is_the_latest_that_is_past() -> None:
    assert readings("1.1.26", today=TODAY) == (date(2026, 1, 1),)
    assert readings("1.12.26", today=TODAY) == (date(1926, 12, 1),)


@pytest.mark.parametrize(
    "typed", ["", "31.2.1961", "29.2.1941", "24.11.2026", "0.0.0", "1961", "3.4.196", "April", "030 1234567", "3.4.1961.5", "x" * 9]
)
def test_what_is_no_past_day_is_not_read(typed: str) -> None:
    assert readings(typed, today=TODAY) == ()


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1961, 4, 3), date(2026, 4, 2), 64),
        (date(1961, 4, 3), date(2026, 4, 3), 65),
        (date(1940, 2, 29), date(2026, 2, 28), 85),
        (date(1940, 2, 29), date(2026, 3, 1), 86),
    ],
)
def test_age_counts_completed_years(born: date, day: date, age: int) -> None:
    assert age_on(day, born) == age
