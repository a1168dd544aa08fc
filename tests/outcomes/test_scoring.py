"""Scores follow the published rules; what is missing or impossible gives no score and the reason."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

import pytest

from outcomes.instruments import Instrument, Method, load_instruments
from outcomes.statistics.scoring import METHODS, check_examples, score
from tests.outcomes.tables import read_table

CASES = read_table("scoring.txt")
INSTRUMENTS = load_instruments()


def answers_of(instrument: Instrument, text: str) -> dict[str, Any]:
    if instrument.confirm_none:
        if text in ("none", "untouched"):
            return {instrument.confirm_none: True} if text == "none" else {}
        return {instrument.items[int(number) - 1].id: True for number in text.split()}
    values = text.split()
    assert len(values) == len(instrument.items)
    return {item.id: value_of(value) for item, value in zip(instrument.items, values, strict=True)}


def value_of(text: str) -> Any:
    if text == "-":
        return None
    if "+" in text:
        return [int(part) for part in text.split("+")]
    return Decimal(text) if "." in text else int(text)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_score_is_the_one_in_the_table(case: dict[str, str]) -> None:
    instrument = INSTRUMENTS[case["instrument"]]
    (result,) = score(instrument, answers_of(instrument, case["answers"]))
    scale = instrument.scales[0]
    if case["score"] == "none":
        assert result.value is None
    else:
        assert result.value is not None
        assert abs(Fraction(result.value) - Fraction(case["score"])) < Fraction(1, 10**20)
        assert str(scale.rounded(result.value)) == case["shown"]
    band = scale.band(result.value)
    assert result.answered == int(case["answered"])
    assert (result.flag_reason or "-", result.no_score_reason or "-") == (case["flag"], case["reason"])
    assert result.flagged == (case["flag"] != "-")
    assert (band.key if band else "-") == case["band"]


@pytest.mark.parametrize("key", sorted(INSTRUMENTS))
def test_every_worked_example_of_a_definition_gives_its_score(key: str) -> None:
    assert check_examples(INSTRUMENTS[key]) == []


def test_a_wrong_worked_example_is_named() -> None:
    instrument = INSTRUMENTS["nprs-back-7d"]
    example = replace(instrument.worked_examples[0], scores={"pain.back.7d": Decimal(6)})
    assert check_examples(replace(instrument, worked_examples=(example,))) == [
        "nprs-back-7d: a whole number is its own score: pain.back.7d is 5, not 6"
    ]


def test_every_method_a_definition_may_name_has_a_scorer_with_a_version() -> None:
    assert set(METHODS) == set(get_args(Method))
    (result,) = score(INSTRUMENTS["odi-2.1a"], {})
    assert result.scorer_version == "odi_percent/1"


def yes_no_form(proportional_from: int | None) -> tuple[Instrument, dict[str, Any]]:
    """Vector R3: twenty of 24 statements answered, ten of them yes, four skipped."""
    instrument = INSTRUMENTS["rmdq-24"]
    scale = replace(instrument.scales[0], proportional_from=proportional_from)
    answers = {item.id: number < 10 if number < 20 else None for number, item in enumerate(instrument.items)}
    return replace(instrument, confirm_none=None, scales=(scale,)), answers


def test_skipped_statements_give_no_score() -> None:
    (result,) = score(*yes_no_form(None))
    assert (result.value, result.no_score_reason, result.answered) == (None, "too_few_answered", 20)


def test_skipped_statements_give_a_flagged_score_where_the_proportional_rule_is_chosen() -> None:
    (result,) = score(*yes_no_form(20))
    assert (result.value, result.flag_reason) == (Decimal(12), "imputed")


def test_all_statements_left_unticked_without_the_confirmation_is_no_score() -> None:
    instrument = INSTRUMENTS["rmdq-24"]
    (result,) = score(instrument, {item.id: False for item in instrument.items})
    assert (result.value, result.no_score_reason) == (None, "not_confirmed")


def test_a_mean_needs_its_minimum_of_answers() -> None:
    """PEG vectors P1 to P3: three items 0 to 10, all required."""
    nprs = INSTRUMENTS["nprs-back-7d"]
    items = tuple(replace(nprs.items[0], id=name) for name in "abc")
    scale = replace(nprs.scales[0], id="mean", method="mean", items=("a", "b", "c"), minimum_answered=3, decimals=1)
    instrument = replace(nprs, items=items, scales=(scale,))

    def mean(*values: int | None) -> Decimal | None:
        return score(instrument, dict(zip("abc", values, strict=True)))[0].value

    assert mean(6, 7, 8) == 7
    assert mean(5, 6, None) is None
    third = mean(0, 0, 1)
    assert third is not None
    assert scale.rounded(third) == Decimal("0.3")
