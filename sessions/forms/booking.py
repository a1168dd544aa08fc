"""The forms that book visits: what is wanted, and the dates that come of it, each of which can be changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from clinic.days import exists, happens_twice
from clinic.forms.days import ClockField, DayField
from sessions.forms.plans import TickRow
from sessions.selectors.calendar import Clash, OpenDays
from sessions.selectors.courses import WEEKDAYS
from sessions.series import MOST_VISITS, Place, series_days

Choices = Mapping[str, Sequence[tuple[UUID, str]]]
RESOURCES = {"therapist": _("Therapist"), "room": _("Room"), "device": _("Laser")}
_NOBODY = {"therapist": _("anyone"), "room": _("none"), "device": _("none")}


class _PlaceFields(forms.Form):
    """When, with whom, where, with what. A register that is empty asks nothing."""

    day = DayField(label=_("Day"))
    at = ClockField(label=_("Time"))

    def __init__(self, *args: Any, zone: ZoneInfo, choices: Choices, minutes: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.zone, self.minutes = zone, minutes
        for name, label in RESOURCES.items():
            if choices.get(name) or name == "therapist":
                listed = [("", _NOBODY[name]), *((str(key), shown) for key, shown in choices.get(name, ()))]
                self.fields[name] = forms.ChoiceField(label=label, required=False, choices=listed)

    def place_at(self, at: datetime) -> Place:
        """What a visit at this time takes."""
        taken = {f"{name}_id": UUID(self.cleaned_data[name]) for name in RESOURCES if self.cleaned_data.get(name)}
        return Place(at, at + timedelta(minutes=self.minutes), **taken)

    def refuse_left_out(self, times: Sequence[datetime]) -> None:
        """A time that the clocks leave out on one of the days is nobody's appointment."""
        left_out = next((time for time in times if not exists(time)), None)
        if left_out is not None:
            said = _("The clocks go forward on %(day)s: there is no %(time)s on that day. Choose another time.")
            told = {"day": date_format(left_out.date()), "time": f"{left_out:%H:%M}"}
            self.add_error("at", forms.ValidationError(said, code="left_out", params=told))


class BookingForm(_PlaceFields):
    """A day, a time, and how often it repeats."""

    visits = forms.IntegerField(label=_("Visits"), min_value=1, max_value=MOST_VISITS)
    length = forms.IntegerField(label=_("Minutes of a visit"), min_value=5, max_value=240, required=False)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days of the week"), coerce=int, required=False, choices=list(enumerate(WEEKDAYS)), widget=TickRow,
        help_text=_("Without one, each week on the day of the first visit."),
    )  # fmt: skip
    field_order = ("visits", "day", "at", "length", "weekdays", "therapist", "room", "device")

    def __init__(self, *args: Any, days: OpenDays, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.days = days
        self.fields["day"].label = _("First day")
        self.fields["day"].initial = self.fields["day"].initial or today

    def clean(self) -> dict[str, Any]:
        """No visit at a time that does not exist."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if {"day", "at", "visits"} <= given.keys():
            self.minutes = given.get("length") or self.minutes
            self.refuse_left_out(self.times())
        return given

    def times(self) -> list[datetime]:
        """The instants to book: the same local time on each day, also across a change of the clocks; public holidays passed over."""
        first, wanted = self.cleaned_data["day"], self.cleaned_data["visits"]
        weekdays = self.cleaned_data.get("weekdays") or [first.weekday()]
        days = [first] if wanted == 1 else series_days(first, weekdays, wanted, self.days.is_closed)
        return [datetime.combine(day, self.cleaned_data["at"], self.zone) for day in days]

    def places(self) -> list[Place]:
        """The visits to book, in order."""
        return [self.place_at(at) for at in self.times()]

    def twice(self) -> datetime | None:
        """The first instant to book that the clock shows twice that day; the earlier of the two is booked."""
        return next((time for time in self.times() if happens_twice(time)), None)


class DateForm(_PlaceFields):
    """One visit of a series, or one that moves."""

    take = forms.BooleanField(label=_("Book this visit"), required=False, initial=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.warnings: list[Clash] = []

    def clean(self) -> dict[str, Any]:
        """No visit at a time that does not exist."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if {"day", "at"} <= given.keys():
            self.refuse_left_out([self._at()])
        return given

    def _at(self) -> datetime:
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["at"], self.zone)

    def place(self) -> Place:
        """What this visit takes."""
        return self.place_at(self._at())

    @property
    def is_taken(self) -> bool:
        """Whether this visit is to be booked, as far as anybody has said."""
        return bool(self.cleaned_data.get("take")) if self.is_bound else True


def dates_of(places: Sequence[Place], zone: ZoneInfo, **options: Any) -> list[DateForm]:
    """A form for each visit, filled with it."""
    return [DateForm(prefix=f"row-{index}", initial=as_typed(place, zone), zone=zone, **options) for index, place in enumerate(places)]


def posted_dates(data: Mapping[str, Any], zone: ZoneInfo, **options: Any) -> list[DateForm]:
    """The forms that were posted, at most as many as a series can have."""
    numbers = [index for index in range(MOST_VISITS) if f"row-{index}-day" in data]
    return [DateForm(data, prefix=f"row-{index}", zone=zone, **options) for index in numbers]


def as_typed(place: Place, zone: ZoneInfo) -> dict[str, Any]:
    """A visit as the fields take it."""
    local = place.start.astimezone(zone)
    taken = {name: str(getattr(place, f"{name}_id") or "") for name in RESOURCES}
    return {"day": local.date(), "at": time(local.hour, local.minute), "take": True, **taken}


def mark(rows: Sequence[DateForm], found: Sequence[Clash]) -> None:
    """Tell each clash at the visit that it is about."""
    for clash in found:
        rows[clash.index].warnings.append(clash)
