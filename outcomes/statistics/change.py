"""How much did people change? Single persons exactly (Decimal), groups by the paired t interval.

Sign: `improvement` is positive when things got better, whatever the scale's direction; `raw_change` is always
follow-up minus baseline. Assumptions of the interval: pairs independent, mean of the differences near normal.
A before/after change is not the effect of a treatment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import fsum, sqrt
from typing import Literal, TypeVar

Direction = Literal["lower_is_better", "higher_is_better"]
Number = int | float | Decimal
Pair = tuple[Number, Number]
P = TypeVar("P")


def exact(value: Number) -> Decimal:
    """Return the number as typed: 4.9 becomes exactly 4.9, not the nearest binary fraction."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def improvement(baseline: Number, follow_up: Number, direction: Direction) -> Decimal:
    """Return the change in points, positive = better."""
    gain = exact(baseline) - exact(follow_up)
    return gain if direction == "lower_is_better" else -gain


def relative_improvement(baseline: Number, follow_up: Number, direction: Direction) -> Decimal | None:
    """Return the improvement as a share of the baseline; None for a baseline of 0, where it is undefined, not 0."""
    start = exact(baseline)
    return improvement(baseline, follow_up, direction) / start if start else None


def meets_relative(baseline: Number, follow_up: Number, share: Number, direction: Direction) -> bool | None:
    """Whether the improvement is at least this share of the baseline; None where that is undefined.

    Compared without dividing, so that 7 to 4.9 is 30 % and not 29.999...
    """
    start = exact(baseline)
    if not start:
        return None
    return improvement(baseline, follow_up, direction) >= exact(share) * start


@dataclass(frozen=True)
class PersonChange:
    """One person's change judged by both published thresholds (None = threshold not given or not defined).

    `cannot_meet_absolute`: the baseline is so near the good end that the absolute threshold is out of reach.
    `discordant`: one threshold is met, the other is not. `worse`: worse by at least the absolute threshold.
    """

    raw_change: Decimal
    improvement: Decimal
    relative: Decimal | None
    absolute_met: bool | None
    relative_met: bool | None
    cannot_meet_absolute: bool
    worse: bool | None

    @property
    def discordant(self) -> bool:
        """Whether the two definitions disagree about this person; both are shown then."""
        return None not in (self.absolute_met, self.relative_met) and self.absolute_met != self.relative_met


def room_to_improve(baseline: Number, direction: Direction, minimum: Number, maximum: Number) -> Decimal:
    """Return how many points better than the baseline the scale can go."""
    return exact(baseline) - exact(minimum) if direction == "lower_is_better" else exact(maximum) - exact(baseline)


def person_change(
    baseline: Number,
    follow_up: Number,
    *,
    direction: Direction,
    minimum: Number,
    maximum: Number,
    absolute: Number | None = None,
    relative: Number | None = None,
) -> PersonChange:
    """Judge one person's change. absolute: points; relative: share of the baseline (0.3); both for improvement.

    The absolute threshold is also used, descriptively, for `worse`: published values are about improvement only.
    """
    gain = improvement(baseline, follow_up, direction)
    points = None if absolute is None else exact(absolute)
    room = room_to_improve(baseline, direction, minimum, maximum)
    return PersonChange(
        raw_change=exact(follow_up) - exact(baseline),
        improvement=gain,
        relative=relative_improvement(baseline, follow_up, direction),
        absolute_met=None if points is None else gain >= points,
        relative_met=None if relative is None else meets_relative(baseline, follow_up, relative, direction),
        cannot_meet_absolute=points is not None and room < points,
        worse=None if points is None else -gain >= points,
    )


@dataclass(frozen=True)
class PairedChange:
    """The change of a group of n pairs, in points of the scale; None where it cannot be computed, and `reason` why.

    mean_improvement and its interval are positive = better, mean_raw_change is follow-up minus baseline with its own
    interval. sd, se: of the differences. srm = mean / sd of change; kazis_es = mean / sd of baseline; d_av = mean /
    mean of both sds; g_z = srm x small-sample factor. They differ by design: name the one shown.
    """

    n: int
    mean_baseline: float | None = None
    mean_follow_up: float | None = None
    mean_improvement: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    mean_raw_change: float | None = None
    raw_ci_low: float | None = None
    raw_ci_high: float | None = None
    sd: float | None = None
    se: float | None = None
    sd_baseline: float | None = None
    sd_follow_up: float | None = None
    t: float | None = None
    df: int | None = None
    p: float | None = None
    srm: float | None = None
    kazis_es: float | None = None
    d_av: float | None = None
    g_z: float | None = None
    level: float = 0.95
    reason: Literal["no_pairs", "one_pair", "no_spread"] | None = None


def counted(people: Iterable[P] | Mapping[P, int]) -> Mapping[P, int]:
    """People who are alike, and how many they are; what is counted already stays so. Thousands share a few hundred pairs of scores."""
    return people if isinstance(people, Mapping) else Counter(people)


def paired_change(pairs: Iterable[Pair] | Mapping[Pair, int], direction: Direction, level: float = 0.95) -> PairedChange:
    """Answer: by how much did this group change on average, and how sure is that?

    pairs: (baseline, follow-up) per person, or each with the number of people who have it. mean d, se = sd / sqrt(n),
    interval d +/- t(n-1) se (Student 1908). One pair gives its means and no interval; identical differences give a
    zero-width interval and no t.
    Effect sizes: Husted 2000 J Clin Epidemiol 53:459; Lakens 2013 Front Psychol 4:863.
    """
    alike = counted(pairs)
    n = sum(alike.values())
    if not n:
        return PairedChange(0, level=level, reason="no_pairs")
    gains = [(float(improvement(first, last, direction)), times) for (first, last), times in alike.items()]
    before = [(float(first), times) for (first, _), times in alike.items()]
    after = [(float(last), times) for (_, last), times in alike.items()]
    sign = -1 if direction == "lower_is_better" else 1
    mean = _mean(gains, n)
    if n == 1:
        return PairedChange(1, before[0][0], after[0][0], mean, mean_raw_change=sign * mean, level=level, reason="one_pair")
    sd, sd_before, sd_after = _sd(gains, n), _sd(before, n), _sd(after, n)
    df = n - 1
    se = sd / sqrt(n)
    half = _t_quantile(0.5 + level / 2, df) * se
    t = mean / se if se else None
    srm = mean / sd if sd else None
    pooled = (sd_before + sd_after) / 2
    return PairedChange(
        n=n,
        mean_baseline=_mean(before, n),
        mean_follow_up=_mean(after, n),
        mean_improvement=mean,
        ci_low=mean - half,
        ci_high=mean + half,
        mean_raw_change=sign * mean,
        raw_ci_low=sign * mean - half,
        raw_ci_high=sign * mean + half,
        sd=sd,
        se=se,
        sd_baseline=sd_before,
        sd_follow_up=sd_after,
        t=t,
        df=df,
        p=None if t is None else _t_two_sided(t, df),
        srm=srm,
        kazis_es=mean / sd_before if sd_before else None,
        d_av=mean / pooled if pooled else None,
        g_z=None if srm is None else srm * (1 - 3 / (4 * df - 1)),
        level=level,
        reason=None if sd else "no_spread",
    )


def _mean(values: Sequence[tuple[float, int]], n: int) -> float:
    return fsum(value * times for value, times in values) / n


def _sd(values: Sequence[tuple[float, int]], n: int) -> float:
    centre = _mean(values, n)
    return sqrt(fsum((value - centre) ** 2 * times for value, times in values) / (n - 1))


# SciPy costs some 30 MB of memory: a web process loads it with its first report, not at its start.
def _t_quantile(probability: float, df: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(df, probability))


def _t_two_sided(t: float, df: int) -> float:
    from scipy.special import stdtr

    return float(2 * stdtr(df, -abs(t)))
