"""The form about a measurement of a device's output."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.forms.days import DayField
from sessions.forms.devices import with_unit
from sessions.models import Device, Handpiece
from sessions.wording import plain_number

_LEAST = Decimal("0.00001")


class MeasurementForm(forms.Form):
    """What the meter showed while a power was set."""

    wavelength_nm = forms.ChoiceField(label=_("Wavelength"))
    handpiece = forms.ChoiceField(label=_("Handpiece"), required=False)
    set_power_w = with_unit(forms.DecimalField(label=_("Power set"), max_digits=9, decimal_places=5, min_value=_LEAST), "W")
    measured_power_w = with_unit(forms.DecimalField(label=_("Power measured"), max_digits=9, decimal_places=5, min_value=_LEAST), "W")
    meter = forms.CharField(label=_("Power meter"), max_length=100, help_text=_("Its maker, model and number."))
    measured_on = DayField(label=_("Measured on"))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, device: Device, **options: Any) -> None:
        super().__init__(*args, **options)
        waves = [plain_number(each.wavelength_nm) for each in device.wavelengths.order_by("wavelength_nm")]
        self.handpieces = {str(each.pk): each for each in Handpiece.objects.filter(device=device).order_by("name")}
        self.fields["wavelength_nm"] = forms.ChoiceField(label=_("Wavelength"), choices=[(wave, f"{wave} nm") for wave in waves])
        named = [("", _("any handpiece")), *((key, each.name) for key, each in self.handpieces.items())]
        self.fields["handpiece"] = forms.ChoiceField(label=_("Handpiece"), choices=named, required=False)

    def values(self) -> dict[str, Any]:
        """What record_measurement() takes."""
        data = self.cleaned_data
        found = {"wavelength_nm": Decimal(data["wavelength_nm"]), "handpiece": self.handpieces.get(data["handpiece"])}
        return {**data, **found}
