"""How back pain runs in the demo: as published for people in care, and blind to what they are treated with.

Means on 0-100, pooled over cohorts in Menezes Costa et al. 2012, CMAJ 184:E613-E624: acute pain 52 at the start, 23 after 6
weeks, 12 after 26, 6 after 52; persistent pain 51, 33, 26, 23. People come at a flare: part of every early fall is regression
to the mean, and here it is a term of its own.

Nothing in this module knows of laser, exercise or any other treatment. That is the point: a report that finds a benefit in the
demo has found confounding or chance (features.md K2).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import exp, log1p, sqrt
from random import Random

# Days from the start of care → mean pain, 0-100.
ACUTE = ((0, 52.0), (42, 23.0), (182, 12.0), (364, 6.0))
PERSISTENT = ((0, 51.0), (42, 33.0), (182, 26.0), (364, 23.0))

FLARE = 8.0  # points by which people are worse than usual when they come
FLARE_DAYS = 12.0
BETWEEN = 17.0  # standard deviation between people
DRIFT = 20.0  # standard deviation of where people go by themselves, better or worse, over the first weeks
DRIFT_DAYS = 21.0
WITHIN = 6.0  # of one answer around a person's level
RECALL_DAYS = (0, 2, 4, 6)  # the days that "on average in the past week" is taken from


def published_mean(knots: tuple[tuple[int, float], ...], day: float) -> float:
    """Mean pain on a day, between published points. Recovery is fast at first: straight in log(1 + weeks)."""
    day = max(0.0, day)
    for (from_day, high), (to_day, low) in pairwise(knots):
        if day <= to_day:
            share = (log1p(day / 7) - log1p(from_day / 7)) / (log1p(to_day / 7) - log1p(from_day / 7))
            return high + (low - high) * share
    return knots[-1][1]


@dataclass(frozen=True)
class PainPath:
    """One person's pain over a course. `offset`: worse or better than the mean throughout; `pace`: share of the mean recovery;
    `flare`: points above the own usual on the first day; `leg`: leg pain as a share of back pain; `stiffness`: points of the
    disability questionnaire above or below what the pain explains; `drift`: points better or worse for reasons of their own."""

    knots: tuple[tuple[int, float], ...]
    offset: float
    pace: float
    flare: float
    leg: float
    stiffness: float
    drift: float = 0.0

    def level(self, day: float) -> float:
        """Pain on a day after the start of care, 0-100."""
        start = published_mean(self.knots, 0) - FLARE
        steady = published_mean(self.knots, day) - FLARE * exp(-max(0.0, day) / FLARE_DAYS)
        own = self.offset + self.drift * (1 - exp(-max(0.0, day) / DRIFT_DAYS))
        # People differ less where there is little pain left to differ in.
        room = sqrt(published_mean(self.knots, day) / self.knots[0][1])
        usual = start + own * room + self.pace * (steady - start)
        return min(100.0, max(0.0, usual + self.flare * exp(-max(0.0, day) / FLARE_DAYS)))

    def past_week(self, day: float) -> float:
        """Mean pain of the seven days before, 0-100."""
        return sum(self.level(day - back) for back in RECALL_DAYS) / len(RECALL_DAYS)


def invent_path(chance: Random, *, acute: bool, radiating: bool) -> PainPath:
    """One person's path. Leg pain belongs to sciatica, stenosis and the like (`radiating`)."""
    return PainPath(
        knots=ACUTE if acute else PERSISTENT,
        offset=chance.gauss(0, BETWEEN),
        pace=min(2.2, max(-0.4, chance.gauss(1, 0.55))),
        flare=chance.gammavariate(4, FLARE / 4),
        leg=chance.uniform(0.6, 1.2) if radiating else max(0.0, chance.gauss(0.1, 0.2)),
        stiffness=chance.gauss(0, 3),
        drift=chance.gauss(0, DRIFT),
    )


def rating(chance: Random, level: float) -> int:
    """What a person ticks on 0-10 at a level of 0-100: whole numbers, a little off."""
    return min(10, max(0, round((level + chance.gauss(0, WITHIN)) / 10)))


def disability(chance: Random, path: PainPath, day: float) -> int:
    """How many of the 24 statements of the Roland-Morris questionnaire a person ticks: about a fifth of the pain, plus their own."""
    return min(24, max(0, round(1 + 0.2 * path.level(day) + path.stiffness + chance.gauss(0, 1.2))))
