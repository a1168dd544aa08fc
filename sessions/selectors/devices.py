"""Devices and protocols, as their page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from sessions import codes
from sessions.models import Device, DeviceCorrection, DeviceWavelength, Handpiece, Protocol
from sessions.models.device import LaserSettings
from sessions.records import LaserRecord
from sessions.wording import DoseLine, dose_of, plain_number

_UNITS = (
    ("average_power_w", "W"),
    ("peak_power_w", "W peak"),
    ("pulse_duration_s", "s pulse"),
    ("frequency_hz", "Hz"),
    ("duty_cycle_percent", "% duty cycle"),
    ("spot_area_cm2", "cm² spot"),
    ("treated_area_cm2", "cm²"),
    ("seconds_per_point", "s per point"),
    ("emission_s", "s"),
)


@dataclass(frozen=True)
class HandpieceLine:
    """A handpiece with the area of its spot, or a word that the maker does not state it."""

    id: UUID
    name: str
    area: str
    edge: str


@dataclass(frozen=True)
class ProtocolLine:
    """A protocol in words, and what its settings come to. No dose is proposed: these are the clinic's own settings."""

    id: UUID
    name: str
    version: int
    device: str
    handpiece: str
    region: str
    settings: tuple[str, ...]
    dose: tuple[DoseLine, ...]
    source: str
    is_active: bool

    @property
    def in_short(self) -> str:
        """Name, device and the settings in one line, for a choice."""
        return f"{self.name} · {self.device} · {', '.join(self.settings)}"


@dataclass(frozen=True)
class DeviceLine:
    """A device in words with its protocols in use."""

    id: UUID
    name: str
    maker_and_model: str
    serial_number: str
    laser_class: str
    maximum_power: str
    wavelengths: str
    handpieces: tuple[HandpieceLine, ...]
    is_active: bool
    protocols: tuple[ProtocolLine, ...]
    retired: int


def device_lines() -> list[DeviceLine]:
    """Every device, those in use first, with its protocols; four statements whatever their number."""
    rows = Device.objects.order_by("-is_active", "name").prefetch_related(*_parts())
    return [_device(row) for row in rows]


def device_line(device: Device) -> DeviceLine:
    """One device for its own page."""
    return _device(Device.objects.prefetch_related(*_parts()).get(pk=device.pk))


@dataclass(frozen=True)
class CorrectionLine:
    """One correction of a device's entry: when, by whom, why, and each field before and after."""

    at: datetime
    by: str
    reason: str
    changes: tuple[tuple[str, str, str], ...]


def corrections(device: Device) -> list[CorrectionLine]:
    """What was corrected about a device, newest first; one statement."""
    names = {field.name: str(field.verbose_name) for field in Device._meta.fields} | {"wavelengths": _("wavelengths (nm)")}
    return [
        CorrectionLine(
            row.corrected_at,
            row.corrected_by.display_name if row.corrected_by else "",
            row.reason,
            tuple((names.get(field, field), _short(before), _short(after)) for field, (before, after) in row.changes.items()),
        )
        for row in DeviceCorrection.objects.filter(device=device).select_related("corrected_by").order_by("-corrected_at")
    ]


def _short(text: str) -> str:
    """Numbers as a person writes them: 12, not 12.00000."""
    return ", ".join(
        part.rstrip("0").rstrip(".") if "." in part and part.replace(".", "").isdecimal() else part for part in text.split(", ")
    )


def _parts() -> tuple[Prefetch, ...]:
    return (
        Prefetch("wavelengths", DeviceWavelength.objects.order_by("wavelength_nm")),
        Prefetch("handpieces", Handpiece.objects.order_by("name")),
        Prefetch("protocols", Protocol.objects.select_related("device", "handpiece").order_by("name", "-version")),
    )


def active_protocols() -> list[ProtocolLine]:
    """The protocols that a plan or visit may use, by name; one statement."""
    rows = Protocol.objects.filter(is_active=True, device__is_active=True).select_related("device", "handpiece")
    return [protocol_line(row) for row in rows.order_by("name", "id")]


def protocol_line(row: Protocol) -> ProtocolLine:
    """One protocol in words. Asks for nothing when device and handpiece are loaded."""
    return ProtocolLine(
        id=row.pk,
        name=row.name,
        version=row.version,
        device=row.device.name,
        handpiece=row.handpiece.name if row.handpiece else "",
        region=_(codes.body_region(row.region).label),
        settings=settings_in_words(row),
        dose=dose_of(record_of_protocol(row)),
        source=row.source,
        is_active=row.is_active,
    )


def settings_in_words(row: LaserSettings) -> tuple[str, ...]:
    """Settings part by part, as a console shows them: wavelengths, mode, technique, then every number with its unit."""
    shares = row.wavelength_shares
    only = len(shares) == 1
    parts = [f"{nm} nm" if only else f"{nm} nm ({share} %)" for nm, share in shares.items()]
    parts += [str(row.get_mode_display()), _(codes.label("laser_techniques", row.technique))]
    parts += [f"{plain_number(value)}\N{NO-BREAK SPACE}{unit}" for name, unit in _UNITS if (value := getattr(row, name)) is not None]
    if row.points:
        parts.append(_("%(number)s points") % {"number": row.points})
    return tuple(parts)


def record_of_protocol(row: Protocol) -> LaserRecord:
    """The protocol as a site's record; the handpiece's spot stands in where the protocol states none."""
    area = row.spot_area_cm2
    if area is None and row.handpiece is not None:
        area = row.handpiece.spot_area_cm2
    return LaserRecord(
        device_id=row.device_id,
        handpiece_id=row.handpiece_id,
        protocol_id=row.pk,
        region=row.region,
        mode=row.mode,
        technique=row.technique,
        average_power_w=row.average_power_w,
        peak_power_w=row.peak_power_w,
        pulse_duration_s=row.pulse_duration_s,
        frequency_hz=row.frequency_hz,
        duty_cycle_percent=row.duty_cycle_percent,
        spot_area_cm2=area,
        treated_area_cm2=row.treated_area_cm2,
        points=row.points,
        seconds_per_point=row.seconds_per_point,
        emission_s=row.emission_s,
        wavelength_shares=row.wavelength_shares,
    )


def _device(row: Device) -> DeviceLine:
    protocols = list(row.protocols.all())
    return DeviceLine(
        id=row.pk,
        name=row.name,
        maker_and_model=f"{row.maker} {row.model}",
        serial_number=row.serial_number,
        laser_class=row.laser_class,
        maximum_power=f"{plain_number(row.maximum_power_w)} W",
        wavelengths=", ".join(f"{plain_number(each.wavelength_nm)} nm" for each in row.wavelengths.all()),
        handpieces=tuple(_handpiece(each) for each in row.handpieces.all()),
        is_active=row.is_active,
        protocols=tuple(protocol_line(each) for each in protocols if each.is_active),
        retired=sum(not each.is_active for each in protocols),
    )


def _handpiece(row: Handpiece) -> HandpieceLine:
    area = f"{plain_number(row.spot_area_cm2)} cm²" if row.spot_area_cm2 is not None else _("spot not stated by the maker")
    return HandpieceLine(row.pk, row.name, area, str(row.get_edge_definition_display()))
