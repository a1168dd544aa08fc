"""How long a complaint has lasted, at the edges of the classes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sessions.durations import duration_class, weeks_between

START = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("days", "weeks", "expected"),
    [
        (0, 0, "acute"),
        (41, 5, "acute"),  # less than 6 weeks
        (42, 6, "subacute"),  # 6 weeks
        (84, 12, "subacute"),  # 12 weeks
        (85, 12, "chronic"),  # more than 12 weeks
        (3650, 521, "chronic"),
    ],
)
def test_the_class_changes_at_six_and_after_twelve_weeks(days: int, weeks: int, expected: str) -> None:
    onset = START - timedelta(days=days)
    assert duration_class(onset, START) == expected
    assert weeks_between(onset, START) == weeks


def test_a_complaint_that_begins_later_has_no_class() -> None:
    with pytest.raises(ValueError, match="after"):
        duration_class(START + timedelta(days=1), START)
