"""How long a complaint has lasted, and what that is called. Pure.

Acute under 6 weeks, subacute from 6 to 12 weeks, chronic over 12 weeks: the classes of the European guidelines on low back
pain (van Tulder 2006, Airaksinen 2006) and of most trials in the field.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

_ACUTE_UNTIL_DAYS = 6 * 7
_SUBACUTE_UNTIL_DAYS = 12 * 7


class DurationClass(StrEnum):
    """The class of a complaint by its length at the start of care."""

    ACUTE = "acute"
    SUBACUTE = "subacute"
    CHRONIC = "chronic"


def duration_class(onset: date, on: date) -> DurationClass:
    """The class that a complaint has on a day. Raises ValueError when it began after that day."""
    days = (on - onset).days
    if days < 0:
        raise ValueError("The onset lies after the day.")
    if days < _ACUTE_UNTIL_DAYS:
        return DurationClass.ACUTE
    return DurationClass.SUBACUTE if days <= _SUBACUTE_UNTIL_DAYS else DurationClass.CHRONIC


def weeks_between(onset: date, on: date) -> int:
    """Completed weeks from the onset to a day; negative when it lies before."""
    return (on - onset).days // 7
