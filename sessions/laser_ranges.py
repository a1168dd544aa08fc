"""Is a recorded laser parameter possible (else refuse it) and plausible (else ask)? Pure; the limits are data.

The laser class is the manufacturer's label of the device and is never derived from a power that was typed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Literal

from clinic.definitions import Definition, load_definition
from sessions.dose import Dose, compute
from sessions.dose.beam import CONTRADICTION, average_power_from_pulse
from sessions.dose.quantities import (
    RESULT_DIGITS,
    Computed,
    NotComputable,
    Quantity,
    Reason,
    differs_by_more_than,
    gettext_noop,
    with_unit,
)
from sessions.dose.settings import LaserMode, LaserSettings

FILE = Path(__file__).parent / "definitions" / "laser_ranges.json"

Level = Literal["hard", "warn"]

# The fields a range may name: those of LaserSettings, and what is computed from them.
FIELDS = frozenset(
    (
        "wavelength_nm",
        "peak_power_w",
        "average_power_w",
        "frequency_hz",
        "pulse_duration_s",
        "duty_cycle",
        "spot_area_cm2",
        "treated_area_cm2",
        "points",
        "time_per_point_s",
        "emission_time_s",
        "energy_total_j",
    )
)

FINDING_SENTENCES: dict[str, str] = {
    "not_a_number": gettext_noop("This is not a number."),
    "not_above": gettext_noop("This must be more than %(limit)s."),
    "below_minimum": gettext_noop("This must be at least %(limit)s."),
    "above_maximum": gettext_noop("This must be at most %(limit)s."),
    "below_usual": gettext_noop("This is unusually low (below %(limit)s). Please check the unit."),
    "above_usual": gettext_noop("This is unusually high (above %(limit)s). Please check the unit."),
    "duty_above_one": gettext_noop("The pulses would be longer than the time between them (duty cycle above 100 %%)."),
    "duty_disagrees": gettext_noop("The duty cycle, the pulse duration, the frequency and the mode contradict each other."),
    "pulsed_without_frequency": gettext_noop("A pulsed or gated beam needs a frequency above 0 Hz."),
    "average_above_peak": gettext_noop("The average power cannot be higher than the peak power."),
    "average_disagrees_with_pulse": gettext_noop(
        "The average power differs by more than 1 %% from peak power × duty cycle. Is the number the peak, or already the average?"
    ),
    "treated_area_below_spot": gettext_noop("The treated area is smaller than the beam."),
    "unknown_laser_class": gettext_noop("This is not a laser class of IEC 60825-1."),
    "unusual_laser_class": gettext_noop("Therapy lasers are usually of class 3B or 4. Please check the device's label."),
    "class_3b_above_half_watt": gettext_noop(
        "A class 3B device cannot emit more than %(limit)s on average. Correct the power or the class."
    ),
    "class_4_at_most_half_watt": gettext_noop("A class 4 device usually emits more than %(limit)s on average. Please check."),
}


@dataclass(frozen=True, kw_only=True)
class Range:
    """The accepted (hard) and the usual (warn) values of one field, in its unit; a fraction where the unit is %."""

    field: str
    unit: str
    hard_above: Decimal | None = None
    hard_min: Decimal | None = None
    hard_max: Decimal | None = None
    warn_min: Decimal | None = None
    warn_max: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class ClassLimit:
    """What the label on the device says about its average power, in W."""

    laser_class: str
    level: Level
    code: str
    average_power_above_w: Decimal | None = None
    average_power_at_most_w: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class LaserRanges(Definition):
    """The whole table, as read from `definitions/laser_ranges.json`."""

    ranges: tuple[Range, ...]
    class_limits: tuple[ClassLimit, ...]
    laser_classes: tuple[str, ...]
    usual_laser_classes: tuple[str, ...]

    def problems(self) -> list[str]:
        """Return the faults that types cannot see: unknown or repeated fields, unknown classes and codes."""
        found = super().problems()
        names = [each.field for each in self.ranges]
        found += [f"ranges: {name!r} is not a field" for name in sorted(set(names) - FIELDS)]
        found += [f"ranges: {name!r} is there twice" for name in sorted({name for name in names if names.count(name) > 1})]
        for limit in self.class_limits:
            if limit.laser_class not in self.laser_classes:
                found.append(f"class_limits: {limit.laser_class!r} is not a laser class")
            if limit.code not in FINDING_SENTENCES:
                found.append(f"class_limits: {limit.code!r} has no sentence")
            if (limit.average_power_above_w is None) == (limit.average_power_at_most_w is None):
                found.append(f"class_limits: {limit.code!r} needs exactly one limit")
        return found


@dataclass(frozen=True, slots=True)
class Finding:
    """One objection: `hard` is refused, `warn` asks for confirmation. The sentence may contain `%(limit)s`."""

    field: str
    level: Level
    code: str
    limit: str = ""

    @property
    def sentence(self) -> str:
        """The objection in English, to be translated where it is shown and then filled with {"limit": finding.limit}."""
        return FINDING_SENTENCES[self.code]


@cache
def laser_ranges() -> LaserRanges:
    """Return the product's own table. Raises DefinitionError when the file is not acceptable."""
    return load_definition(LaserRanges, FILE)


def check_ranges(
    settings: LaserSettings, laser_class: str | None, table: LaserRanges | None = None, *, dose: Dose | None = None
) -> list[Finding]:
    """Return every objection to one site's settings on a device of `laser_class` (as labelled; None = not known).

    A field that is not recorded raises no objection: completeness is another question. Average power, spot area,
    emission time and energy are judged as computed when they were not entered themselves. `dose` is what the settings come to,
    if that has been computed already.
    """
    table, dose = table or laser_ranges(), dose or compute(settings)
    findings: list[Finding] = []
    for each in table.ranges:
        for value in _values(settings, dose, each.field):
            finding = _outside(each, value)
            if finding and finding not in findings:
                findings.append(finding)
    return [*findings, *_contradictions(settings, dose), *_class_findings(dose, laser_class, table)]


def _values(settings: LaserSettings, dose: Dose, field: str) -> tuple[Decimal, ...]:
    if field == "wavelength_nm":
        return tuple(each.wavelength_nm for each in settings.wavelengths)
    if field == "time_per_point_s" and settings.point_times_s:
        return settings.point_times_s
    entered = getattr(settings, field, None)
    if entered is not None:
        return (Decimal(entered),)
    quantity: Quantity | None = getattr(dose, field, None)
    return (quantity.value,) if isinstance(quantity, Computed) else ()


def _outside(limits: Range, value: Decimal) -> Finding | None:
    if not value.is_finite():
        return Finding(limits.field, "hard", "not_a_number")
    checks: tuple[tuple[Level, str, Decimal | None, bool], ...] = (
        ("hard", "not_above", limits.hard_above, limits.hard_above is not None and value <= limits.hard_above),
        ("hard", "below_minimum", limits.hard_min, limits.hard_min is not None and value < limits.hard_min),
        ("hard", "above_maximum", limits.hard_max, limits.hard_max is not None and value > limits.hard_max),
        ("warn", "below_usual", limits.warn_min, limits.warn_min is not None and value < limits.warn_min),
        ("warn", "above_usual", limits.warn_max, limits.warn_max is not None and value > limits.warn_max),
    )
    for level, code, limit, broken in checks:
        if broken and limit is not None:
            return Finding(limits.field, level, code, _limit_text(limit, limits.unit))
    return None


def _contradictions(settings: LaserSettings, dose: Dose) -> list[Finding]:
    findings: list[Finding] = []
    duty = dose.duty_cycle
    if duty == NotComputable(Reason.DUTY_ABOVE_ONE) and settings.duty_cycle is None:
        findings.append(Finding("duty_cycle", "hard", "duty_above_one"))
    if duty == NotComputable(Reason.DUTY_CONTRADICTORY):
        findings.append(Finding("duty_cycle", "hard", "duty_disagrees"))
    pulsed = settings.mode is not None and settings.mode is not LaserMode.CW
    if pulsed and settings.frequency_hz is not None and settings.frequency_hz.is_zero():
        findings.append(Finding("frequency_hz", "warn", "pulsed_without_frequency"))
    findings += _power_contradictions(settings)
    spot, swept = dose.spot_area_cm2, settings.treated_area_cm2
    if isinstance(spot, Computed) and swept is not None and swept.is_finite() and swept < spot.value:
        findings.append(Finding("treated_area_cm2", "warn", "treated_area_below_spot"))
    return findings


def _power_contradictions(settings: LaserSettings) -> list[Finding]:
    average, peak = settings.average_power_w, settings.peak_power_w
    if average is None or peak is None or not average.is_finite() or not peak.is_finite():
        return []
    if average > peak:
        return [Finding("average_power_w", "hard", "average_above_peak")]
    computed = average_power_from_pulse(settings)
    if isinstance(computed, Computed) and differs_by_more_than(average, computed.value, CONTRADICTION):
        return [Finding("average_power_w", "warn", "average_disagrees_with_pulse")]
    return []


def _class_findings(dose: Dose, laser_class: str | None, table: LaserRanges) -> list[Finding]:
    if laser_class is None:
        return []
    if laser_class not in table.laser_classes:
        return [Finding("laser_class", "hard", "unknown_laser_class")]
    findings: list[Finding] = []
    if laser_class not in table.usual_laser_classes:
        findings.append(Finding("laser_class", "warn", "unusual_laser_class"))
    power = dose.average_power_w
    if isinstance(power, NotComputable):
        return findings
    for limit in table.class_limits:
        if limit.laser_class != laser_class:
            continue
        above, at_most = limit.average_power_above_w, limit.average_power_at_most_w
        if above is not None and power.value > above:
            findings.append(Finding("average_power_w", limit.level, limit.code, _limit_text(above, "W")))
        if at_most is not None and power.value <= at_most:
            findings.append(Finding("average_power_w", limit.level, limit.code, _limit_text(at_most, "W")))
    return findings


def _limit_text(limit: Decimal, unit: str) -> str:
    return with_unit(limit, unit, RESULT_DIGITS)
