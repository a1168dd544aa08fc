"""Power measured at a device, beside the power that was set."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.scoping import ClinicForeignKey, ClinicModel
from sessions.models.device import Device, Handpiece


class OutputMeasurement(ClinicModel):
    """One reading of a power meter at one wavelength. Never changed: whoever misread measures again, and the newest counts."""

    device = ClinicForeignKey(Device, related_name="measurements")
    handpiece = ClinicForeignKey(Handpiece, related_name="+", null=True, blank=True)
    wavelength_nm = models.DecimalField(_("wavelength (nm)"), max_digits=6, decimal_places=1)
    set_power_w = models.DecimalField(_("power set (W)"), max_digits=9, decimal_places=5)
    measured_power_w = models.DecimalField(_("power measured (W)"), max_digits=9, decimal_places=5)
    meter = models.CharField(_("power meter"), max_length=100, help_text=_("Maker, model and number of the meter."))
    measured_on = models.DateField(_("measured on"))
    measured_by = ClinicForeignKey("clinic.Membership", related_name="+", null=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    path_to_patient = ""
    append_only = True

    class Meta(ClinicModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(set_power_w__gt=0, measured_power_w__gt=0), name="output_measurement_powers_above_zero"
            ),
        ]
        indexes = [models.Index(fields=["clinic", "device", "-measured_on"], name="measurement_by_device")]
