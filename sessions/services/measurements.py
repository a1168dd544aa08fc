"""Recording what a power meter showed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from clinic.models import Membership
from clinic.writes import Actor, audited, writes
from sessions.models import Device, DeviceWavelength, Handpiece, OutputMeasurement
from sessions.services.devices import DeviceRefused


@writes("device.measure")
def record_measurement(
    *,
    actor: Actor,
    device: Device,
    wavelength_nm: Decimal,
    set_power_w: Decimal,
    measured_power_w: Decimal,
    meter: str,
    measured_on: date,
    handpiece: Handpiece | None = None,
    measured_by: Membership | None = None,
    note: str = "",
) -> OutputMeasurement:
    """One reading in W of one wavelength (nm), with the meter and who read it. It is never changed; the newest counts.

    Raises DeviceRefused for a wavelength or handpiece of another device, a power that is none, and a day that is yet to come.
    """
    if not DeviceWavelength.objects.filter(device=device, wavelength_nm=wavelength_nm).exists():
        raise DeviceRefused(_("This device does not emit this wavelength."), "wavelength_nm")
    if handpiece is not None and handpiece.device_id != device.pk:
        raise DeviceRefused(_("This handpiece belongs to another device."), "handpiece")
    for field, power in (("set_power_w", set_power_w), ("measured_power_w", measured_power_w)):
        if power <= 0:
            raise DeviceRefused(_("The power is more than 0 W."), field)
    if measured_on > device.clinic.today():
        raise DeviceRefused(_("This day lies in the future."), "measured_on")
    if not meter.strip():
        raise DeviceRefused(_("Name the power meter."), "meter")
    measurement = OutputMeasurement(
        device=device,
        handpiece=handpiece,
        wavelength_nm=wavelength_nm,
        set_power_w=set_power_w,
        measured_power_w=measured_power_w,
        meter=meter.strip(),
        measured_on=measured_on,
        measured_by=measured_by,
        note=note.strip(),
    )
    measurement.save()
    audited(measurement, device=str(device.pk))
    return measurement
