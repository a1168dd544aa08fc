"""Shares, their intervals, responders over both denominators, and what may be shown of them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.statistics.change import Number
from outcomes.statistics.proportions import newcombe_difference, wilson
from outcomes.statistics.responders import Responders, Rule, responders
from outcomes.statistics.suppression import shown_responders, suppress
from tests.outcomes.tables import read_table
from tests.outcomes.test_change import BASELINE, END

WILSON = read_table("proportions.txt")
TABLES = read_table("suppression.txt")


@pytest.mark.parametrize("case", WILSON, ids=[case["id"] for case in WILSON])
def test_wilsons_interval_is_the_published_one(case: dict[str, str]) -> None:
    result = wilson(int(case["count"]), int(case["total"]))
    assert (result.low, result.high) == pytest.approx((float(case["low"]), float(case["high"])), abs=5.1e-5)


def test_nobody_counted_has_no_share() -> None:
    assert (wilson(0, 0).share, wilson(0, 0).low) == (None, None)
    assert newcombe_difference((0, 0), (3, 10)).difference is None
    with pytest.raises(ValueError, match="between 0 and total"):
        wilson(3, 2)


def test_newcombes_difference_is_the_published_one() -> None:
    result = newcombe_difference((56, 70), (48, 80))
    assert (result.difference, result.low, result.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5.1e-5)


def on_pain(people: list[tuple[Number | None, Number | None]], rule: Rule) -> Responders:
    return responders(people, rule, direction="lower_is_better", minimum=0, maximum=10)


@pytest.mark.parametrize(
    ("rule", "improved", "deteriorated"),
    [(Rule("absolute", 2), 5, 0), (Rule("relative", Decimal("0.3")), 5, None), (Rule("relative", Decimal("0.5")), 2, None)],
)
def test_responders_of_the_worked_group(rule: Rule, improved: int, deteriorated: int | None) -> None:
    result = on_pain(list(zip(BASELINE, END, strict=True)), rule)
    assert (result.improved, result.observed, result.deteriorated) == (improved, 10, deteriorated)
    assert result.among_all == wilson(improved, 10)


def test_missing_counts_as_not_improved_among_all_and_not_at_all_among_the_observed() -> None:
    result = on_pain([(7, 3), (7, 7), (None, 2), (6, None), (None, None), (1, 0), (5, 8)], Rule("absolute", 2))
    assert (result.eligible, result.observed, result.missing_baseline, result.missing_follow_up) == (7, 4, 2, 1)
    assert (result.improved, result.cannot_respond, result.deteriorated) == (1, 1, 1)
    assert (result.among_all.count, result.among_all.total) == (1, 7)
    assert (result.among_observed.count, result.among_observed.total) == (1, 4)


def test_who_starts_at_zero_cannot_respond_by_a_share() -> None:
    assert on_pain([(0, 0), (0, 3), (1, 0)], Rule("relative", 0.3)).cannot_respond == 2
    top = responders([(9, 10), (5, 8)], Rule("relative", 0.3), direction="higher_is_better", minimum=0, maximum=10)
    assert (top.cannot_respond, top.improved) == (1, 1)


@pytest.mark.parametrize("case", TABLES, ids=[case["id"] for case in TABLES])
def test_a_table_hides_what_it_must(case: dict[str, str]) -> None:
    counts = {str(number): int(count) for number, count in enumerate(case["cells"].split())}
    table = suppress(counts, int(case["minimum"]))
    shown = ["x" if value is None else str(value) for value in (*table.cells.values(), table.total)]
    assert shown == case["shown"].split()


@settings(deadline=None)
@given(st.lists(st.integers(0, 25), min_size=1, max_size=6), st.sampled_from([5, 10, 11]))
def test_no_small_cell_can_be_found_by_subtraction(counts: list[int], minimum: int) -> None:
    table = suppress({str(number): count for number, count in enumerate(counts)}, minimum)
    hidden = [key for key, value in table.cells.items() if value is None]
    visible = [value for value in table.cells.values() if value is not None]
    assert not any(0 < value < minimum for value in visible)
    if hidden and table.total is not None:
        assert len(hidden) >= 2
        assert table.total - sum(visible) >= minimum


@pytest.mark.parametrize(
    ("improved", "not_improved", "missing", "expected"),
    [(10, 10, 10, (True, True, True)), (2, 10, 10, (False, False, False)), (10, 12, 2, (False, False, False)),
     (12, 10, 2, (True, True, False)), (12, 12, 0, (True, True, True))],
)  # fmt: skip
def test_a_rate_goes_with_the_count_it_stands_on(improved: int, not_improved: int, missing: int, expected: tuple[bool, bool, bool]) -> None:
    people: list[tuple[Number | None, Number | None]] = [(7, 3)] * improved + [(7, 7)] * not_improved  # type: ignore[assignment]
    shown = shown_responders(on_pain([*people, *[(7, None)] * missing], Rule("absolute", 2)))
    assert (shown.improved, shown.among_all, shown.among_observed) == expected
