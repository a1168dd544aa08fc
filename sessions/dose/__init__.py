"""The dosimetry of one laser application: power, pulse, beam and time → energy, irradiance, fluence; or why not.

Pure: numbers in SI units (areas in cm², as the field writes them) as `Decimal`, frozen dataclasses in and out.
A quantity that the record does not determine is `NotComputable`; nothing is ever assumed in its place, and what
was typed is never replaced by what was computed.

Formulas: Jenkins & Carroll 2011, Photomed Laser Surg 29:785-7; definitions of IEC 60825-1.

    duty cycle        D   = t_on × f                  continuous: D = 1
    average power     P   = P_peak × D                where the average is not set on the device itself
    energy per point  Q   = P × t                     with P, never with P_peak
    energy            Q   = P × Σ t
    irradiance        E   = P ÷ A_spot                in the beam
    fluence           H   = Q_point ÷ A_spot          of one point; fluences of different places are never added
    area dose             = Q ÷ A_treated             scanning: the mean over the swept area
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sessions.dose.beam import average_power, duty_cycle, power_given, spot_area, spot_diameter
from sessions.dose.quantities import (
    EXACT,
    FRACTION,
    REASON_SENTENCES,
    Computed,
    NotComputable,
    Quantity,
    Reason,
    add_up,
    differs_by_more_than,
    divide,
    given,
    localise,
    multiply,
    result,
    written_sum,
)
from sessions.dose.settings import LaserMode, LaserSettings, Technique, WavelengthShare
from sessions.dose.timing import time_at_a_point, time_factors, time_given

__all__ = [
    "DOSE_VERSION",
    "REASON_SENTENCES",
    "Computed",
    "Dose",
    "EnergyComparison",
    "EnergySum",
    "LaserMode",
    "LaserSettings",
    "NotComputable",
    "Quantity",
    "Reason",
    "Technique",
    "WavelengthEnergy",
    "WavelengthShare",
    "add_energies",
    "compare_energy",
    "compute",
    "fluence_from_irradiance",
    "localise",
    "spot_area_from_irradiance",
    "time_for_energy",
]

# Stored beside every computed dose; raise it whenever a number or a refusal can come out differently.
DOSE_VERSION = "1"

# Shares are typed as whole or tenth per cents; their sum may miss 100 % by this much.
SHARES_TOLERANCE = Decimal("0.005")
ENERGY_TOLERANCE = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class WavelengthEnergy:
    """The energy given at one wavelength."""

    wavelength_nm: Decimal
    energy_j: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """Everything that follows from the settings of one site; each quantity computed or not computable.

    `irradiance_w_cm2` is the local one inside the beam; `mean_irradiance_w_cm2` and `area_dose_j_cm2` are averages
    over the swept area and exist for scanning only; `fluence_j_cm2` belongs to one point and exists for points only.
    `dwell_time_s` and `pass_fluence_j_cm2` describe one pass of a scanning beam (top-hat strip average).
    """

    duty_cycle: Quantity
    average_power_w: Quantity
    spot_area_cm2: Quantity
    emission_time_s: Quantity
    energy_per_point_j: Quantity
    energy_total_j: Quantity
    energy_by_wavelength: tuple[WavelengthEnergy, ...]
    irradiance_w_cm2: Quantity
    fluence_j_cm2: Quantity
    area_dose_j_cm2: Quantity
    mean_irradiance_w_cm2: Quantity
    dwell_time_s: Quantity
    pass_fluence_j_cm2: Quantity
    version: str = DOSE_VERSION


@dataclass(frozen=True, slots=True)
class EnergyComparison:
    """A console reading beside our own figure. Both are kept; `differs` is None when there is nothing to compare."""

    typed_j: Decimal | None
    computed: Quantity
    relative_difference: Decimal | None
    differs: bool | None


@dataclass(frozen=True, slots=True)
class EnergySum:
    """Joules added over sites, sessions or a course: the total, or what is known of it when parts are missing."""

    total: Quantity
    known_j: Decimal
    counted: int
    missing: int


def compute(settings: LaserSettings) -> Dose:
    """Compute the dose of one site in W, s, J, cm²; raises nothing, an undetermined quantity says why."""
    power = average_power(settings)
    area = spot_area(settings)
    times = time_factors(settings)
    per_point = multiply("J", power, time_at_a_point(settings))
    total = multiply("J", power, *times)
    swept = _swept_area(settings)
    diameter = spot_diameter(settings)
    speed = _scan_speed(settings)
    return Dose(
        duty_cycle=duty_cycle(settings),
        average_power_w=power,
        spot_area_cm2=area,
        emission_time_s=times[0] if len(times) == 1 else multiply("s", *times),
        energy_per_point_j=per_point,
        energy_total_j=total,
        energy_by_wavelength=_by_wavelength(settings, total),
        irradiance_w_cm2=divide("W/cm²", power, area),
        fluence_j_cm2=_for_points_only(settings) or divide("J/cm²", per_point, area),
        area_dose_j_cm2=_for_scanning_only(settings) or divide("J/cm²", total, swept),
        mean_irradiance_w_cm2=_for_scanning_only(settings) or divide("W/cm²", power, swept),
        dwell_time_s=_for_scanning_only(settings) or divide("s", diameter, speed),
        pass_fluence_j_cm2=_for_scanning_only(settings) or divide("J/cm²", power, diameter, speed),
    )


def compare_energy(typed_j: Decimal | None, computed: Quantity) -> EnergyComparison:
    """Compare a typed energy with the computed one; more than 5 % of the computed value is a difference."""
    if typed_j is None or not typed_j.is_finite() or isinstance(computed, NotComputable):
        return EnergyComparison(typed_j, computed, None, None)
    gap = EXACT.abs(EXACT.subtract(typed_j, computed.value))
    return EnergyComparison(
        typed_j,
        computed,
        EXACT.divide(gap, computed.value),
        differs_by_more_than(typed_j, computed.value, ENERGY_TOLERANCE),
    )


def add_energies(energies: Iterable[Quantity]) -> EnergySum:
    """Add joules over sites, sessions or a course, in any order.

    A part that is not computable leaves the total not computable; `known_j` is then the sum of the others.
    Only joules can be added: any other unit raises ValueError, because J/cm² of different places have no sum.
    """
    known: list[Computed] = []
    missing = 0
    for energy in energies:
        if isinstance(energy, NotComputable):
            missing += 1
        elif energy.unit != "J":
            raise ValueError(f"only joules can be added, not {energy.unit}")
        else:
            known.append(energy)
    known_j = add_up(energy.value for energy in known)
    return EnergySum(_total(known, missing), known_j, len(known), missing)


def time_for_energy(energy_j: Decimal, average_power_w: Decimal) -> Quantity:
    """Return the emission time in s that gives an energy at an average power: t = Q ÷ P."""
    energy = given(energy_j, "J", missing=Reason.ENERGY_INVALID, invalid=Reason.ENERGY_INVALID)
    return divide("s", energy, power_given(average_power_w))


def fluence_from_irradiance(irradiance_w_cm2: Decimal, time_s: Decimal) -> Quantity:
    """Return the fluence in J/cm² of one spot from a stated irradiance: H = E × t."""
    return multiply("J/cm²", _irradiance(irradiance_w_cm2), time_given(time_s))


def spot_area_from_irradiance(average_power_w: Decimal, irradiance_w_cm2: Decimal) -> Quantity:
    """Return the beam area in cm² that a stated power and irradiance imply: A = P ÷ E."""
    return divide("cm²", power_given(average_power_w), _irradiance(irradiance_w_cm2))


def _total(known: list[Computed], missing: int) -> Quantity:
    if missing:
        return NotComputable(Reason.PART_NOT_COMPUTABLE)
    if not known:
        return NotComputable(Reason.NOTHING_RECORDED)
    return result(add_up(energy.value for energy in known), "J", written_sum(known), known)


def _irradiance(value: Decimal) -> Quantity:
    return given(value, "W/cm²", missing=Reason.IRRADIANCE_INVALID, invalid=Reason.IRRADIANCE_INVALID)


def _scan_speed(settings: LaserSettings) -> Quantity:
    return given(
        settings.scan_speed_cm_s,
        "cm/s",
        missing=Reason.SCAN_SPEED_MISSING,
        invalid=Reason.SCAN_SPEED_INVALID,
    )


def _swept_area(settings: LaserSettings) -> Quantity:
    return given(
        settings.treated_area_cm2,
        "cm²",
        missing=Reason.TREATED_AREA_MISSING,
        invalid=Reason.TREATED_AREA_INVALID,
    )


def _for_points_only(settings: LaserSettings) -> NotComputable | None:
    if settings.technique is None:
        return NotComputable(Reason.TECHNIQUE_MISSING)
    return NotComputable(Reason.ONLY_FOR_POINTS) if settings.technique.scanning else None


def _for_scanning_only(settings: LaserSettings) -> NotComputable | None:
    if settings.technique is None:
        return NotComputable(Reason.TECHNIQUE_MISSING)
    return None if settings.technique.scanning else NotComputable(Reason.ONLY_FOR_SCANNING)


def _by_wavelength(settings: LaserSettings, total: Quantity) -> tuple[WavelengthEnergy, ...]:
    shares = [given(each.share, FRACTION, missing=Reason.SHARES_INVALID, invalid=Reason.SHARES_INVALID) for each in settings.wavelengths]
    known = [share.value for share in shares if isinstance(share, Computed)]
    refusal: NotComputable | None = None
    if len(known) < len(shares):
        refusal = NotComputable(Reason.SHARES_INVALID)
    elif differs_by_more_than(add_up(known), Decimal(1), SHARES_TOLERANCE):
        refusal = NotComputable(Reason.SHARES_NOT_ONE)
    return tuple(
        WavelengthEnergy(each.wavelength_nm, refusal or multiply("J", total, share))
        for each, share in zip(settings.wavelengths, shares, strict=True)
    )
