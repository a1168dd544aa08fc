"""Forms about devices and protocols."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as translate_now
from django.utils.translation import gettext_lazy as _

from clinic.forms.seen import SeenForm
from clinic.widgets import RadioRow
from sessions import codes
from sessions.models import Device, Handpiece, Protocol
from sessions.models.device import LaserMode
from sessions.records import LaserRecord
from sessions.services.devices import SETTING_NAMES, DeviceRefused
from sessions.wording import plain_number


def with_unit(field: forms.Field, unit: str) -> forms.Field:
    """A number field with its unit behind it."""
    field.unit = unit  # type: ignore[attr-defined]
    field.widget.attrs |= {"step": "any", "min": "0", "inputmode": "decimal"}
    return field


class DeviceForm(SeenForm):
    """A device as its label and its manual describe it."""

    name = forms.CharField(label=_("Name in the clinic"), max_length=100)
    maker = forms.CharField(label=_("Maker"), max_length=100)
    model = forms.CharField(label=_("Model"), max_length=100)
    serial_number = forms.CharField(label=_("Serial number"), max_length=100, required=False)
    laser_class = forms.ChoiceField(
        label=_("Laser class on the label"),
        choices=Device.LaserClass.choices,
        widget=RadioRow,
        error_messages={"required": _("Choose the laser class.")},
        help_text=_("As the maker states it. It is never worked out from the power."),
    )
    maximum_power_w = with_unit(forms.DecimalField(label=_("Maximum mean power"), max_digits=9, decimal_places=5), "W")
    wavelengths = forms.CharField(label=_("Wavelengths"), max_length=100, help_text=_("In nm, separated by commas: 810, 980."))

    def clean_wavelengths(self) -> list[Decimal]:
        try:
            typed = [
                Decimal(part.strip().removesuffix("nm").strip()) for part in self.cleaned_data["wavelengths"].split(",") if part.strip()
            ]
        except InvalidOperation:
            raise forms.ValidationError(_("Write wavelengths in nm, separated by commas: 810, 980.")) from None
        if any(not value.is_finite() or not 100 <= value <= 20000 for value in typed):
            raise forms.ValidationError(_("A therapy laser's wavelength lies between 100 and 20,000 nm."))
        return list(dict.fromkeys(typed))

    def values(self) -> dict[str, Any]:
        """What register_device() takes, without the handpieces."""
        return {"wavelengths_nm" if name == "wavelengths" else name: value for name, value in self.cleaned_data.items()}


class CorrectDeviceForm(DeviceForm):
    """What the label and the manual say, read again; the name and the serial number are changed elsewhere."""

    name = None  # type: ignore[assignment]
    serial_number = None  # type: ignore[assignment]
    reason = forms.CharField(
        label=_("Why it is corrected"), max_length=200, error_messages={"required": _("Say why the register is corrected.")}
    )


class ChangeDeviceForm(SeenForm):
    """What may change of a registered device."""

    serial_number = forms.CharField(label=_("Serial number"), max_length=100, required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False)


class HandpieceForm(forms.Form):
    """A handpiece; an empty row is none."""

    name = forms.CharField(label=_("Handpiece"), max_length=100, required=False)
    spot_area_cm2 = with_unit(
        forms.DecimalField(label=_("Spot at the tissue"), max_digits=9, decimal_places=4, min_value=Decimal("0.0001"), required=False),
        "cm²",
    )
    edge_definition = forms.ChoiceField(
        label=_("Edge of the spot"), choices=Handpiece.Edge.choices, initial=Handpiece.Edge.UNKNOWN, required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.hide_optional = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A spot belongs to a handpiece."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("spot_area_cm2") and not data.get("name"):
            self.add_error("name", _("Name the handpiece."))
        return data

    def handpiece(self) -> tuple[str, Decimal | None, str] | None:
        """What the services take; None for an empty row."""
        data = self.cleaned_data
        if not data.get("name"):
            return None
        return data["name"], data["spot_area_cm2"], data["edge_definition"] or Handpiece.Edge.UNKNOWN


HandpieceRows = forms.formset_factory(HandpieceForm, extra=3, max_num=8, absolute_max=8)


class ProtocolForm(SeenForm):
    """Settings that the clinic has agreed on for one device. Every number may stay empty; what is missing is said, not guessed."""

    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("For example Lumbar A."))
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Who says so: the maker's manual with its page, a guideline, a study, the team's decision."),
    )
    region = forms.ChoiceField(label=_("Region"))
    handpiece = forms.ChoiceField(label=_("Handpiece"), required=False)
    technique = forms.ChoiceField(label=_("Technique"))
    mode = forms.ChoiceField(label=_("Mode"), choices=LaserMode.choices, widget=RadioRow, error_messages={"required": _("Choose a mode.")})
    average_power_w = with_unit(forms.DecimalField(label=_("Mean power"), max_digits=9, decimal_places=5, required=False), "W")
    emission_s = with_unit(forms.DecimalField(label=_("Emission time"), max_digits=8, decimal_places=2, required=False), "s")
    treated_area_cm2 = with_unit(forms.DecimalField(label=_("Treated area"), max_digits=9, decimal_places=2, required=False), "cm²")
    points = forms.IntegerField(label=_("Points"), min_value=1, max_value=100, required=False)
    seconds_per_point = with_unit(forms.DecimalField(label=_("Seconds per point"), max_digits=8, decimal_places=2, required=False), "s")
    spot_area_cm2 = with_unit(forms.DecimalField(label=_("Spot area"), max_digits=9, decimal_places=4, required=False), "cm²")
    peak_power_w = with_unit(forms.DecimalField(label=_("Peak power"), max_digits=10, decimal_places=4, required=False), "W")
    pulse_duration_s = with_unit(forms.DecimalField(label=_("Pulse duration"), max_digits=15, decimal_places=12, required=False), "s")
    frequency_hz = with_unit(forms.DecimalField(label=_("Frequency"), max_digits=9, decimal_places=2, required=False), "Hz")
    duty_cycle_percent = with_unit(forms.DecimalField(label=_("Duty cycle"), max_digits=9, decimal_places=6, required=False), "%")
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    NUMBERS = ("average_power_w", "emission_s", "treated_area_cm2", "points", "seconds_per_point", "spot_area_cm2")
    PULSE = ("peak_power_w", "pulse_duration_s", "frequency_hz", "duty_cycle_percent")

    def __init__(self, *args: Any, device: Device, **options: Any) -> None:
        super().__init__(*args, **options)
        self.device = device
        self.handpieces = {str(each.pk): each for each in Handpiece.objects.filter(device=device).order_by("name")}
        self.wavelengths = [plain_number(each.wavelength_nm) for each in device.wavelengths.order_by("wavelength_nm")]
        self._offer("region", codes.choices("body_regions"))
        self._offer("technique", codes.choices("laser_techniques"))
        chosen = [("", _("not stated")), *((key, each.name) for key, each in self.handpieces.items())]
        self.fields["handpiece"] = forms.ChoiceField(label=_("Handpiece"), choices=chosen, required=False)
        for nm in self.wavelengths:
            share = forms.DecimalField(label=_("Share of %(nm)s nm") % {"nm": nm}, min_value=0, max_value=100, required=False)
            self.fields[f"share_{nm}"] = with_unit(share, "%")

    def _offer(self, name: str, listed: list[tuple[str, str]]) -> None:
        former = self.fields[name]
        choices = [("", _("choose")), *((key, translate_now(label)) for key, label in listed)]
        self.fields[name] = forms.ChoiceField(label=former.label, choices=choices)

    def share_fields(self) -> list[Any]:
        """The wavelengths of the device, each with its share of the power."""
        return [self[f"share_{nm}"] for nm in self.wavelengths]

    def settings(self) -> dict[str, Any]:
        """What agree_protocol() takes as settings; the only wavelength of a device has all of the power."""
        data = self.cleaned_data
        shares = {nm: plain_number(data[f"share_{nm}"]) for nm in self.wavelengths if data.get(f"share_{nm}")}
        if not shares and len(self.wavelengths) == 1:
            shares = {self.wavelengths[0]: "100"}
        found = {name: data[name] for name in SETTING_NAMES - {"wavelength_shares"} if name in data}
        return {**found, "wavelength_shares": shares}

    def record(self) -> LaserRecord:
        """The settings as a site's record, for the checks and the dose."""
        return LaserRecord(device_id=self.device.pk, region=self.cleaned_data["region"], **self.settings())

    def chosen_handpiece(self) -> Handpiece | None:
        """The chosen handpiece."""
        return self.handpieces.get(self.cleaned_data["handpiece"])

    def refused(self, error: DeviceRefused) -> None:
        """Show what the service would not store."""
        self.add_error(error.field if error.field in self.fields else None, str(error))


def protocol_as_typed(protocol: Protocol) -> dict[str, Any]:
    """The fields of the form from a protocol's version."""
    plain = {name: getattr(protocol, name) for name in SETTING_NAMES - {"wavelength_shares"}}
    numbers = {name: plain_number(value) if isinstance(value, Decimal) else value for name, value in plain.items()}
    shares = {f"share_{nm}": share for nm, share in protocol.wavelength_shares.items()}
    named = {"name": protocol.name, "region": protocol.region, "handpiece": str(protocol.handpiece_id or ""), "source": protocol.source}
    return {**numbers, **shares, **named}
