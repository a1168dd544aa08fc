"""Forms about people in care."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic import birth_dates
from clinic.forms.days import DayField
from clinic.forms.seen import SeenForm
from clinic.models import Clinic, Consent, Patient, PatientIdentity
from clinic.selectors.patients import spaced_phone
from clinic.services.patients import CARER_FIELDS, IDENTITY_FIELDS, PatientRefused, normal_phone
from clinic.widgets import RadioRow

RECORD_FIELDS = ("sex", "language", "record_number")


class BirthDateField(forms.Field):
    """A date in any usual spelling, read as the clinic's country writes it."""

    month_first = False

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        read = birth_dates.readings(text, today=timezone.now().date(), month_first=self.month_first)
        if not read:
            raise forms.ValidationError(_("This is no date in the past. Write it like 1961-04-03 or 3.4.1961."), code="invalid")
        return read[0]

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class PatientForm(forms.Form):
    """Who somebody is and how to reach them."""

    given_name = forms.CharField(label=_("Given name"), max_length=120)
    family_name = forms.CharField(label=_("Family name"), max_length=120)
    birth_date = BirthDateField(label=_("Date of birth"), required=False, help_text=_("For example 1961-04-03 or 3.4.1961."))
    sex = forms.ChoiceField(label=_("Sex"), choices=Patient.Sex.choices, widget=RadioRow, initial=Patient.Sex.UNKNOWN)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "tel"}))
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    carer_name = forms.CharField(label=_("Name of carer or contact person"), required=False, max_length=120)
    carer_relation = forms.CharField(label=_("Relation"), required=False, max_length=60, help_text=_("For example daughter, neighbour."))
    carer_phone = forms.CharField(
        label=_("Telephone of this person"), required=False, max_length=40, widget=forms.TextInput(attrs={"type": "tel"})
    )
    carer_email = forms.EmailField(label=_("E-mail of this person"), required=False, max_length=254)
    messages_to = forms.ChoiceField(
        label=_("Surveys and reminders go to"),
        choices=[("", _("the patient")), ("carer", _("the carer"))],
        required=False,
        widget=RadioRow,
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        help_text=_("For surveys, messages and printed plans."),
        initial=settings.LANGUAGE_CODE,
    )
    record_number = forms.CharField(
        label=_("Record number"), required=False, max_length=40, help_text=_("Left empty, the next one is given.")
    )

    def __init__(self, *args: Any, clinic: Clinic, **options: Any) -> None:
        super().__init__(*args, **options)
        self.clinic = clinic
        for name in self.fields:  # a shared device must not offer the former patient's data
            self.fields[name].widget.attrs["autocomplete"] = "off"
        born = self.fields["birth_date"]
        if isinstance(born, BirthDateField):
            born.month_first = clinic.country in birth_dates.MONTH_FIRST

    def clean_phone(self) -> str:
        try:
            return normal_phone(self.clinic, str(self.cleaned_data["phone"]))
        except PatientRefused as refused:
            raise forms.ValidationError(str(refused)) from None

    def clean_carer_phone(self) -> str:
        try:
            return normal_phone(self.clinic, str(self.cleaned_data["carer_phone"]), "carer_phone")
        except PatientRefused as refused:
            raise forms.ValidationError(str(refused)) from None

    def clean(self) -> dict[str, Any]:
        """Messages need an address to go to."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("messages_to") and "carer_email" not in self.errors and not given.get("carer_email"):
            self.add_error("carer_email", _("Messages shall go to the carer: an e-mail address is needed."))
        return given

    def has_carer(self) -> bool:
        """Whether the part about a carer is to stand open."""
        return any(self[name].value() or self[name].errors for name in CARER_FIELDS)

    def refused(self, error: PatientRefused) -> None:
        """Show what the service would not store beside its field."""
        self.add_error(error.field if error.field in self.fields else None, str(error))


class NewPatientForm(PatientForm):
    """A person who comes for the first time, with the one question to ask at the desk."""

    ASKED = ("yes", "no", "")
    messages_agreed = forms.ChoiceField(
        label=_("Has the patient agreed to surveys and reminders by e-mail or text message?"),
        choices=[("yes", _("yes, agreed")), ("no", _("no")), ("", _("not asked yet"))],
        required=False,
        widget=RadioRow,
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def person(self) -> dict[str, Any]:
        """What register_patient() takes."""
        return {name: self.cleaned_data[name] for name in (*IDENTITY_FIELDS, *RECORD_FIELDS)}


class EditPatientForm(SeenForm, PatientForm):
    """A known person."""

    deceased_on = DayField(
        label=_("Died on"),
        required=False,
        help_text=_("Nothing is sent to this patient any more."),
    )

    def __init__(self, *args: Any, identity: PatientIdentity, **options: Any) -> None:
        patient = identity.patient
        known = {name: getattr(identity, name) for name in IDENTITY_FIELDS}
        known |= {name: spaced_phone(known[name]) for name in ("phone", "carer_phone")}
        initial = {**known, **{name: getattr(patient, name) for name in (*RECORD_FIELDS, "deceased_on")}}
        super().__init__(*args, initial=initial, **options)
        self.fields["record_number"].required = True
        self.fields["record_number"].help_text = ""

    def identity(self) -> dict[str, Any]:
        """What change_identity() takes."""
        return {name: self.cleaned_data[name] for name in IDENTITY_FIELDS}

    def record(self) -> dict[str, Any]:
        """What change_patient() takes."""
        return {name: self.cleaned_data[name] for name in (*RECORD_FIELDS, "deceased_on")}


class ConsentForm(forms.Form):
    """One statement, read out and agreed to or withdrawn."""

    purpose = forms.ChoiceField(choices=Consent.Purpose.choices)
    given = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
