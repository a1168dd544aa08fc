"""The forms about rooms, closed days and how the clinic books."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.forms.days import ClockField, DayField
from sessions.models import CalendarRules
from sessions.series import regions_of

RULES = ("region", "opens_at", "closes_at", "visit_minutes", "late_hours", "reminds", "remind_hours", "address")


class CalendarRulesForm(forms.Form):
    """How the clinic books."""

    region = forms.ChoiceField(label=_("Public holidays of"), required=False, help_text=_("No series is booked on them."))
    opens_at = ClockField(label=_("Opens"))
    closes_at = ClockField(label=_("Closes"))
    visit_minutes = forms.IntegerField(label=_("Minutes of a visit"), min_value=5, max_value=240)
    late_hours = forms.IntegerField(
        label=_("Cancelling is late from so many hours before"),
        min_value=0,
        max_value=336,
        help_text=_("What was cancelled before is not judged again."),
    )
    reminds = forms.BooleanField(
        label=_("Remind patients of their visits by e-mail"),
        required=False,
        help_text=_("Only those who agreed to messages. The text names neither complaint nor treatment."),
    )
    remind_hours = forms.IntegerField(label=_("So many hours before the visit"), min_value=2, max_value=168)
    address = forms.CharField(
        label=_("Address of the clinic"), max_length=200, required=False, help_text=_("Stands on the appointment card.")
    )

    def __init__(self, *args: Any, rules: CalendarRules, country: str, **options: Any) -> None:
        super().__init__(*args, **(options | {"initial": {name: getattr(rules, name) for name in RULES}}))
        regions: Any = self.fields["region"]
        regions.choices = [
            ("", _("the whole country: %(country)s") % {"country": country}),
            *((code, code) for code in regions_of(country)),
        ]


class RoomForm(forms.Form):
    """A new room."""

    name = forms.CharField(label=_("Name of the room"), max_length=60)


class ClosedDayForm(forms.Form):
    """A day on which nobody is treated."""

    day = DayField(label=_("Day"))
    name = forms.CharField(label=_("Why"), max_length=60, required=False)
