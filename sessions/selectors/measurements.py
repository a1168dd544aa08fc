"""What was measured at the devices, whether it is overdue, and what measured power makes of a visit's energy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max

from sessions.models import Device, LaserApplication, OutputMeasurement, Visit
from sessions.output import Delivered, Reading, delivered_energy, is_overdue
from sessions.selectors.laser_rules import laser_rules
from sessions.wording import plain_number


@dataclass(frozen=True)
class MeasurementLine:
    """One measurement for a reader. `deviation` is the signed difference from the set power in per cent."""

    on: date
    by: str
    wavelength: str
    handpiece: str
    set_power: str
    measured_power: str
    deviation: str
    out_of_tolerance: bool
    meter: str
    note: str


@dataclass(frozen=True)
class OverdueDevice:
    """A device in use whose output should have been measured by now; `last` is None when it never was."""

    id: UUID
    name: str
    last: date | None


def measurement_lines(device: Device) -> list[MeasurementLine]:
    """Every measurement of a device, newest first; one statement."""
    rows = OutputMeasurement.objects.filter(device=device).select_related("handpiece", "measured_by")
    return [_line(row) for row in rows.order_by("-measured_on", "-recorded_at")]


def deviation_percent(reading: Reading) -> str:
    """How far the measured power lies from the set one, with its sign: "−8 %"."""
    percent = ((reading.ratio - 1) * 100).quantize(Decimal("0.1"))
    sign = "+" if percent > 0 else "−" if percent < 0 else ""
    return f"{sign}{plain_number(abs(percent))}\N{NO-BREAK SPACE}%"


def overdue_devices(today: date) -> list[OverdueDevice]:
    """Devices in use whose newest measurement is older than the clinic's interval, by name. One statement, two where one is set."""
    every = laser_rules().measure_every_days
    if every is None:
        return []
    rows = Device.objects.filter(is_active=True).annotate(last=Max("measurements__measured_on")).order_by("name")
    return [OverdueDevice(row.pk, row.name, row.last) for row in rows if is_overdue(row.last, every, today)]


def delivered_at(visit: Visit, sites: Sequence[LaserApplication], zone: ZoneInfo) -> list[Delivered | None]:
    """What measured power makes of each site's energy: by the readings that were there when the visit was signed. One statement.

    Measurements are never changed, so that the same visit says the same at any later time.
    """
    on = (visit.occurred_at or visit.planned_for).astimezone(zone).date()
    rows = OutputMeasurement.objects.filter(device__in=[site.device_id for site in sites], measured_on__lte=on).select_related("handpiece")
    if visit.recorded_at:
        rows = rows.filter(recorded_at__lte=visit.recorded_at)
    readings: dict[UUID, list[Reading]] = {}
    for row in rows.order_by("-measured_on", "-recorded_at"):
        readings.setdefault(row.device_id, []).append(_reading(row))
    return [_delivered(site, readings.get(site.device_id, [])) for site in sites]


def _delivered(site: LaserApplication, readings: list[Reading]) -> Delivered | None:
    if site.energy_computed_j is None or not readings:
        return None
    shares = {Decimal(wave): Decimal(str(share)) / 100 for wave, share in site.wavelength_shares.items()}
    return delivered_energy(site.energy_computed_j, shares, str(site.handpiece_id or ""), readings)


def _reading(row: OutputMeasurement) -> Reading:
    return Reading(row.wavelength_nm, str(row.handpiece_id or ""), row.set_power_w, row.measured_power_w, row.measured_on)


def _line(row: OutputMeasurement) -> MeasurementLine:
    reading = _reading(row)
    return MeasurementLine(
        on=row.measured_on,
        by=row.measured_by.display_name if row.measured_by else "",
        wavelength=f"{plain_number(row.wavelength_nm)}\N{NO-BREAK SPACE}nm",
        handpiece=row.handpiece.name if row.handpiece else "",
        set_power=f"{plain_number(row.set_power_w)}\N{NO-BREAK SPACE}W",
        measured_power=f"{plain_number(row.measured_power_w)}\N{NO-BREAK SPACE}W",
        deviation=deviation_percent(reading),
        out_of_tolerance=reading.out_of_tolerance,
        meter=row.meter,
        note=row.note,
    )
