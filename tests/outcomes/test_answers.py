"""An answer is refused for what it is, item by item; an open one is only open."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from outcomes.answers import AnswerProblem, unanswered, validate
from outcomes.instruments import load_instruments

NPRS = load_instruments()["nprs-back-7d"]
VAS = load_instruments()["vas-100"]
ODI = load_instruments()["odi-2.1a"]
RMDQ = load_instruments()["rmdq-24"]


@pytest.mark.parametrize(
    ("answer", "code"),
    [(4.5, "not_whole"), (11, "out_of_range"), (-1, "out_of_range"), (True, "not_a_number"), ("7", "not_a_number"),
     (float("nan"), "not_a_number"), (Decimal("Infinity"), "not_a_number"), ([3], "not_a_number")],
)  # fmt: skip
def test_a_pain_rating_takes_whole_numbers_from_zero_to_ten_only(answer: Any, code: str) -> None:
    assert {item: problem.code for item, problem in validate(NPRS, {"back": answer}).items()} == {"back": code}


@pytest.mark.parametrize("answer", [0, 10, Decimal(7), 7.0, None, ""])
def test_a_whole_number_or_no_answer_is_accepted(answer: Any) -> None:
    assert validate(NPRS, {"back": answer}) == {}


def test_a_refusal_names_the_limits() -> None:
    assert validate(NPRS, {"back": 11})["back"] == AnswerProblem("out_of_range", {"minimum": 0, "maximum": 10})


def test_an_unknown_item_is_refused() -> None:
    assert validate(NPRS, {"leg": 3})["leg"].code == "unknown_item"


def test_a_mark_on_a_line_may_lie_between_two_millimetres() -> None:
    assert validate(VAS, {"pain": Decimal("63.4")}) == {}
    assert validate(VAS, {"pain": 100.1})["pain"].code == "out_of_range"


def test_every_box_of_a_section_ticked_twice_must_be_possible() -> None:
    assert validate(ODI, {"section01": [2, 4]}) == {}
    assert validate(ODI, {"section01": [2, 6]})["section01"].code == "out_of_range"


def test_none_of_these_contradicts_a_tick() -> None:
    assert validate(RMDQ, {"none_of_these": True, "r03": True})["none_of_these"].code == "contradiction"
    assert validate(RMDQ, {"none_of_these": True, "r03": False}) == {}
    assert validate(RMDQ, {"r03": 1})["r03"].code == "not_a_tick"


def test_what_is_open_is_told_in_the_order_of_the_form() -> None:
    assert unanswered(ODI, {"section02": 0}) == tuple(f"section{n:02d}" for n in (1, 3, 4, 5, 6, 7, 8, 9, 10))
    assert unanswered(RMDQ, {}) == ("none_of_these",)
    assert unanswered(RMDQ, {"none_of_these": True}) == ()
    assert unanswered(RMDQ, {"r01": True}) == ()
    assert unanswered(RMDQ, {"r01": True, "r02": None}) == ("r02",)
