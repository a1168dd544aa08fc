"""How many people improved by enough to matter? n of N, by one definition at a time, over both denominators.

"All" counts everyone who should have been measured, a missing value as not improved; "observed" counts those with
both values. A missing baseline stays missing, it is counted and never replaced. For display, not for modelling.
Source: Ostelo 2008 Spine 33:90 (thresholds, for improvement of one person); Dworkin 2008 J Pain 9:105 (30 %).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from outcomes.statistics.change import Direction, Number, PersonChange, counted, exact, person_change, room_to_improve
from outcomes.statistics.proportions import Proportion, wilson

Person = tuple[Number | None, Number | None]


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
    people: Iterable[Person] | Mapping[Person, int],
    rule: Rule,
    *,
    direction: Direction,
    minimum: Number,
    maximum: Number,
    level: float = 0.95,
) -> Responders:
    """Count who improved. people: (baseline, follow-up) of every eligible course, None where missing, or each with
    the number of courses that have it; minimum and maximum: the scale's ends. Raises ValueError for a threshold that is not above 0."""
    if exact(rule.threshold) <= 0:
        raise ValueError("a responder threshold must be above 0")
    alike = counted(people)
    eligible, missing_baseline = sum(alike.values()), sum(times for (first, _), times in alike.items() if first is None)
    observed = [(first, last, times) for (first, last), times in alike.items() if first is not None and last is not None]
    n = sum(times for _, _, times in observed)
    changes = [(_judge(first, last, rule, direction, minimum, maximum), times) for first, last, times in observed]
    rooms = [(first, room_to_improve(first, direction, minimum, maximum), times) for first, _, times in observed]
    improved = sum(times for change, times in changes if _met(change, rule) is True)
    absolute = rule.kind == "absolute"
    return Responders(
        rule=rule,
        eligible=eligible,
        observed=n,
        missing_baseline=missing_baseline,
        missing_follow_up=eligible - n - missing_baseline,
        improved=improved,
        cannot_respond=sum(times for first, room, times in rooms if room < _needed(first, rule) or not _needed(first, rule)),
        deteriorated=sum(times for change, times in changes if change.worse is True) if absolute else None,
        among_all=wilson(improved, eligible, level),
        among_observed=wilson(improved, n, level),
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
