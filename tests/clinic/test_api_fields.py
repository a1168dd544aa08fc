"""A field of the interface takes one kind of value and never repeats what it was given."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from rest_framework import serializers

from clinic.api.fields import Count, Day, Id, Instant, Number, OneOf, Text, TrueFalse, Whole

FIELDS: dict[str, serializers.Field] = {
    "text": Text(max_length=40),
    "one of": OneOf(["left", "right"]),
    "id": Id(),
    "whole": Whole(min_value=0, max_value=10),
    "count": Count(min_value=1, max_value=100),
    "number": Number(max_digits=9, decimal_places=5),
    "instant": Instant(),
    "day": Day(),
    "true or false": TrueFalse(),
}
SCALAR = st.none() | st.booleans() | st.integers() | st.text(max_size=60) | st.decimals(allow_nan=False, allow_infinity=False)
ANYTHING = st.recursive(SCALAR, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3))


@pytest.mark.parametrize(
    ("field", "given_value", "taken"),
    [
        ("text", "  kept as written ", "  kept as written "),
        ("one of", "left", "left"),
        ("id", "01A207A6-1e4b-78ed-a161-cef9ecb15b10", UUID("01a207a6-1e4b-78ed-a161-cef9ecb15b10")),
        ("whole", 7, 7),
        ("count", "100", 100),
        ("number", "0.10", Decimal("0.10")),
        ("number", Decimal("12.5"), Decimal("12.5")),
        ("number", 12, Decimal(12)),
        ("instant", "2026-03-02T09:00:00Z", datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ("instant", "2026-03-02T09:00:00.5+02:00", datetime(2026, 3, 2, 7, 0, 0, 500000, tzinfo=UTC)),
        ("instant", "2026-03-02T09:00+14:00", datetime(2026, 3, 1, 19, tzinfo=UTC)),
        ("day", "2024-02-29", date(2024, 2, 29)),
        ("true or false", False, False),
    ],
)
def test_what_fits_is_taken_as_it_stands(field: str, given_value: Any, taken: Any) -> None:
    assert FIELDS[field].run_validation(given_value) == taken


@pytest.mark.parametrize(
    ("field", "refused"),
    [
        *[("text", value) for value in (7, True, ["a"], {"a": 1}, None, "", "x" * 41, "a\x00b", "\ud800")],
        *[("one of", value) for value in ("Left", "left ", "ｌｅｆｔ", 1, True, ["left"], {"left": 1}, "")],
        *[
            ("id", value)
            for value in (7, "7", "01a207a61e4b78eda161cef9ecb15b10", "{01a207a6-1e4b-78ed-a161-cef9ecb15b10}", "１" * 36, True)
        ],
        *[("whole", value) for value in ("7", "７", 7.0, Decimal(7), True, -1, 11, 10**39, [7])],
        *[("count", value) for value in (7, "７", "0", "101", "-1", "1e1", " 5", "9" * 5000, "")],
        *[("number", value) for value in ("１２", "1e3", "NaN", "Infinity", " 1", "1_0", True, 10**39, "1" * 2000, "0.123456", [1], "")],
        *[
            ("instant", value)
            for value in ("2026-03-02", "2026-03-02T09:00:00", "2026-03-02 09:00:00Z", "２０２６-03-02T09:00:00Z", 1772442000)
        ],
        *[
            ("instant", value)
            for value in ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "1899-01-01T00:00Z")
        ],
        *[
            ("instant", value)
            for value in ("2026-02-30T09:00:00Z", "2026-03-02T24:01:00Z", "2026-03-02T09:00:00+99:00", "2026-W10-1T09:00Z")
        ],
        *[("day", value) for value in ("2026-02-30", "２０２６-03-02", "0001-01-01", "9999-12-31", "2026-W10-1", "20260302", 20260302)],
        *[("true or false", value) for value in ("true", "yes", 1, 0, "", [True])],
    ],
)
def test_what_does_not_fit_is_refused(field: str, refused: Any) -> None:
    with pytest.raises(serializers.ValidationError):
        FIELDS[field].run_validation(refused)


def test_a_time_in_the_future_is_refused_where_things_have_happened() -> None:
    past = Instant(past=True)
    assert past.run_validation((timezone.now() + timedelta(minutes=1)).isoformat())
    with pytest.raises(serializers.ValidationError):
        past.run_validation((timezone.now() + timedelta(minutes=10)).isoformat())


@pytest.mark.parametrize("name", FIELDS)
@settings(deadline=None, max_examples=60)
@given(value=ANYTHING)
def test_any_value_is_taken_or_refused_and_nothing_else_happens(name: str, value: Any) -> None:
    assert _verdict(name, value) in {"taken", "refused"}


def _verdict(name: str, value: Any) -> str:
    try:
        FIELDS[name].run_validation(value)
    except serializers.ValidationError:
        return "refused"
    return "taken"


@pytest.mark.parametrize("name", FIELDS)
def test_a_refusal_never_repeats_the_value(name: str) -> None:
    canary = "Bugspriet" * 30
    with pytest.raises(serializers.ValidationError) as refused:
        FIELDS[name].run_validation(canary)
    assert "Bugspriet" not in str(refused.value)
