"""Lasers of the clinic, and the settings it has agreed on for them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from clinic.database.history import with_history
from clinic.scoping import ClinicForeignKey, ClinicModel


class LaserMode(models.TextChoices):
    """How a beam is switched. Gated and super-pulsed are different physics (facts 1.1)."""

    CONTINUOUS = "cw", _("continuous")
    GATED = "gated", _("gated")
    PULSED = "pulsed", _("pulsed")
    SUPER_PULSED = "super_pulsed", _("super-pulsed")


@with_history
class Device(ClinicModel):
    """One apparatus. The laser class is what its maker states; it is never derived from a power."""

    class LaserClass(models.TextChoices):
        CLASS_1 = "1", "1"
        CLASS_1M = "1M", "1M"
        CLASS_1C = "1C", "1C"
        CLASS_2 = "2", "2"
        CLASS_2M = "2M", "2M"
        CLASS_3R = "3R", "3R"
        CLASS_3B = "3B", "3B"
        CLASS_4 = "4", "4"

    name = models.CharField(_("name in the clinic"), max_length=100)
    maker = models.CharField(_("maker"), max_length=100)
    model = models.CharField(_("model"), max_length=100)
    serial_number = models.CharField(_("serial number"), max_length=100, blank=True)
    laser_class = models.CharField(_("laser class on the label"), max_length=2, choices=LaserClass.choices)
    maximum_power_w = models.DecimalField(_("maximum mean power (W)"), max_digits=9, decimal_places=5)
    is_active = models.BooleanField(_("in use"), default=True)

    path_to_patient = ""

    class Meta(ClinicModel.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "name"], name="device_name_once_per_clinic")]

    def __str__(self) -> str:
        return self.name


class DeviceCorrection(ClinicModel):
    """What was wrong in the register about a device, and why it was changed. Visits keep what they were signed with."""

    device = ClinicForeignKey(Device, related_name="corrections")
    corrected_by = ClinicForeignKey("clinic.Membership", related_name="+", null=True)
    corrected_at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(_("reason"), max_length=200)
    changes = models.JSONField(default=dict, help_text=_("Field → [before, after]."))

    path_to_patient = ""
    append_only = True


@with_history
class DeviceWavelength(ClinicModel):
    """A wavelength that a device emits."""

    device = ClinicForeignKey(Device, related_name="wavelengths")
    wavelength_nm = models.DecimalField(_("wavelength (nm)"), max_digits=6, decimal_places=1)

    path_to_patient = ""

    class Meta(ClinicModel.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "device", "wavelength_nm"], name="wavelength_once_per_device")]


@with_history
class Handpiece(ClinicModel):
    """What a device is held by: its spot at the tissue, and how the edge of that spot is defined."""

    class Edge(models.TextChoices):
        ONE_OVER_E = "1/e", "1/e"
        ONE_OVER_E2 = "1/e2", "1/e²"
        FWHM = "fwhm", _("full width at half maximum")
        UNKNOWN = "unknown", _("not stated by the maker")

    device = ClinicForeignKey(Device, related_name="handpieces")
    name = models.CharField(_("name"), max_length=100)
    spot_area_cm2 = models.DecimalField(_("spot area at the tissue (cm²)"), max_digits=9, decimal_places=4, null=True, blank=True)
    edge_definition = models.CharField(_("edge definition"), max_length=10, choices=Edge.choices, default=Edge.UNKNOWN)

    path_to_patient = ""

    class Meta(ClinicModel.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "device", "name"], name="handpiece_once_per_device")]

    def __str__(self) -> str:
        return self.name


class LaserSettings(models.Model):
    """The settings of one laser application, as set on the device. SI units; areas in cm² as dosimetry writes them.

    `average_power_w` is the mean power the console shows; a peak power with pulse duration and frequency may stand instead.
    """

    wavelength_shares = models.JSONField(
        _("share of each wavelength"), default=dict, help_text=_("Percent of the mean power by wavelength in nm.")
    )
    mode = models.CharField(_("mode"), max_length=12, choices=LaserMode.choices, default=LaserMode.CONTINUOUS)
    average_power_w = models.DecimalField(_("mean power (W)"), max_digits=9, decimal_places=5, null=True, blank=True)
    peak_power_w = models.DecimalField(_("peak power (W)"), max_digits=10, decimal_places=4, null=True, blank=True)
    pulse_duration_s = models.DecimalField(_("pulse duration (s)"), max_digits=15, decimal_places=12, null=True, blank=True)
    frequency_hz = models.DecimalField(_("frequency (Hz)"), max_digits=9, decimal_places=2, null=True, blank=True)
    duty_cycle_percent = models.DecimalField(_("duty cycle (%)"), max_digits=9, decimal_places=6, null=True, blank=True)
    technique = models.CharField(_("technique"), max_length=40)
    spot_area_cm2 = models.DecimalField(_("spot area (cm²)"), max_digits=9, decimal_places=4, null=True, blank=True)
    treated_area_cm2 = models.DecimalField(_("treated area (cm²)"), max_digits=9, decimal_places=2, null=True, blank=True)
    points = models.PositiveSmallIntegerField(_("points"), null=True, blank=True)
    seconds_per_point = models.DecimalField(_("seconds per point"), max_digits=8, decimal_places=2, null=True, blank=True)
    emission_s = models.DecimalField(_("emission time (s)"), max_digits=8, decimal_places=2, null=True, blank=True)

    class Meta:
        abstract = True


@with_history
class Protocol(ClinicModel, LaserSettings):
    """Settings that the clinic has agreed on, with their source. A visit copies them; a later edit rewrites no history."""

    name = models.CharField(_("name"), max_length=100)
    device = ClinicForeignKey(Device, related_name="protocols")
    handpiece = ClinicForeignKey(Handpiece, related_name="+", null=True, blank=True)
    region = models.CharField(_("region"), max_length=40)
    source = models.CharField(_("source"), max_length=300)
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    is_active = models.BooleanField(_("in use"), default=True)

    path_to_patient = ""

    class Meta(ClinicModel.Meta):
        constraints = [models.UniqueConstraint(fields=["clinic", "name", "version"], name="protocol_version_once_per_clinic")]

    def __str__(self) -> str:
        return self.name
