"""Where a recorded dose lies beside a published table: below, within, above, or no verdict and why. Pure; the table is data.

A check of the record against its source, never a proposal: nothing here returns a dose to give. Outside the table's own scope
there is no verdict. Only rows that were looked up at their source are in the file; the 904 nm table is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path

from clinic.definitions import Definition, load_definition
from sessions.dose import Computed, Dose, LaserSettings, NotComputable, add_energies
from sessions.dose.quantities import gettext_noop

FILE = Path(__file__).parent / "definitions" / "dose_windows.json"


class Verdict(StrEnum):
    """Where the joules of a place lie beside the published window, both ends included."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


class OutOfScope(StrEnum):
    """Which condition of the table a treatment does not meet, or does not state."""

    SITE = "site"
    LASER_CLASS = "laser_class"
    MODE = "mode"
    WAVELENGTH = "wavelength"
    POWER = "power"
    TIME = "time"
    ENERGY = "energy"


SCOPE_SENTENCES: dict[OutOfScope, str] = {
    OutOfScope.SITE: gettext_noop("the table has no row for this place"),
    OutOfScope.LASER_CLASS: gettext_noop("the table is for class 3B devices only"),
    OutOfScope.MODE: gettext_noop("the table is not for super-pulsed beams, or the mode is not recorded"),
    OutOfScope.WAVELENGTH: gettext_noop("the table is for 780 to 860 nm only"),
    OutOfScope.POWER: gettext_noop("the table is for a mean power of 5 to 500 mW only"),
    OutOfScope.TIME: gettext_noop("the table is for 20 to 300 seconds at a point only"),
    OutOfScope.ENERGY: gettext_noop("the energy is not computable"),
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """One diagnosis of a table: points, joules in all, the least at a point. `region` is our own code of the place."""

    region: str
    diagnosis: str
    points_min: int
    points_max: int
    joules: Decimal
    joules_per_point_min: Decimal | None = None

    @property
    def contradicts_above_points(self) -> int | None:
        """The number of points above which the least at each point comes to more than the row's own joules."""
        if not self.joules_per_point_min or self.points_max * self.joules_per_point_min <= self.joules:
            return None
        return int(self.joules // self.joules_per_point_min)


@dataclass(frozen=True, kw_only=True)
class Table:
    """One published table and the scope that it states of itself."""

    key: str
    citation: str
    laser_classes: tuple[str, ...]
    modes: tuple[str, ...]
    wavelength_min_nm: Decimal
    wavelength_max_nm: Decimal
    mean_power_min_w: Decimal
    mean_power_max_w: Decimal
    time_min_s: Decimal
    time_max_s: Decimal
    window_fraction: Decimal
    rows: tuple[Row, ...]

    def row(self, region: str) -> Row | None:
        """The row of a place, if there is one."""
        return next((row for row in self.rows if row.region == region), None)

    def window(self, row: Row) -> tuple[Decimal, Decimal]:
        """Both ends of a row's window in J."""
        return row.joules * (1 - self.window_fraction), row.joules * (1 + self.window_fraction)


@dataclass(frozen=True, kw_only=True)
class DoseWindows(Definition):
    """The whole file."""

    tables: tuple[Table, ...]

    def problems(self) -> list[str]:
        """Return the faults that types cannot see: repeated places, scopes without extent."""
        found = super().problems()
        for table in self.tables:
            places = [row.region for row in table.rows]
            found += [f"tables: {table.key}: {place!r} is there twice" for place in sorted({p for p in places if places.count(p) > 1})]
            if not Decimal(0) < table.window_fraction < 1 or table.time_min_s >= table.time_max_s:
                found.append(f"tables: {table.key}: the window or the time has no extent")
        return found


@dataclass(frozen=True, slots=True)
class Treated:
    """One site as treated: place, the class on the device's label, settings and what they come to."""

    region: str
    laser_class: str
    settings: LaserSettings
    dose: Dose


@dataclass(frozen=True, slots=True)
class Checked:
    """The joules of one place beside one table. Without a verdict, `refused` names every condition that failed."""

    region: str
    citation: str
    verdict: Verdict | None
    refused: tuple[OutOfScope, ...] = ()
    energy_j: Decimal | None = None
    low_j: Decimal | None = None
    high_j: Decimal | None = None
    row: Row | None = None
    points: int | None = None

    @property
    def row_contradicts_itself(self) -> bool:
        """Whether so many points were treated that the row's own numbers do not agree."""
        limit = self.row.contradicts_above_points if self.row else None
        return limit is not None and self.points is not None and self.points > limit


@cache
def dose_windows() -> DoseWindows:
    """Return the product's own tables. Raises DefinitionError when the file is not acceptable."""
    return load_definition(DoseWindows, FILE)


def check_session(sites: Iterable[Treated], table: Table | None = None) -> list[Checked]:
    """Check a session place by place: sites of one place are added up (J), each has to be in the table's scope."""
    table = table or dose_windows().tables[0]
    places: dict[str, list[Treated]] = {}
    for site in sites:
        places.setdefault(site.region, []).append(site)
    return [_check(region, parts, table) for region, parts in places.items()]


def _check(region: str, sites: Sequence[Treated], table: Table) -> Checked:
    row = table.row(region)
    failed = {reason for site in sites for reason in _failures(site, table)}
    if row is None:
        failed.add(OutOfScope.SITE)
    total = add_energies(site.dose.energy_total_j for site in sites).total
    if isinstance(total, NotComputable):
        failed.add(OutOfScope.ENERGY)
    if failed or row is None or isinstance(total, NotComputable):
        return Checked(region, table.citation, None, tuple(reason for reason in OutOfScope if reason in failed))
    low, high = table.window(row)
    verdict = Verdict.BELOW if total.value < low else Verdict.ABOVE if total.value > high else Verdict.WITHIN
    points = [site.settings.points for site in sites]
    number = sum(each for each in points if each is not None) if None not in points else None
    return Checked(region, table.citation, verdict, (), total.value, low, high, row, number)


def _failures(site: Treated, table: Table) -> Iterable[OutOfScope]:
    """The conditions that one site does not meet; what it does not state counts as not met."""
    if site.laser_class not in table.laser_classes:
        yield OutOfScope.LASER_CLASS
    if site.settings.mode is None or site.settings.mode.value not in table.modes:
        yield OutOfScope.MODE
    waves = [each.wavelength_nm for each in site.settings.wavelengths if each.share]
    if not waves or not all(table.wavelength_min_nm <= wave <= table.wavelength_max_nm for wave in waves):
        yield OutOfScope.WAVELENGTH
    power = site.dose.average_power_w
    if not isinstance(power, Computed) or not table.mean_power_min_w <= power.value <= table.mean_power_max_w:
        yield OutOfScope.POWER
    seconds = _seconds(site)
    if seconds is None or not table.time_min_s <= seconds <= table.time_max_s:
        yield OutOfScope.TIME


def _seconds(site: Treated) -> Decimal | None:
    """The time at a point; of a moved beam, or of a single time stated for a site, the emission time."""
    if site.settings.time_per_point_s is not None:
        return site.settings.time_per_point_s
    if (site.settings.points or 1) > 1 and not (site.settings.technique and site.settings.technique.scanning):
        return None
    time = site.dose.emission_time_s
    return time.value if isinstance(time, Computed) else None
