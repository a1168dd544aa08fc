"""The form that removes the demo."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.models import Clinic


class RemoveDemoForm(forms.Form):
    """The clinic's name, typed: nobody removes a clinic by a slip of the finger."""

    name = forms.CharField(label=_("Type the name of this clinic"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, clinic: Clinic, **options: Any) -> None:
        super().__init__(*args, **options)
        self.clinic = clinic

    def clean_name(self) -> str:
        typed = str(self.cleaned_data["name"])
        if typed.casefold().split() != self.clinic.name.casefold().split():
            raise forms.ValidationError(_("This is not the name of this clinic."))
        return typed
