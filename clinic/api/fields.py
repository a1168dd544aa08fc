"""Fields of the interface: each takes one kind of JSON value, says what it wants, and never repeats what it was given.

Django REST framework's own fields are generous (7, "7", "７" and " 7 " are all seven, an id may be a number); a record is not the
place for guessing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from clinic.days import is_bearable

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?", re.ASCII)
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
_CLOCKS_DIFFER = timedelta(minutes=5)


class Text(serializers.CharField):
    """A text, kept as it was written."""

    default_error_messages = {"invalid": "Write a text."}

    def __init__(self, **options: Any) -> None:
        super().__init__(trim_whitespace=False, **options)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class OneOf(serializers.ChoiceField):
    """One of a closed list of texts."""

    def __init__(self, choices: Iterable[str], **options: Any) -> None:
        listed = list(choices)
        super().__init__(listed, **options)
        self.error_messages["invalid_choice"] = f"Write one of: {', '.join(each for each in listed if each)}."

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or data not in self.choices:
            self.fail("invalid_choice")
        return data


class Id(serializers.UUIDField):
    """An id, as our answers write it."""

    default_error_messages = {"invalid": "Write an id."}

    def to_internal_value(self, data: Any) -> UUID:
        if not isinstance(data, str) or not _ID.fullmatch(data):
            self.fail("invalid")
        return UUID(data)


class Whole(serializers.IntegerField):
    """A whole number; not a text, not true or false."""

    default_error_messages = {"invalid": "Write a whole number."}

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return data


class Count(serializers.IntegerField):
    """A whole number in an address, where everything is text."""

    default_error_messages = {"invalid": "Write a whole number."}

    def to_internal_value(self, data: Any) -> int:
        if not (isinstance(data, str) and data.isascii() and data.isdigit() and len(data) <= 15):
            self.fail("invalid")
        return int(data)


class Number(serializers.DecimalField):
    """A number, or the same as a text so that no digit is lost on the way."""

    default_error_messages = {"invalid": "Write a number."}

    def to_internal_value(self, data: Any) -> Decimal:
        written = f"{data:f}" if isinstance(data, Decimal) else str(data)
        if isinstance(data, bool) or not isinstance(data, int | str | Decimal) or not _NUMBER.fullmatch(written):
            self.fail("invalid")
        return Decimal(super().to_internal_value(written))


class Instant(serializers.DateTimeField):
    """A time with its zone or offset, between 1900 and 2200; answered in UTC. `past`: it has happened already."""

    default_error_messages = {
        "invalid": "Write a time with its offset, like 2026-03-02T09:00:00Z.",
        "out_of_range": "Write a time between 1900 and 2200.",
        "future": "This time lies in the future.",
    }

    def __init__(self, *, past: bool = False, **options: Any) -> None:
        self.past = past
        super().__init__(default_timezone=UTC, **options)

    def to_internal_value(self, value: Any) -> datetime:
        if not isinstance(value, str) or not _INSTANT.fullmatch(value):
            self.fail("invalid")
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            self.fail("invalid")
        if not is_bearable(instant):  # by the year: at both ends of time there is no UTC to compare with
            self.fail("out_of_range")
        if self.past and instant > timezone.now() + _CLOCKS_DIFFER:
            self.fail("future")
        return instant.astimezone(UTC)


class Day(serializers.DateField):
    """A calendar day of the clinic."""

    default_error_messages = {"invalid": "Write a day, like 2026-03-02, between 1900 and 2200."}

    def to_internal_value(self, value: Any) -> date:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            self.fail("invalid")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            self.fail("invalid")
        if not is_bearable(day):
            self.fail("invalid")
        return day


@extend_schema_field({"type": "string", "pattern": f"^{_CLOCK.pattern}$", "example": "08:30"})
class Clock(serializers.TimeField):
    """A time of day by the clinic's clock, to the minute."""

    default_error_messages = {"invalid": "Write a time of day, like 08:30."}

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%H:%M", **options)

    def to_internal_value(self, value: Any) -> time:
        if not isinstance(value, str) or not _CLOCK.fullmatch(value):
            self.fail("invalid")
        return time.fromisoformat(value)


class Listed(serializers.ListField):
    """At most `max_length` things of one kind; longer lists are refused before their first thing is looked at."""

    default_error_messages = {"not_a_list": "Write a list."}

    def to_internal_value(self, data: Any) -> list[Any]:
        if not isinstance(data, list):
            self.fail("not_a_list")
        if self.max_length is not None and len(data) > self.max_length:
            self.fail("max_length", max_length=self.max_length)
        return list(super().to_internal_value(data))


class TrueFalse(serializers.BooleanField):
    """true or false; not 1, not "yes"."""

    default_error_messages = {"invalid": "Write true or false."}

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid")
        return data
