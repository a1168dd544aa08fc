"""Checking the answers given to an instrument, item by item. Pure; messages are codes, words are the form's business."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from outcomes.instruments import Answers, Instrument, Item

AnswerCode = Literal["unknown_item", "not_a_number", "not_whole", "out_of_range", "not_a_tick", "contradiction"]


@dataclass(frozen=True)
class AnswerProblem:
    """Why one answer is refused; `limits` carries minimum and maximum where they matter."""

    code: AnswerCode
    limits: Mapping[str, Decimal | int] = field(default_factory=dict)


def is_blank(answer: Any) -> bool:
    """Whether nothing was answered: None, an empty text or an empty list. Zero and False are answers."""
    return answer is None or answer in ("", [])


def validate(instrument: Instrument, answers: Answers) -> dict[str, AnswerProblem]:
    """Return the refused answers by item id; an unanswered item is not refused (see `unanswered`).

    Refused are unknown items, values outside the range, half points where boxes are whole, and statements ticked
    together with "none of these". Several boxes ticked in one section (a list) are accepted; scoring takes the highest.
    """
    known = {item.id: item for item in instrument.items}
    problems: dict[str, AnswerProblem] = {}
    for item_id, answer in answers.items():
        if item_id == instrument.confirm_none:
            if answer is not None and not isinstance(answer, bool):
                problems[item_id] = AnswerProblem("not_a_tick")
        elif item_id not in known:
            problems[item_id] = AnswerProblem("unknown_item")
        elif not is_blank(answer):
            problem = next(_problems(known[item_id], answer), None)
            if problem:
                problems[item_id] = problem
    confirmed = instrument.confirm_none and answers.get(instrument.confirm_none) is True
    if confirmed and any(answers.get(item.id) is True for item in instrument.items):
        problems[str(instrument.confirm_none)] = AnswerProblem("contradiction")
    return problems


def unanswered(instrument: Instrument, answers: Answers) -> tuple[str, ...]:
    """Return the ids still open, in the order of the form.

    Where statements are ticked, an unticked one is an answer as soon as another is ticked or "none of these" is
    confirmed; until then the confirmation is what is open. A statement explicitly None was not answered.
    """
    if instrument.confirm_none is None:
        return tuple(item.id for item in instrument.items if is_blank(answers.get(item.id)))
    if answers.get(instrument.confirm_none) is True or any(answers.get(item.id) is True for item in instrument.items):
        return tuple(item.id for item in instrument.items if item.id in answers and is_blank(answers[item.id]))
    return (instrument.confirm_none,)


def _problems(item: Item, answer: Any) -> Iterator[AnswerProblem]:
    if item.kind == "tick":
        if not isinstance(answer, bool):
            yield AnswerProblem("not_a_tick")
        return
    several = item.kind == "section" and isinstance(answer, list | tuple)
    for value in answer if several else (answer,):
        yield from _number_problems(item, value)


def _number_problems(item: Item, value: Any) -> Iterator[AnswerProblem]:
    limits = {"minimum": item.minimum, "maximum": item.maximum}
    # True is an int in Python; a tick must not become the score 1.
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        yield AnswerProblem("not_a_number")
        return
    number = Decimal(str(value))
    if not number.is_finite():
        yield AnswerProblem("not_a_number")
    elif item.kind != "line" and number != number.to_integral_value():
        yield AnswerProblem("not_whole", limits)
    elif not item.minimum <= number <= item.maximum:
        yield AnswerProblem("out_of_range", limits)
