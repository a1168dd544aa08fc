"""From courses to the outcome report's figures. Pure: no database, no clock, no rounding.

Question answered: of the courses that should have an outcome, how many have one, how did it change, and how many improved? Who is missing
is counted before anything else. Nothing here compares treatments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from outcomes.instruments import Scale
from outcomes.statistics.change import PairedChange, paired_change
from outcomes.statistics.responders import Responders, Rule, responders
from outcomes.statistics.suppression import ShownResponders, is_small, shown_responders, suppress

LOW_COMPLETENESS = 0.6
# From so many pairs on, means of one decimal fit every number of pairs near the true one: they may stand where that number is hidden.
ENOUGH_TO_BLUR = 20


@dataclass(frozen=True)
class CourseOutcome:
    """An eligible course, or so many `courses` alike: scores on the scale, and what they are grouped by.

    `invited` None: imported, nobody was invited.
    """

    baseline: Decimal | None
    latest: Decimal | None
    invited: bool | None
    label: str = ""
    complaint: str = ""
    laser: bool = False
    exercise: bool = False
    clinic: str = ""
    courses: int = 1

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
    def is_asked(self) -> bool:
        """Whether the measure was asked of anybody here, or scores of it were brought in: else there is no result, not one of naught."""
        return bool(self.invited or self.answered or not self.eligible)

    @property
    def is_low(self) -> bool:
        """Whether so many are missing that the outcome is to be read with care."""
        return self.completeness is not None and self.completeness < LOW_COMPLETENESS


@dataclass(frozen=True)
class Part:
    """A count as it may be shown: exactly; or only as `at_least`; or, with neither, as fewer than the minimum."""

    exact: int | None
    at_least: int | None = None


@dataclass(frozen=True)
class ShownFlow:
    """The flow as it may be shown: no count of it, and no difference of two, is a small one."""

    eligible: int
    invited: Part
    not_applicable: Part
    answered: Part
    paired: Part
    missing_baseline: Part
    missing_later: Part


@dataclass(frozen=True)
class Judged:
    """Responders by one rule, and which of their figures may be shown."""

    result: Responders
    shown: ShownResponders


@dataclass(frozen=True)
class Group:
    """One group's figures. `hidden`: too small, or hidden so that a small one cannot be worked out; so for `shows_pairs` and its pairs."""

    name: str
    eligible: int
    hidden: bool
    shows_pairs: bool
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
    courses: Sequence[CourseOutcome],
    scale: Scale,
    *,
    minimum: int,
    group_of: Callable[[CourseOutcome], str] | None = None,
    withheld: Collection[str] = (),
) -> Outcome:
    """All figures of the report. `minimum`: the smallest group shown; smaller ones, and those that would give them away, are hidden.

    `withheld`: groups that may not be shown because of other reports (`differencing`).
    """
    flow = flow_of(courses)
    change = not is_small(flow.paired, minimum) and (shown_flow(flow, minimum).paired.exact is not None or _blurs(flow))
    whole = _group(
        "", courses, scale, minimum, _Open(eligible=not is_small(flow.eligible, minimum), change=change, pairs=True, improved=True)
    )
    names = sorted({group_of(course) for course in courses}) if group_of else []
    members = {name: [course for course in courses if group_of and group_of(course) == name] for name in names}
    open_parts = _open_parts(members, scale, minimum, withheld)
    return Outcome(
        hidden=whole.hidden,
        whole=whole,
        groups=tuple(_group(name, found, scale, minimum, open_parts[name]) for name, found in members.items()),
        changes=_single_changes(whole, courses),
    )


def _single_changes(whole: Group, courses: Sequence[CourseOutcome]) -> tuple[float, ...]:
    """Every change, for the picture: only where nothing that can be counted in it is hidden beside it."""
    judged = whole.absolute
    open_to_count = judged is not None and judged.shown.among_observed and judged.shown.deteriorated
    if whole.hidden or not whole.change.n or not open_to_count:
        return ()
    return tuple(float(after - before) for (before, after), alike in _pairs(courses).items() for _ in range(alike))


def flow_of(courses: Sequence[CourseOutcome]) -> Flow:
    """Eligible → invited → answered → both measurements, with each kind of missing counted."""
    return Flow(
        eligible=_count(courses),
        invited=_count(each for each in courses if each.invited is True),
        not_applicable=_count(each for each in courses if each.invited is None),
        answered=_count(each for each in courses if each.answered),
        paired=_count(each for each in courses if each.pair is not None),
        missing_baseline=_count(each for each in courses if each.baseline is None),
        missing_later=_count(each for each in courses if each.baseline is not None and each.latest is None),
    )


def _count(courses: Iterable[CourseOutcome]) -> int:
    return sum(each.courses for each in courses)


def _pairs(courses: Iterable[CourseOutcome]) -> Counter[tuple[Decimal, Decimal]]:
    pairs: Counter[tuple[Decimal, Decimal]] = Counter()
    for each in courses:
        if each.pair is not None:
            pairs[each.pair] += each.courses
    return pairs


def shown_flow(flow: Flow, minimum: int) -> ShownFlow:
    """The flow without small counts: parts that add up are hidden together, and differences of two shown counts are never small."""
    lost = _parts({"paired": flow.paired, "baseline": flow.missing_baseline, "later": flow.missing_later}, minimum)
    rest = flow.eligible - flow.invited - flow.not_applicable
    asked = _parts({"invited": flow.invited, "not_applicable": flow.not_applicable, "rest": rest}, minimum)
    gaps = (flow.answered, flow.eligible - flow.answered, flow.answered - flow.paired)
    answered = Part(flow.answered)
    if is_small(flow.answered, minimum):
        answered = Part(None)
    elif any(is_small(gap, minimum) for gap in gaps):
        floor = lost["paired"].exact if lost["paired"].exact is not None else lost["paired"].at_least
        answered = Part(None, floor or minimum)
    return ShownFlow(
        eligible=flow.eligible,
        invited=asked["invited"],
        not_applicable=asked["not_applicable"],
        answered=answered,
        paired=lost["paired"],
        missing_baseline=lost["baseline"],
        missing_later=lost["later"],
    )


def _parts(cells: Mapping[str, int], minimum: int) -> dict[str, Part]:
    table = suppress(cells, minimum)
    known = sum(count for count in table.cells.values() if count is not None)
    # What is left for the hidden cells, were each small one as large as it can be: true, and tells no small count.
    left = sum(cells.values()) - known - (minimum - 1) * len(table.small)
    alone = len(table.complementary) == 1
    return {
        name: Part(cells[name]) if table.shows(name) else Part(None, None if name in table.small else max(left if alone else 0, minimum))
        for name in cells
    }


@dataclass(frozen=True)
class _Open:
    """What of a group may be shown, with all groups beside each other and their total known."""

    eligible: bool
    change: bool
    pairs: bool
    improved: bool


def _open_parts(members: Mapping[str, Sequence[CourseOutcome]], scale: Scale, minimum: int, withheld: Collection[str]) -> dict[str, _Open]:
    """Which figures of each group survive: whoever subtracts the shown groups from the total is left with no small remainder."""
    flows = {name: flow_of(found) for name, found in members.items()}
    improved = {name: _improved(found, scale) for name, found in members.items()}

    def shown(counts: Mapping[str, int]) -> set[str]:
        table = suppress(counts, minimum)
        return {name for name in counts if table.shows(name)}

    eligible = _not_alone(shown({name: flow.eligible for name, flow in flows.items()}), flows, withheld)
    paired = eligible & shown({name: flow.paired for name, flow in flows.items()})
    observed = paired & shown({name: flow.eligible - flow.paired for name, flow in flows.items()})
    better = eligible & shown(improved) & shown({name: flow.eligible - improved[name] for name, flow in flows.items()})
    change = {name for name in paired if name in observed or _blurs(flows[name])}
    return {name: _Open(name in eligible, name in change, name in observed, name in better) for name in members}


def _blurs(flow: Flow) -> bool:
    return flow.paired >= ENOUGH_TO_BLUR


def _not_alone(shown: set[str], flows: Mapping[str, Flow], withheld: Collection[str]) -> set[str]:
    """The groups left when those withheld go: one hidden group alone is the total without the others, so the smallest goes with it."""
    left = shown.difference(withheld)
    if left != shown and len(flows) - len(left) == 1 and left:
        left.remove(min(left, key=lambda name: (flows[name].eligible, name)))
    return left


def _improved(courses: Sequence[CourseOutcome], scale: Scale) -> int:
    judged = _judge(courses, scale, "absolute", scale.absolute_change, 1)
    return judged.result.improved if judged else 0


def _group(name: str, courses: Sequence[CourseOutcome], scale: Scale, minimum: int, may: _Open) -> Group:
    absolute = _judge(courses, scale, "absolute", scale.absolute_change, minimum)
    if absolute is not None:
        shown = absolute.shown
        among_all = shown.among_all and may.improved
        among_observed = shown.among_observed and may.improved and may.pairs
        absolute = replace(absolute, shown=replace(shown, among_all=among_all, among_observed=among_observed))
    return Group(
        name=name,
        eligible=_count(courses),
        hidden=not may.eligible,
        shows_pairs=may.pairs,
        flow=flow_of(courses),
        change=paired_change(_pairs(courses) if may.eligible and may.change else [], scale.direction),
        absolute=absolute,
        relative=_judge(courses, scale, "relative", scale.relative_change, minimum),
    )


def _judge(courses: Sequence[CourseOutcome], scale: Scale, kind: str, threshold: Decimal | None, minimum: int) -> Judged | None:
    if threshold is None:
        return None
    rule = Rule("absolute" if kind == "absolute" else "relative", threshold)
    people: Counter[tuple[Decimal | None, Decimal | None]] = Counter()
    for each in courses:
        people[each.baseline, each.latest] += each.courses
    result = responders(people, rule, direction=scale.direction, minimum=scale.minimum, maximum=scale.maximum)
    return Judged(result, shown_responders(result, minimum))
