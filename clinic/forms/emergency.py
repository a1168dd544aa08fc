"""Whose record, and why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clinic.models import Patient
from clinic.selectors.patients import find_patients


class EmergencyForm(forms.Form):
    """One person, named so that nobody else fits, and the emergency in words."""

    who = forms.CharField(
        label=gettext_lazy("Whose record?"),
        max_length=200,
        help_text=gettext_lazy("Record number; or first and last name; or date of birth."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("What is the emergency?"),
        max_length=300,
        help_text=gettext_lazy("In a few words. Administrators read it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    patient: Patient

    def clean_who(self) -> str:
        """Exactly one person. Who else fits is not shown: this is no way to look around."""
        who = str(self.cleaned_data["who"]).strip()
        found = [line for line in find_patients(who) if line.record_number.casefold() == who.casefold()] or find_patients(who)
        if len(found) != 1:
            fits = ngettext("%(n)s person fits.", "%(n)s people fit.", len(found)) % {"n": len(found)}
            raise forms.ValidationError(fits + " " + _("Write it so that one person fits, best the record number."))
        self.patient = Patient.objects.get(pk=found[0].patient_id)
        return who

    def clean_reason(self) -> str:
        """More than a word."""
        reason = str(self.cleaned_data["reason"])
        if len(reason.split()) < 2:
            raise forms.ValidationError(_("Say in a few words what the emergency is."))
        return reason

    def clean(self) -> dict[str, Any]:
        return super().clean() or self.cleaned_data
