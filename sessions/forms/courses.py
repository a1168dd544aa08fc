"""Forms about courses of care."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.forms.days import DayField
from clinic.forms.seen import SeenForm
from clinic.models import Clinic, Membership
from clinic.widgets import RadioCards
from sessions.models import Course
from sessions.services.courses import CourseRefused, checked_icd10


def _required(message: Any) -> dict[str, Any]:
    """A list of choices has no label beside its error: the message says what is missing."""
    return {"required": message}


class CourseForm(SeenForm):
    """One complaint, when it began, who answers for it."""

    complaint = forms.ChoiceField(
        label=_("What brings the patient?"),
        choices=Course.Complaint.choices,
        widget=RadioCards,
        error_messages=_required(_("Choose a complaint.")),
    )
    icd10_code = forms.CharField(
        label=_("ICD-10 code"), required=False, max_length=10, help_text=_("For example M54.16. The code stands beneath the complaint.")
    )
    onset_on = DayField(label=_("Onset"), required=False, help_text=_("About when it began; this makes it acute, subacute or chronic."))
    started_on = DayField(label=_("Start of care"))
    responsible = forms.ChoiceField(label=_("Responsible"), required=False)
    label = forms.CharField(
        label=_("Label"), required=False, max_length=60, help_text=_("A group of your own, for reports: a study arm, a payer.")
    )

    def __init__(self, *args: Any, therapists: list[Membership], clinic: Clinic, **options: Any) -> None:
        super().__init__(*args, **options)
        self.clinic = clinic
        self.known = {str(member.pk): member for member in therapists}
        choices = [("", _("nobody yet")), *((key, member.display_name) for key, member in self.known.items())]
        self.fields["responsible"] = forms.ChoiceField(label=_("Responsible"), choices=choices, required=False)
        for name in ("onset_on", "started_on"):
            self.fields[name].widget.attrs["max"] = clinic.today().isoformat()

    def clean_icd10_code(self) -> str:
        try:
            return checked_icd10(str(self.cleaned_data["icd10_code"]))
        except CourseRefused as refused:
            raise forms.ValidationError(str(refused)) from None

    def clean_started_on(self) -> Any:
        started = self.cleaned_data["started_on"]
        if started > self.clinic.today():
            raise forms.ValidationError(_("The start lies in the future."))
        return started

    def clean_onset_on(self) -> Any:
        onset = self.cleaned_data["onset_on"]
        if onset and onset > self.clinic.today():
            raise forms.ValidationError(_("The onset lies in the future."))
        return onset

    def values(self) -> dict[str, Any]:
        """What open_course() and change_course() take."""
        return {**self.cleaned_data, "responsible": self.known.get(self.cleaned_data["responsible"])}

    def refused(self, error: CourseRefused) -> None:
        """Show what the service would not store beside its field."""
        self.add_error(error.field if error.field in self.fields else None, str(error))


class EndCourseForm(forms.Form):
    """The end of care, and why."""

    ended_on = DayField(label=_("Last day of care"))
    reason = forms.ChoiceField(
        label=_("Why does it end?"),
        choices=Course.EndReason.choices,
        widget=RadioCards,
        error_messages=_required(_("Choose why the course ends.")),
    )
