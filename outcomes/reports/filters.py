"""The outcome report's filters, as they stand in the address: the same address gives the same numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from clinic.forms.days import DayField
from clinic.models import Membership
from outcomes.registry import instruments
from outcomes.statistics.courses import CourseOutcome
from sessions.models import Course, Device

YES_NO = [("", _("all")), ("yes", _("with")), ("no", _("without"))]
GROUPS: dict[str, Callable[[CourseOutcome], str]] = {
    "label": lambda course: course.label or "–",
    "complaint": lambda course: course.complaint,
    "laser": lambda course: "yes" if course.laser else "no",
    "exercise": lambda course: "yes" if course.exercise else "no",
    "clinic": lambda course: course.clinic,
}


class OutcomeFilters(forms.Form):
    """Which courses, and by what they are grouped. Unknown values are refused, never ignored."""

    clinics = forms.ChoiceField(label=_("Clinics"), choices=[("", _("this clinic"))], required=False)
    scale = forms.ChoiceField(label=_("Measure"), required=False)
    status = forms.ChoiceField(
        label=_("Courses"), choices=[("", _("ended")), ("running", _("running")), ("every", _("ended and running"))], required=False
    )
    ended_from = DayField(label=_("Ended from"), required=False)
    ended_until = DayField(label=_("Ended until"), required=False)
    complaint = forms.ChoiceField(label=_("Complaint"), choices=[("", _("all")), *Course.Complaint.choices], required=False)
    laser = forms.ChoiceField(label=_("Laser"), choices=YES_NO, required=False)
    exercise = forms.ChoiceField(label=_("Exercise"), choices=YES_NO, required=False)
    device: Any = forms.ModelChoiceField(label=_("Device"), queryset=None, required=False, empty_label=_("all"))
    therapist: Any = forms.ModelChoiceField(label=_("Therapist"), queryset=None, required=False, empty_label=_("all"))
    label = forms.CharField(label=_("Course label"), max_length=60, required=False)
    by = forms.ChoiceField(
        label=_("Group by"),
        choices=[
            ("", _("nothing")),
            ("laser", _("with and without laser")),
            ("exercise", _("with and without exercise")),
            ("complaint", _("complaint")),
            ("label", _("course label")),
            ("clinic", _("clinic")),
        ],
        required=False,
    )

    def __init__(self, data: QueryDict, *, language: str, several_clinics: bool = False) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        if several_clinics:
            fields["clinics"].choices = [*fields["clinics"].choices, ("every", _("all my clinics together"))]
        else:
            del fields["clinics"]
            fields["by"].choices = [choice for choice in fields["by"].choices if choice[0] != "clinic"]
        fields["scale"].choices = [(scale.id, scale.label(language)) for scale in instruments().outcome_scales]
        fields["device"].queryset = Device.objects.order_by("name")
        fields["therapist"].queryset = Membership.objects.filter(roles__contains=["therapist"]).order_by("display_name")
        for field in fields.values():
            field.hide_optional = True
            field.localize = False

    def clean(self) -> dict[str, Any]:
        """Refuse what contradicts itself: a running course has no end that could lie in a period."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("ended_from", "ended_until"):
            if given.get("status") == "running" and given.get(name):
                self.add_error(name, _("Running courses have no end yet. Empty this field, or choose ended courses."))
        first, last = given.get("ended_from"), given.get("ended_until")
        if first and last and first > last:
            self.add_error("ended_until", _("This day lies before the first one."))
        return given

    def chosen(self) -> list[tuple[str, str]]:
        """What was chosen, in words, for the chips above the figures and the head of a file; ended or running is always said."""
        given = {name: value for name, value in self.cleaned_data.items() if name == "status" or value not in {None, ""}}
        return [(str(self.fields[name].label), self._words(name, value)) for name, value in given.items()]

    def _words(self, name: str, value: Any) -> str:
        field: Any = self.fields[name]
        if isinstance(field, forms.ModelChoiceField) or not isinstance(field, forms.ChoiceField):
            return str(value)
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]
