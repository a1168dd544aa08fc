"""How many people improved by enough to matter? n of N, by one definition at a time, over both denominators.

"All" counts everyone who should have been measured, a missing value as not improved; "observed" counts those with
both values. A missing baseline stays missing, it is counted and never replaced. For display, not for modelling.
Source: Ostelo 2008 Spine 33:90 (thresholds, for improvement of one person); Dworkin 2008 J Pain 9:105 (30 %).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from outcomes.statistics.change import Direction, Number, PersonChange, exact, person_change, room_to_improve
from outcomes.statistics.proportions import Proportion, wilson


@dataclass(frozen=True)
class Rule:
    """A responder definition: at least `threshold` points (absolute) or share of the baseline (relative, 0.3)."""

    kind: Literal["absolute", "relative"]
    threshold: Number


@dataclass(frozen=True)
class Responders:
    """The result for one rule. eligible = observed + missing_baseline + missing_follow_up.

    `missing_baseline` counts everyone without one, follow-up or not; `cannot_respond` those observed whose baseline
    leaves no room for the rule (a relative change from 0 is undefined); `deteriorated` those worse by the rule's
    amount, descriptive only and None for a relative rule.
    """

    rule: Rule
    eligible: int
    observed: int
    missing_baseline: int
    missing_follow_up: int
    improved: int
    cannot_respond: int
    deteriorated: int | None
    among_all: Proportion
    among_observed: Proportion


def responders(
    people: Sequence[tuple[Number | None, Number | None]],
    rule: Rule,
    *,
    direction: Direction,
    minimum: Number,
    maximum: Number,
    level: float = 0.95,
) -> Responders:
    """Count who improved. people: (baseline, follow-up) of every eligible course, None where missing; minimum and
    maximum: the scale's ends. Raises ValueError for a threshold that is not above 0."""
    if exact(rule.threshold) <= 0:
        raise ValueError("a responder threshold must be above 0")
    observed = [(first, last) for first, last in people if first is not None and last is not None]
    changes = [_judge(first, last, rule, direction, minimum, maximum) for first, last in observed]
    rooms = [(first, room_to_improve(first, direction, minimum, maximum)) for first, _ in observed]
    missing_baseline = sum(first is None for first, _ in people)
    improved = sum(_met(change, rule) is True for change in changes)
    absolute = rule.kind == "absolute"
    return Responders(
        rule=rule,
        eligible=len(people),
        observed=len(changes),
        missing_baseline=missing_baseline,
        missing_follow_up=len(people) - len(changes) - missing_baseline,
        improved=improved,
        cannot_respond=sum(room < _needed(first, rule) or not _needed(first, rule) for first, room in rooms),
        deteriorated=sum(change.worse is True for change in changes) if absolute else None,
        among_all=wilson(improved, len(people), level),
        among_observed=wilson(improved, len(changes), level),
    )


def _judge(first: Number, last: Number, rule: Rule, direction: Direction, minimum: Number, maximum: Number) -> PersonChange:
    absolute = rule.threshold if rule.kind == "absolute" else None
    relative = rule.threshold if rule.kind == "relative" else None
    return person_change(first, last, direction=direction, minimum=minimum, maximum=maximum, absolute=absolute, relative=relative)


def _met(change: PersonChange, rule: Rule) -> bool | None:
    return change.absolute_met if rule.kind == "absolute" else change.relative_met


def _needed(baseline: Number, rule: Rule) -> Decimal:
    share = exact(baseline) if rule.kind == "relative" else Decimal(1)
    return exact(rule.threshold) * share
