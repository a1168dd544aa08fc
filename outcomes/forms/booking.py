"""The form that books visits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models import Membership


class BookingForm(forms.Form):
    """A day, a time, and how often it repeats."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    at = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time", "step": 300}))
    therapist: Any = forms.ModelChoiceField(label=_("Therapist"), queryset=None, required=False, empty_label=_("anyone"))
    visits = forms.IntegerField(label=_("Visits, one a week"), min_value=1, max_value=20, initial=1)

    def __init__(self, *args: Any, zone: ZoneInfo, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone = zone
        self.fields["day"].initial = timezone.localdate(timezone=zone)
        therapists = Membership.objects.filter(is_active=True, roles__contains=["therapist"]).order_by("display_name")
        self.fields["therapist"].queryset = therapists  # type: ignore[attr-defined]

    def times(self) -> list[datetime]:
        """The instants to book: the same local time each week, also across a change of the clocks."""
        first, at = self.cleaned_data["day"], self.cleaned_data["at"]
        return [datetime.combine(first + timedelta(weeks=week), at, self.zone) for week in range(self.cleaned_data["visits"])]
