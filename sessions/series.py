"""Which days a series of visits falls on. Pure: no Django, no clock."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

import holidays

MOST_VISITS = 40
_FURTHEST = timedelta(days=800)
# Evenly over a week without a weekend, by how often: what is proposed where a patient prefers nothing.
_USUAL_DAYS = {1: (0,), 2: (0, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}


@dataclass(frozen=True)
class Place:
    """What one visit takes: from when until when, and whom and what; ids, or None for nobody in particular."""

    start: datetime
    end: datetime
    therapist_id: UUID | None = None
    room_id: UUID | None = None
    device_id: UUID | None = None


def usual_weekdays(visits_per_week: float) -> tuple[int, ...]:
    """The weekdays proposed for a rhythm, Monday is 0. Less than once a week is once; more than five times is every working day."""
    return _USUAL_DAYS[min(5, max(1, round(visits_per_week)))]


def series_days(first: date, weekdays: Collection[int], number: int, is_closed: Callable[[date], bool]) -> list[date]:
    """The first `number` days from `first` on that fall on these weekdays and on which the clinic is open.

    A day that is closed is passed over, so that the series ends later instead of being shorter. Fewer days come back where two
    years hold no more, as with a clinic that is always closed.
    """
    found: list[date] = []
    day = first
    while len(found) < number and day - first < _FURTHEST:
        if day.weekday() in weekdays and not is_closed(day):
            found.append(day)
        day += timedelta(days=1)
    return found


@lru_cache(maxsize=64)
def _of_year(country: str, region: str, year: int) -> dict[date, str]:
    try:
        return dict(holidays.country_holidays(country, subdiv=region or None, years=year).items())
    except NotImplementedError:
        return {}


def public_holiday(country: str, region: str, day: date) -> str:
    """The name of the public holiday, as the country calls it; empty on any other day, and where the country is not known.

    Source: the package `holidays`, by ISO 3166-1 and 3166-2; without a region the holidays of the whole country.
    """
    return _of_year(country, region, day.year).get(day, "")


def regions_of(country: str) -> list[str]:
    """The regions of a country whose holidays differ, as codes; none for a country without, or one that is not known."""
    return sorted(holidays.list_supported_countries().get(country, []))
