"""What a therapist records of a visit, as plain data: from the form, the interface or the demo to the service. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from sessions.dose import Dose, LaserMode, LaserSettings, Technique, WavelengthShare, compute


@dataclass(frozen=True, kw_only=True)
class LaserRecord:
    """One site treated with laser, as set on the device. W, s, Hz, cm²; `duty_cycle_percent` in per cent.

    `energy_typed_j` is the console's reading; it is kept beside what is computed. `wavelength_shares`: nm → per cent.
    """

    device_id: UUID
    region: str
    side: str = ""
    levels: tuple[str, ...] = ()
    handpiece_id: UUID | None = None
    protocol_id: UUID | None = None
    mode: str = "cw"
    technique: str = "contact_stationary"
    average_power_w: Decimal | None = None
    peak_power_w: Decimal | None = None
    pulse_duration_s: Decimal | None = None
    frequency_hz: Decimal | None = None
    duty_cycle_percent: Decimal | None = None
    spot_area_cm2: Decimal | None = None
    treated_area_cm2: Decimal | None = None
    points: int | None = None
    seconds_per_point: Decimal | None = None
    emission_s: Decimal | None = None
    wavelength_shares: dict[str, Any] = field(default_factory=dict)
    energy_typed_j: Decimal | None = None
    copied_from: UUID | None = None

    def settings(self) -> LaserSettings:
        """The same, as the dosimetry takes it."""
        return LaserSettings(
            mode=LaserMode(self.mode),
            technique=Technique(self.technique),
            average_power_w=self.average_power_w,
            peak_power_w=self.peak_power_w,
            pulse_duration_s=self.pulse_duration_s,
            frequency_hz=self.frequency_hz,
            duty_cycle=None if self.duty_cycle_percent is None else self.duty_cycle_percent / 100,
            spot_area_cm2=self.spot_area_cm2,
            treated_area_cm2=self.treated_area_cm2,
            points=self.points,
            time_per_point_s=self.seconds_per_point,
            emission_time_s=self.emission_s,
            wavelengths=tuple(
                WavelengthShare(Decimal(wavelength), Decimal(str(share)) / 100) for wavelength, share in self.wavelength_shares.items()
            ),
        )

    def dose(self) -> Dose:
        """What these settings come to, each quantity computed or not computable with its reason."""
        return self._dose

    @cached_property
    def _dose(self) -> Dose:
        # A record cannot change, so what it comes to is computed once, for the checks, the rows and the page alike.
        return compute(self.settings())


@dataclass(frozen=True, kw_only=True)
class OtherRecord:
    """Another treatment of the same day, coded."""

    kind: str
    code: str
    grade: str = ""
    region: str = ""
    side: str = ""
    levels: tuple[str, ...] = ()
    minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class VisitRecord:
    """All of a visit. Pain is immediate pain, 0–10; None means that it was not asked."""

    occurred_at: datetime
    pain_before: int | None = None
    pain_after: int | None = None
    no_pain_after_reason: str = ""
    skin_checked: bool | None = None
    reaction: str = ""
    note: str = ""
    laser: tuple[LaserRecord, ...] = ()
    other: tuple[OtherRecord, ...] = ()
    warnings_confirmed: bool = False
