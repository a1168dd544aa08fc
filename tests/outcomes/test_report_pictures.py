"""The pictures of the outcome report: no more bars than a screen shows, and no number that the words beside them hide."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from outcomes.instruments import Scale
from outcomes.registry import instruments
from outcomes.reports.outcome import OutcomePage
from outcomes.reports.pictures import bars, change_chart
from outcomes.statistics.courses import CourseOutcome, Outcome, outcome


def _course(baseline: int, latest: int | None) -> CourseOutcome:
    return CourseOutcome(Decimal(baseline), None if latest is None else Decimal(latest), invited=True)


def _page(scale: Scale, numbers: Outcome, minimum: int) -> OutcomePage:
    words: dict[str, Any] = dict.fromkeys(("clinic", "scale_name", "direction", "headline", "group_heading", "hidden_reason", "caveat"), "")
    lines: dict[str, Any] = dict.fromkeys(("chosen", "flow", "missing", "figures", "columns", "groups"), ())
    return OutcomePage(**words, **lines, scale=scale, is_low=False, minimum=minimum, numbers=numbers)


def test_a_picture_of_thousands_of_courses_shows_a_screenful_of_them_evenly_spaced() -> None:
    shown, title = bars([float(n % 11 - 8) for n in range(1100)])
    assert (len(shown), min(shown), max(shown)) == (240, -8.0, 2.0)
    # 1,100 changes, a hundred of each value: each keeps its share of the bars, 240 / 11, to within a bar.
    assert {abs(shown.count(float(value)) - 240 / 11) < 1 for value in range(-8, 3)} == {True}
    assert "240 of 1100" in title
    assert bars([1.0, 2.0])[0] == [1.0, 2.0]


@pytest.mark.parametrize(("minimum", "missing", "told"), [(10, 9, []), (10, 10, ["10 missing"]), (3, 4, ["4 missing"]), (5, 0, [])])
def test_the_picture_tells_how_many_are_missing_from_the_clinics_minimum_on(minimum: int, missing: int, told: list[str]) -> None:
    scale = instruments().scale("pain.back.7d")
    courses = [_course(7, latest) for latest in [2] * 30 + [7] * 30] + [_course(7, None)] * missing
    drawn = change_chart(_page(scale, outcome(courses, scale, minimum=minimum), minimum))
    assert [text for text in re.findall(r">([^<>]+)</text>", drawn) if "missing" in text] == told
