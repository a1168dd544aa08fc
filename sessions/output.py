"""What a device emits beside what is set on it: the ratio of a measured to a set power, and the energy that it makes. Pure.

Power drifts as a device warms up and ages (Jenkins & Carroll 2011), so a measured power stands for what was delivered. What was
set stays beside it. Each wavelength has a reading of its own; a wavelength without one leaves the delivered energy unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

# IEC 60601-2-22 lets the output differ from the set value by this much; more asks for service.
TOLERANCE = Decimal("0.20")


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a power meter: W measured while W were set, at one wavelength in nm. `handpiece` "" stands for any."""

    wavelength_nm: Decimal
    handpiece: str
    set_power_w: Decimal
    measured_power_w: Decimal
    measured_on: date

    @property
    def ratio(self) -> Decimal:
        """Measured by set power: 1 where the console is right."""
        return self.measured_power_w / self.set_power_w

    @property
    def out_of_tolerance(self) -> bool:
        """Whether it differs from the set power by more than a fifth."""
        return abs(self.ratio - 1) > TOLERANCE


@dataclass(frozen=True, slots=True)
class Delivered:
    """The energy by measured power in J, the readings behind it, and the wavelengths in nm that have none."""

    energy_j: Decimal | None
    readings: tuple[Reading, ...]
    unmeasured_nm: tuple[Decimal, ...]


def delivered_energy(energy_j: Decimal, shares: Mapping[Decimal, Decimal], handpiece: str, readings: Iterable[Reading]) -> Delivered | None:
    """Return the energy that measured powers make of a computed one (J). None where nothing was measured at all.

    `shares`: nm → fraction of the mean power. Of each wavelength the newest reading counts, of readings as new the first given;
    one taken with another handpiece does not.
    """
    fitting = [reading for reading in readings if reading.handpiece in ("", handpiece)]
    newest: dict[Decimal, Reading] = {}
    for reading in fitting:
        known = newest.get(reading.wavelength_nm)
        if known is None or reading.measured_on > known.measured_on:
            newest[reading.wavelength_nm] = reading
    used = [wave for wave, share in shares.items() if share]
    found = tuple(newest[wave] for wave in used if wave in newest)
    if not found:
        return None
    lacking = tuple(wave for wave in used if wave not in newest)
    if lacking:
        return Delivered(None, found, lacking)
    return Delivered(sum((energy_j * shares[wave] * newest[wave].ratio for wave in used), Decimal(0)), found, ())


def is_overdue(last: date | None, every_days: int | None, today: date) -> bool:
    """Tell whether a measurement is overdue: never made, or longer ago than the clinic's interval. Without one, nothing is."""
    return every_days is not None and (last is None or last + timedelta(days=every_days) < today)
