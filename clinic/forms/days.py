"""Days and times in forms: what no record can hold is refused at its field."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.days import is_bearable

_OUT_OF_RANGE = _("Write a year between 1901 and 2199.")


class DayField(forms.DateField):
    """A calendar day, with the browser's own picker."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        """The day; None without one."""
        day: date | None = super().to_python(value)
        if day is not None and not is_bearable(day):
            raise forms.ValidationError(_OUT_OF_RANGE, code="out_of_range")
        return day


class ClockField(forms.TimeField):
    """A time of day in steps of five minutes, with the browser's own picker."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TimeInput(attrs={"type": "time", "step": 300}, format="%H:%M"))
        super().__init__(**options)


class MomentField(forms.DateTimeField):
    """A day and a time of the clinic's clock, with the browser's own picker."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"))
        super().__init__(**options)

    def to_python(self, value: Any) -> datetime | None:
        """The time; None without one."""
        at: datetime | None = super().to_python(value)
        if at is not None and not is_bearable(at):
            raise forms.ValidationError(_OUT_OF_RANGE, code="out_of_range")
        return at
