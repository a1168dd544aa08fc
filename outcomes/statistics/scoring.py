"""Answers to scores, by named methods. Question answered: which number do these answers give, or why do they give none?

Never raises for bad answers: a refused or incomplete response has "no score" and a reason, never a low score.
Sources: facts of the instruments' own scoring rules, cited in each definition file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from outcomes.answers import is_blank, validate
from outcomes.instruments import Answers, Instrument, Scale

NoScoreReason = Literal["invalid_answer", "not_answered", "too_few_answered", "not_confirmed"]
FlagReason = Literal["few_answered", "imputed"]


@dataclass(frozen=True)
class ScaleScore:
    """One scale's score. `value` is exact (not rounded) and None exactly when `no_score_reason` is given.

    `answered` of `expected` items were answered; `flagged` marks a score that stands on fewer than usual or imputed
    answers; `scorer_version` names the method and its version and is stored with the score.
    """

    scale: str
    value: Decimal | None
    no_score_reason: NoScoreReason | None
    answered: int
    expected: int
    flag_reason: FlagReason | None
    scorer_version: str

    @property
    def flagged(self) -> bool:
        """Whether the score needs a mark beside it wherever it is shown."""
        return self.flag_reason is not None


@dataclass(frozen=True)
class _Result:
    value: Decimal | None
    answered: int
    reason: NoScoreReason | None = None
    flag: FlagReason | None = None


Scorer = Callable[[Instrument, Scale, Answers], _Result]


def score(instrument: Instrument, answers: Answers) -> list[ScaleScore]:
    """Score every scale of an instrument, in the definition's order.

    answers: item id → answer (whole number, Decimal or float on a line, True/False for a statement, a list where
    several boxes of a section were ticked, None for no answer). One refused answer anywhere gives no score at all.
    """
    if validate(instrument, answers):
        return [_as_score(scale, _Result(None, _count(scale, answers), "invalid_answer")) for scale in instrument.scales]
    return [_as_score(scale, METHODS[scale.method][0](instrument, scale, answers)) for scale in instrument.scales]


def scorer_version(scale: Scale) -> str:
    """Return what a score stores about how it was made, e.g. `odi_percent/1`; `entered` marks scores typed in."""
    return f"{scale.method}/{METHODS[scale.method][1]}"


def check_examples(instrument: Instrument) -> list[str]:
    """Run the definition's worked examples; return one sentence for each that does not give its stated score."""
    wrong = []
    for example in instrument.worked_examples:
        for result in score(instrument, example.answers):
            expected = example.scores[result.scale]
            if result.value != expected:
                wrong.append(f"{instrument.key}: {example.name}: {result.scale} is {result.value}, not {expected}")
    return wrong


def _as_score(scale: Scale, result: _Result) -> ScaleScore:
    return ScaleScore(
        scale=scale.id,
        value=result.value,
        no_score_reason=result.reason,
        answered=result.answered,
        expected=len(scale.items),
        flag_reason=result.flag,
        scorer_version=scorer_version(scale),
    )


def _count(scale: Scale, answers: Answers) -> int:
    return sum(not is_blank(answers.get(item)) for item in scale.items)


def _single(_instrument: Instrument, scale: Scale, answers: Answers) -> _Result:
    answer = answers.get(scale.items[0])
    if is_blank(answer):
        return _Result(None, 0, "not_answered")
    return _Result(Decimal(str(answer)), 1)


def _mean(_instrument: Instrument, scale: Scale, answers: Answers) -> _Result:
    given = _numbers(scale, answers)
    if len(given) < scale.minimum_answered:
        return _too_few(given)
    return _Result(sum(given, Decimal(0)) / len(given), len(given), flag=_few(scale, len(given)))


def _odi_percent(instrument: Instrument, scale: Scale, answers: Answers) -> _Result:
    """100 x sum / (5 x answered); of several boxes in one section the higher counts (Fairbank & Pynsent 2000)."""
    given = _numbers(scale, answers)
    if len(given) < scale.minimum_answered:
        return _too_few(given)
    highest = instrument.item(scale.items[0]).maximum
    percent = Decimal(100) * sum(given, Decimal(0)) / (highest * len(given))
    return _Result(percent, len(given), flag=_few(scale, len(given)))


def _count_ticked(instrument: Instrument, scale: Scale, answers: Answers) -> _Result:
    """The number of ticked statements. Silence is not zero: none ticked needs the "none of these" confirmation.

    A statement given as None was skipped (it can only happen on Yes/No forms): no score, unless the definition allows
    the proportional rule, ticked / answered x number of statements (Kent & Lauridsen 2011 Spine 36:1878), flagged.
    """
    number = len(scale.items)
    ticked = sum(answers.get(item) is True for item in scale.items)
    answered = number - sum(item in answers and is_blank(answers[item]) for item in scale.items)
    confirmed = instrument.confirm_none is None or answers.get(instrument.confirm_none) is True
    if not ticked and not confirmed:
        untouched = not any(answers.get(item) is False for item in scale.items)
        return _Result(None, 0, "not_answered" if untouched else "not_confirmed")
    if answered >= scale.minimum_answered:
        return _Result(Decimal(ticked), answered)
    if scale.proportional_from is not None and answered >= scale.proportional_from:
        return _Result(Decimal(ticked) * number / answered, answered, flag="imputed")
    return _Result(None, answered, "too_few_answered")


def _numbers(scale: Scale, answers: Answers) -> list[Decimal]:
    given = [answers.get(item) for item in scale.items]
    return [Decimal(str(_highest(answer))) for answer in given if not is_blank(answer)]


def _highest(answer: Any) -> Any:
    return max(answer) if isinstance(answer, list | tuple) else answer


def _too_few(given: list[Decimal]) -> _Result:
    return _Result(None, len(given), "too_few_answered" if given else "not_answered")


def _few(scale: Scale, answered: int) -> FlagReason | None:
    return "few_answered" if scale.flagged_below is not None and answered < scale.flagged_below else None


# Method → (function, version). Raise the version whenever a method can give another number for the same answers.
METHODS: Mapping[str, tuple[Scorer, int]] = {
    "single_item": (_single, 1),
    "vas_mm": (_single, 1),
    "count_ticked": (_count_ticked, 1),
    "odi_percent": (_odi_percent, 1),
    "mean": (_mean, 1),
}
