"""Devices of the clinic, and the settings it has agreed on."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from clinic.models import Membership
from clinic.writes import Actor, audited, writes
from sessions.models import Device, DeviceCorrection, DeviceWavelength, Handpiece, Protocol
from sessions.models.device import LaserSettings

SETTING_NAMES = frozenset(field.name for field in LaserSettings._meta.get_fields())


# Name, spot area in cm² at the tissue (None: the maker does not state it), and how the spot's edge is defined, if known.
HandpieceGiven = tuple[str, Decimal | None] | tuple[str, Decimal | None, str]


class DeviceRefused(ValueError):
    """A device or protocol that cannot be stored; the message says why, `field` where."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@writes("device.register")
def register_device(
    *,
    actor: Actor,
    name: str,
    maker: str,
    model: str,
    laser_class: str,
    maximum_power_w: Decimal,
    wavelengths_nm: Sequence[Decimal],
    handpieces: Sequence[HandpieceGiven],
    serial_number: str = "",
) -> Device:
    """A new device with its wavelengths (nm) and handpieces (name, spot area in cm² at the tissue, or None when not stated)."""
    if Device.objects.filter(name=name).exists():
        raise DeviceRefused(_("A device of this name is registered already."), "name")
    _check_label(laser_class, maximum_power_w, wavelengths_nm)
    device = Device(
        name=name,
        maker=maker,
        model=model,
        laser_class=laser_class,
        maximum_power_w=maximum_power_w,
        serial_number=serial_number,
    )
    device.save()
    _add_parts(device, wavelengths_nm, handpieces)
    audited(device)
    return device


def _add_parts(device: Device, wavelengths_nm: Sequence[Decimal], handpieces: Sequence[HandpieceGiven]) -> None:
    DeviceWavelength.objects.bulk_create([DeviceWavelength(device=device, wavelength_nm=nm) for nm in wavelengths_nm])
    Handpiece.objects.bulk_create([Handpiece(device=device, **_given(*each)) for each in handpieces])


def _given(name: str, area: Decimal | None, edge: str = Handpiece.Edge.UNKNOWN) -> dict[str, Any]:
    return {"name": name, "spot_area_cm2": area, "edge_definition": edge}


@writes("device.change")
def change_device(
    *,
    actor: Actor,
    device: Device,
    is_active: bool,
    serial_number: str,
    new_handpieces: Sequence[HandpieceGiven] = (),
) -> Device:
    """Put a device in or out of use, correct its serial number, add handpieces. What past visits say stays."""
    known = set(Handpiece.objects.filter(device=device).values_list("name", flat=True))
    if known & {each[0] for each in new_handpieces}:
        raise DeviceRefused(_("A handpiece of this name is registered already."))
    device.is_active, device.serial_number = is_active, serial_number
    device.save()
    _add_parts(device, [], new_handpieces)
    audited(device, active=is_active, handpieces=len(new_handpieces))
    return device


@writes("device.correct")
def correct_device(
    *,
    actor: Actor,
    device: Device,
    reason: str,
    maker: str,
    model: str,
    laser_class: str,
    maximum_power_w: Decimal,
    wavelengths_nm: Sequence[Decimal],
    corrected_by: Membership | None = None,
) -> DeviceCorrection:
    """Correct what the register says about an apparatus (W, nm), with the reason. Signed visits keep their own numbers.

    Raises DeviceRefused for a missing reason, when nothing differs, and for what registering refuses.
    """
    current: Device = Device.objects.select_for_update(no_key=True).get(pk=device.pk)
    if not reason.strip():
        raise DeviceRefused(_("Say why the register is corrected."), "reason")
    _check_label(laser_class, maximum_power_w, wavelengths_nm)
    former = sorted(DeviceWavelength.objects.filter(device=current).values_list("wavelength_nm", flat=True))
    wished = {"maker": maker, "model": model, "laser_class": laser_class, "maximum_power_w": maximum_power_w}
    changes = {name: [str(getattr(current, name)), str(value)] for name, value in wished.items() if getattr(current, name) != value}
    if former != sorted(wavelengths_nm):
        changes["wavelengths"] = [", ".join(map(str, former)), ", ".join(map(str, sorted(wavelengths_nm)))]
        DeviceWavelength.objects.filter(device=current).delete()
        _add_parts(current, wavelengths_nm, [])
    if not changes:
        raise DeviceRefused(_("Nothing differs from what the register says."))
    for name, value in wished.items():
        setattr(current, name, value)
    current.save()
    correction = DeviceCorrection(device=current, reason=reason.strip(), changes=changes, corrected_by=corrected_by)
    correction.save()
    audited(correction, fields=sorted(changes))
    return correction


def _check_label(laser_class: str, maximum_power_w: Decimal, wavelengths_nm: Sequence[Decimal]) -> None:
    if laser_class not in Device.LaserClass.values:
        raise DeviceRefused(_("Choose the laser class on the device's label."), "laser_class")
    if maximum_power_w <= 0:
        raise DeviceRefused(_("The power is more than 0 W."), "maximum_power_w")
    if not wavelengths_nm:
        raise DeviceRefused(_("A laser has at least one wavelength."), "wavelengths")


@writes("protocol.agree")
def agree_protocol(
    *,
    actor: Actor,
    name: str,
    device: Device,
    handpiece: Handpiece | None,
    region: str,
    source: str,
    settings: dict[str, Any],
) -> Protocol:
    """Settings for a region, with their source. A known name makes its next version and takes the earlier ones out of use.

    `settings` holds fields of LaserSettings. Visits keep their own copy, so that no later version rewrites them.
    """
    unknown = set(settings) - SETTING_NAMES
    if unknown:
        raise TypeError(f"agree_protocol() does not know {sorted(unknown)}.")
    if not source.strip():
        raise DeviceRefused(_("A protocol names its source."), "source")
    if handpiece is not None and handpiece.device_id != device.pk:
        raise DeviceRefused(_("This handpiece belongs to another device."))
    earlier = Protocol.objects.select_for_update().filter(name=name).order_by("-version").first()
    Protocol.objects.filter(name=name, is_active=True).update(is_active=False)
    protocol = Protocol(
        name=name,
        device=device,
        handpiece=handpiece,
        region=region,
        source=source,
        version=earlier.version + 1 if earlier else 1,
        **settings,
    )
    protocol.save()
    audited(protocol, version=protocol.version)
    return protocol


@writes("protocol.retire")
def retire_protocol(*, actor: Actor, protocol: Protocol) -> Protocol:
    """Take a protocol out of use; visits that used it keep it."""
    protocol.is_active = False
    protocol.save()
    audited(protocol)
    return protocol
