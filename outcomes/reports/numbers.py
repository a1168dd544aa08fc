"""From courses to the outcome report's figures. Pure: no database, no clock, no rounding.

Question answered: of the courses that should have an outcome, how many have one, how did it change, and how many improved? Who is missing
is counted before anything else. Nothing here compares treatments.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from outcomes.instruments import Scale
from outcomes.statistics.change import PairedChange, paired_change
from outcomes.statistics.responders import Responders, Rule, responders
from outcomes.statistics.suppression import ShownResponders, is_small, shown_responders, suppress

LOW_COMPLETENESS = 0.6


@dataclass(frozen=True)
class CourseOutcome:
    """One eligible course: its scores on the scale, and what it is grouped by. `invited` None: imported, nobody was invited."""

    baseline: Decimal | None
    latest: Decimal | None
    invited: bool | None
    label: str = ""
    complaint: str = ""
    laser: bool = False
    exercise: bool = False

    @property
    def answered(self) -> bool:
        """Whether there is any score."""
        return self.baseline is not None or self.latest is not None

    @property
    def pair(self) -> tuple[Decimal, Decimal] | None:
        """Baseline and latest, when both are there."""
        return None if self.baseline is None or self.latest is None else (self.baseline, self.latest)


@dataclass(frozen=True)
class Flow:
    """Who is in, and who is missing."""

    eligible: int
    invited: int
    not_applicable: int
    answered: int
    paired: int
    missing_baseline: int
    missing_later: int

    @property
    def completeness(self) -> float | None:
        """Courses with both measurements, of those eligible."""
        return self.paired / self.eligible if self.eligible else None

    @property
    def is_low(self) -> bool:
        """Whether so many are missing that the outcome is to be read with care."""
        return self.completeness is not None and self.completeness < LOW_COMPLETENESS


@dataclass(frozen=True)
class Judged:
    """Responders by one rule, and which of their figures may be shown."""

    result: Responders
    shown: ShownResponders


@dataclass(frozen=True)
class Group:
    """One group's figures. `hidden`: too small, or hidden so that a small one cannot be worked out."""

    name: str
    eligible: int
    hidden: bool
    flow: Flow
    change: PairedChange
    absolute: Judged | None
    relative: Judged | None


@dataclass(frozen=True)
class Outcome:
    """The report's figures. `hidden`: there are fewer courses than the clinic's smallest group, and nothing is shown."""

    hidden: bool
    whole: Group
    groups: tuple[Group, ...]
    changes: tuple[float, ...]


def outcome(
    courses: Sequence[CourseOutcome], scale: Scale, *, minimum: int, group_of: Callable[[CourseOutcome], str] | None = None
) -> Outcome:
    """All figures of the report. `minimum`: the smallest group shown; smaller ones, and those that would give them away, are hidden."""
    whole = _group("", courses, scale, minimum, hidden=is_small(len(courses), minimum))
    names = sorted({group_of(course) for course in courses}) if group_of else []
    members = {name: [course for course in courses if group_of and group_of(course) == name] for name in names}
    table = suppress({name: len(found) for name, found in members.items()}, minimum) if members else None
    groups = tuple(_group(name, found, scale, minimum, hidden=table is None or not table.shows(name)) for name, found in members.items())
    pairs = [course.pair for course in courses if course.pair]
    changes = tuple(float(after - before) for before, after in pairs)
    return Outcome(
        hidden=whole.hidden,
        whole=whole,
        groups=groups,
        changes=() if whole.hidden or is_small(len(pairs), minimum) else changes,
    )


def flow_of(courses: Sequence[CourseOutcome]) -> Flow:
    """Eligible → invited → answered → both measurements, with each kind of missing counted."""
    return Flow(
        eligible=len(courses),
        invited=sum(course.invited is True for course in courses),
        not_applicable=sum(course.invited is None for course in courses),
        answered=sum(course.answered for course in courses),
        paired=sum(course.pair is not None for course in courses),
        missing_baseline=sum(course.baseline is None for course in courses),
        missing_later=sum(course.baseline is not None and course.latest is None for course in courses),
    )


def _group(name: str, courses: Sequence[CourseOutcome], scale: Scale, minimum: int, *, hidden: bool) -> Group:
    flow = flow_of(courses)
    pairs = [course.pair for course in courses if course.pair]
    few_pairs = is_small(len(pairs), minimum)
    change = paired_change([] if hidden or few_pairs else pairs, scale.direction)
    return Group(
        name=name,
        eligible=len(courses),
        hidden=hidden,
        flow=flow,
        change=change,
        absolute=_judge(courses, scale, "absolute", scale.absolute_change, minimum),
        relative=_judge(courses, scale, "relative", scale.relative_change, minimum),
    )


def _judge(courses: Sequence[CourseOutcome], scale: Scale, kind: str, threshold: Decimal | None, minimum: int) -> Judged | None:
    if threshold is None:
        return None
    rule = Rule("absolute" if kind == "absolute" else "relative", threshold)
    people = [(course.baseline, course.latest) for course in courses]
    result = responders(people, rule, direction=scale.direction, minimum=scale.minimum, maximum=scale.maximum)
    return Judged(result, shown_responders(result, minimum))
