"""The pages of a survey: which questions stand on which page, and how long they take. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outcomes.instruments import Instrument

# Seconds for one answer by its kind, from a slow reader's pace: to be replaced by medians once there are some.
_SECONDS = {"boxes": 15, "line": 15, "section": 25, "tick": 6}


@dataclass(frozen=True)
class Step:
    """One page: one question, or one list of statements. `number` counts from 1; `items` are what it asks."""

    number: int
    instrument: Instrument
    items: tuple[str, ...]

    def is_reached(self, answers: Mapping[str, Mapping[str, Any]]) -> bool:
        """Whether this page was answered or skipped: its items stand in the answers, if only as None."""
        return any(item in answers.get(self.instrument.key, {}) for item in self.items)


def steps_of(instruments: Sequence[Instrument]) -> tuple[Step, ...]:
    """The pages in the order of the instruments. Statements to tick stay together, as their author printed them."""
    pages: list[tuple[Instrument, tuple[str, ...]]] = []
    for instrument in instruments:
        if instrument.confirm_none is not None:
            pages.append((instrument, tuple(item.id for item in instrument.items)))
        else:
            pages.extend((instrument, (item.id,)) for item in instrument.items)
    return tuple(Step(number, instrument, items) for number, (instrument, items) in enumerate(pages, start=1))


def first_open(steps: Sequence[Step], answers: Mapping[str, Mapping[str, Any]]) -> Step | None:
    """The first page that was neither answered nor skipped; None when all were."""
    return next((step for step in steps if not step.is_reached(answers)), None)


def minutes(instruments: Sequence[Instrument]) -> int:
    """About how long the survey takes, in whole minutes, one at least."""
    seconds = sum(_SECONDS[item.kind] for instrument in instruments for item in instrument.items)
    return max(1, round(seconds / 60))
