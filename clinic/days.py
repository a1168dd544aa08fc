"""The days that a clinic's records can hold, and the times that a day has. Pure.

Beyond them PostgreSQL and Python disagree: a time in the first hours of the year 1, written in Berlin, lies before every date that
Python knows, and could be stored but never read again.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

_BEFORE, _AFTER = 1900, 2200


def is_bearable(day: date) -> bool:
    """Whether a day, or a time, lies between 1901 and 2199."""
    return _BEFORE < day.year < _AFTER


def exists(at: datetime) -> bool:
    """Whether the clocks of its zone ever show this time; False in the hour that they leave out when they go forward."""
    return at.astimezone(UTC).astimezone(at.tzinfo).replace(tzinfo=None, fold=0) == at.replace(tzinfo=None, fold=0)


def happens_twice(at: datetime) -> bool:
    """Whether the clocks of its zone show this time twice that day; with fold=0 the first is meant."""
    return exists(at) and at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset()
