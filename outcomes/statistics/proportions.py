"""What share is it, and how sure is that? Wilson's interval and Newcombe's interval for a difference.

Assumptions: independent people. Both behave at n = 10 and at 0 or 100 %, where the normal approximation does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True)
class Proportion:
    """count of total; share and interval are fractions 0 to 1, None when nobody is counted (total 0)."""

    count: int
    total: int
    share: float | None
    low: float | None
    high: float | None
    level: float = 0.95


@dataclass(frozen=True)
class Difference:
    """First share minus second, a fraction from -1 to 1, with its interval; None when a group is empty."""

    difference: float | None
    low: float | None
    high: float | None
    level: float = 0.95


def wilson(count: int, total: int, level: float = 0.95) -> Proportion:
    """Return count/total with Wilson's score interval, no continuity correction (Newcombe 1998 Stat Med 17:857).

    centre = (p + z2/2n)/(1 + z2/n); half = z sqrt(p(1-p)/n + z2/4n2)/(1 + z2/n). Raises ValueError unless
    0 <= count <= total.
    """
    if not 0 <= count <= total:
        raise ValueError(f"count {count} must lie between 0 and total {total}")
    if total == 0:
        return Proportion(0, 0, None, None, None, level)
    z = NormalDist().inv_cdf(0.5 + level / 2)
    p = count / total
    shrink = 1 + z * z / total
    centre = (p + z * z / (2 * total)) / shrink
    half = z * sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / shrink
    # At the ends the formula gives 0 and 1 exactly but for rounding.
    low = 0.0 if count == 0 else centre - half
    high = 1.0 if count == total else centre + half
    return Proportion(count, total, p, low, high, level)


def newcombe_difference(first: tuple[int, int], second: tuple[int, int], level: float = 0.95) -> Difference:
    """Return p1 - p2 of two independent groups (count, total) with Newcombe's hybrid score interval.

    Newcombe 1998 Stat Med 17:873, method 10: each end combines the Wilson limits of both groups.
    """
    one, two = wilson(*first, level), wilson(*second, level)
    if not (one.total and two.total):
        return Difference(None, None, None, level)
    p1, low1, high1 = _share_and_limits(one)
    p2, low2, high2 = _share_and_limits(two)
    difference = p1 - p2
    low = difference - sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2)
    high = difference + sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2)
    return Difference(difference, low, high, level)


def _share_and_limits(proportion: Proportion) -> tuple[float, float, float]:
    if proportion.share is None or proportion.low is None or proportion.high is None:
        raise ValueError("a share of nobody has no limits")
    return proportion.share, proportion.low, proportion.high
