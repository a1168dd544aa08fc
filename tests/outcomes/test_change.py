"""Change of one person and of a group, against published vectors."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.instruments import load_instruments
from outcomes.statistics.change import meets_relative, paired_change, person_change, relative_improvement
from tests.outcomes.tables import read_table

CASES = read_table("change.txt")
ANSWER = {"yes": True, "no": False, "-": None}
# One clinic's ten people, baseline and end; figures by hand and with R.
BASELINE = (7, 6, 8, 5, 9, 4, 7, 6, 8, 7)
END = (4, 5, 3, 5, 6, 4, 2, 6, 5, 8)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_persons_change_is_judged_as_in_the_table(case: dict[str, str]) -> None:
    scale = load_instruments().scale(case["scale"])
    change = person_change(
        Decimal(case["baseline"]),
        Decimal(case["follow_up"]),
        direction=scale.direction,
        minimum=scale.minimum,
        maximum=scale.maximum,
        absolute=scale.absolute_change,
        relative=scale.relative_change,
    )
    assert (change.raw_change, change.improvement) == (Decimal(case["raw"]), Decimal(case["improvement"]))
    if case["relative"] == "-":
        assert change.relative is None
    else:
        assert change.relative is not None
        assert abs(Fraction(change.relative) - Fraction(case["relative"])) < Fraction(1, 10**20)
    assert change.absolute_met is ANSWER[case["absolute"]]
    assert change.relative_met is ANSWER[case["share30"]]
    assert change.cannot_meet_absolute is ANSWER[case["no_room"]]
    assert change.discordant is ANSWER[case["discordant"]]
    assert change.worse is ANSWER[case["worse"]]


def test_thirty_percent_is_met_even_when_floats_say_0_29999() -> None:
    assert (7 - 4.9) / 7 < 0.3
    assert meets_relative(7, 4.9, 0.3, "lower_is_better") is True
    assert relative_improvement(7, 4.9, "lower_is_better") == Decimal("0.3")


def test_a_rise_is_an_improvement_where_higher_is_better() -> None:
    change = person_change(3, 6, direction="higher_is_better", minimum=0, maximum=10, absolute=2, relative=0.3)
    assert (change.raw_change, change.improvement, change.relative) == (Decimal(3), Decimal(3), Decimal(1))
    near_top = person_change(9, 10, direction="higher_is_better", minimum=0, maximum=10, absolute=2)
    assert near_top.cannot_meet_absolute is True


def test_paired_change_gives_the_worked_figures() -> None:
    result = paired_change(list(zip(BASELINE, END, strict=True)), "lower_is_better")
    figures = {
        "mean_improvement": 1.90, "sd": 2.1833, "se": 0.6904, "ci_low": 0.338, "ci_high": 3.462, "t": 2.752, "p": 0.0224,
        "srm": 0.870, "sd_baseline": 1.4944, "kazis_es": 1.271, "d_av": 1.195, "g_z": 0.796,
        "mean_raw_change": -1.90, "raw_ci_low": -3.462, "raw_ci_high": -0.338,
    }  # fmt: skip
    assert {name: getattr(result, name) for name in figures} == pytest.approx(figures, abs=6e-4)
    assert (result.n, result.df, result.reason) == (10, 9, None)


def test_too_few_or_equal_pairs_say_so() -> None:
    none = paired_change([], "lower_is_better")
    assert (none.n, none.mean_improvement, none.reason) == (0, None, "no_pairs")
    one = paired_change([(7, 4)], "lower_is_better")
    assert (one.n, one.mean_improvement, one.mean_raw_change, one.ci_low, one.reason) == (1, 3, -3, None, "one_pair")
    same = paired_change([(7, 4), (6, 3)], "lower_is_better")
    assert (same.ci_low, same.ci_high, same.t, same.srm, same.reason) == (3, 3, None, None, "no_spread")


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=2, max_size=40))
def test_turning_the_scale_round_turns_the_improvement_but_not_the_raw_change(pairs: list[tuple[int, int]]) -> None:
    lower = paired_change(pairs, "lower_is_better")
    higher = paired_change(pairs, "higher_is_better")
    assert lower.mean_improvement == -(higher.mean_improvement or 0)
    assert lower.mean_raw_change == pytest.approx(higher.mean_raw_change, abs=1e-12)
    assert (lower.raw_ci_low, lower.raw_ci_high) == pytest.approx((higher.raw_ci_low, higher.raw_ci_high), abs=1e-12)


def test_scipy_is_not_loaded_before_a_report_needs_it() -> None:
    modules = "outcomes.statistics.change, outcomes.statistics.suppression, outcomes.statistics.scoring, outcomes.schedule"
    code = f"import sys, {modules}; print([m for m in ('scipy', 'numpy', 'django') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
