"""How much of a laser record is there: the eight parameters of Jenkins & Carroll 2011, Photomed Laser Surg 29:785-7. Pure.

An item counts when the record determines it; what is "not computable" is not there. Nothing is judged here but the record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from sessions.dose import Dose, LaserMode, LaserSettings, compute
from sessions.dose.quantities import gettext_noop


class Item(StrEnum):
    """One of the eight parameters, in the order of the paper."""

    WAVELENGTH = "wavelength"
    POWER = "power"
    TIME = "time"
    BEAM_AREA = "beam_area"
    PULSE = "pulse"
    LOCATION = "location"
    NUMBER = "number"
    INTERVAL = "interval"


NAMES: dict[Item, str] = {
    Item.WAVELENGTH: gettext_noop("wavelength and its share"),
    Item.POWER: gettext_noop("mean power"),
    Item.TIME: gettext_noop("emission time"),
    Item.BEAM_AREA: gettext_noop("beam area on the skin"),
    Item.PULSE: gettext_noop("pulse parameters"),
    Item.LOCATION: gettext_noop("place of treatment"),
    Item.NUMBER: gettext_noop("number of treatments"),
    Item.INTERVAL: gettext_noop("interval between treatments"),
}


@dataclass(frozen=True, slots=True)
class Completeness:
    """Which of the eight items a record determines."""

    missing: tuple[Item, ...]

    @property
    def score(self) -> int:
        """How many of the eight are there."""
        return len(Item) - len(self.missing)

    @property
    def out_of(self) -> int:
        """How many there are: eight."""
        return len(Item)


def completeness(settings: LaserSettings, *, region: str, dose: Dose | None = None) -> Completeness:
    """Return what one site's record determines. `region` is "" where no place was recorded.

    A visit of a course tells the number of treatments and, by its date, the interval.
    """
    dose = dose or compute(settings)
    there = {
        Item.WAVELENGTH: bool(dose.energy_by_wavelength) and _shares_add_up(settings),
        Item.POWER: dose.average_power_w.is_computed,
        Item.TIME: dose.emission_time_s.is_computed,
        Item.BEAM_AREA: dose.spot_area_cm2.is_computed,
        Item.PULSE: _pulse_known(settings, dose),
        Item.LOCATION: bool(region),
        Item.NUMBER: True,
        Item.INTERVAL: True,
    }
    return Completeness(tuple(item for item in Item if not there[item]))


def of_session(sites: Iterable[Completeness]) -> Completeness | None:
    """Return what a whole session determines: an item is there when it is there at every site. None without laser."""
    known = list(sites)
    if not known:
        return None
    missing = {item for site in known for item in site.missing}
    return Completeness(tuple(item for item in Item if item in missing))


def mean_score(counted: Iterable[tuple[Completeness, int]]) -> Decimal | None:
    """Return the mean score over sites, each given with how often it occurs; None where there is none."""
    pairs = list(counted)
    number = sum(times for _, times in pairs)
    return Decimal(sum(each.score * times for each, times in pairs)) / number if number else None


def _shares_add_up(settings: LaserSettings) -> bool:
    total = sum((each.share for each in settings.wavelengths), Decimal(0))
    return abs(total - 1) <= Decimal("0.005")


def _pulse_known(settings: LaserSettings, dose: Dose) -> bool:
    """Continuous says all there is; any other beam needs its frequency and how long it is on."""
    if settings.mode is None:
        return False
    if settings.mode is LaserMode.CW:
        return True
    return bool(settings.frequency_hz) and dose.duty_cycle.is_computed
