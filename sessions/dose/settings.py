"""What was set and done at one site, as recorded; the input of the dosimetry."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class LaserMode(StrEnum):
    """How the beam is emitted. Gated (a chopped continuous beam) and super-pulsed are different physics."""

    CW = "cw"
    GATED = "gated"
    PULSED = "pulsed"
    SUPER_PULSED = "super_pulsed"


class Technique(StrEnum):
    """How the beam is held (field table of Jenkins & Carroll 2011)."""

    CONTACT_STATIONARY = "contact_stationary"
    CONTACT_PRESSURE = "contact_pressure"
    NON_CONTACT_STATIONARY = "non_contact_stationary"
    SCANNING_CONTACT = "scanning_contact"
    SCANNING_NON_CONTACT = "scanning_non_contact"
    TRIGGER_POINT = "trigger_point"
    ACUPOINT = "acupoint"

    @property
    def scanning(self) -> bool:
        """Whether the beam is moved over an area instead of resting on points."""
        return self in (Technique.SCANNING_CONTACT, Technique.SCANNING_NON_CONTACT)


@dataclass(frozen=True, slots=True)
class WavelengthShare:
    """One wavelength of the beam and its share of the power, as a fraction."""

    wavelength_nm: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LaserSettings:
    """What was set and done at one site, as recorded. Everything may be unknown (`None`); nothing has a default.

    `average_power_w` is the mean power as set on the device (after gating, if the console shows it so).
    `emission_time_s` is the time of emission in total, not the length of the appointment. Points with times of
    their own go into `point_times_s`; equal ones into `points` and `time_per_point_s`. The beam's size is the one
    on the skin, as area, diameter or the two full axes of an ellipse.
    """

    mode: LaserMode | None = None
    average_power_w: Decimal | None = None
    peak_power_w: Decimal | None = None
    pulse_duration_s: Decimal | None = None
    frequency_hz: Decimal | None = None
    duty_cycle: Decimal | None = None
    technique: Technique | None = None
    points: int | None = None
    time_per_point_s: Decimal | None = None
    point_times_s: tuple[Decimal, ...] = ()
    emission_time_s: Decimal | None = None
    spot_area_cm2: Decimal | None = None
    spot_diameter_cm: Decimal | None = None
    spot_axes_cm: tuple[Decimal, Decimal] | None = None
    treated_area_cm2: Decimal | None = None
    scan_speed_cm_s: Decimal | None = None
    wavelengths: tuple[WavelengthShare, ...] = ()
