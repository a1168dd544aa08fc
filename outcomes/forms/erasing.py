"""Whose record, and the decision to erase who it was."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.models import Erasure, Patient
from clinic.widgets import RadioCards


class FindToEraseForm(forms.Form):
    """A record number, exactly: names are not searched here."""

    record_number = forms.CharField(
        label=gettext_lazy("Record number"),
        max_length=40,
        help_text=gettext_lazy("The next page shows what goes and what stays, before anything happens."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    patient: Patient

    def clean_record_number(self) -> str:
        """A record that there is; one that was merged leads to the record in use."""
        number = str(self.cleaned_data["record_number"]).strip()
        found = Patient.objects.select_related("merged_into").filter(record_number__iexact=number).first()
        if found is None or Erasure.objects.filter(person=found.kept.pk).exists():
            raise forms.ValidationError(_("There is no record with this number."))
        self.patient = found.kept
        return number


class EraseForm(forms.Form):
    """Why, and the record number once more by hand."""

    reason = forms.ChoiceField(label=gettext_lazy("Why"), choices=Erasure.Reason.choices, widget=RadioCards)
    typed_number = forms.CharField(
        label=gettext_lazy("Type the record number"),
        max_length=40,
        help_text=gettext_lazy("This cannot be undone, not even from a backup."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: object, record_number: str, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.record_number = record_number

    def clean_typed_number(self) -> str:
        """The very number."""
        typed = str(self.cleaned_data["typed_number"]).strip()
        if typed.casefold() != self.record_number.casefold():
            raise forms.ValidationError(_("This is another number than the one of the record shown."))
        return typed
