"""May two reports be subtracted from each other? One that differs from a wider one by a few people is not shown.

Pure, over counts. A report is a set of courses. Whoever reads a narrow and a wide one, the first within the second, knows what lies between
them; so between them there is nobody, or the clinic's minimum at least, both of courses and of pairs. Three rules see to it:

1. Periods begin and end at the edges of whole quarters, joined until each holds nobody or enough (`quarter_edges`).
2. Of two reports that are too close the narrower is withheld (`is_too_close`), whatever it was narrowed by: the wider ones are those
   whose every condition holds for all of its people, chosen or not.
3. A report of several parts (ended and running courses, several clinics) is withheld when one of its parts is small (`is_too_close`,
   too), so that the parts themselves, the everyday reports, stay open.

Not covered: sums over three and more reports, other measures of the same courses, and the same report before and after a day's work.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from outcomes.statistics.suppression import is_small

Fact = tuple[str, str]
# Every report is one of these or the sum of them; which of them is decided by rule 3 and never left out to get a wider report.
_PARTS = ("status", "clinic")
_KINDS = ("courses", "paired")


@dataclass(frozen=True)
class Cell:
    """So many courses, and so many of them with both measurements, alike in every fact that a report can be narrowed by.

    Facts are (name, value); "device" may stand in several. `quarter`: of the course's end, see `quarter_of`; None while it runs.
    """

    facts: frozenset[Fact]
    quarter: int | None
    courses: int
    paired: int

    def fact(self, name: str) -> str:
        """The value of a fact that every course has once."""
        return next(value for known, value in self.facts if known == name)


@dataclass(frozen=True)
class Window:
    """Quarters from `first` to before `stop`; None is open."""

    first: int | None = None
    stop: int | None = None

    def holds(self, quarter: int) -> bool:
        """Whether the quarter lies within."""
        return (self.first is None or quarter >= self.first) and (self.stop is None or quarter < self.stop)

    @property
    def days(self) -> tuple[date | None, date | None]:
        """First and last day."""
        last = None if self.stop is None else date.fromordinal(first_day(self.stop).toordinal() - 1)
        return None if self.first is None else first_day(self.first), last


@dataclass(frozen=True)
class Selection:
    """What a report asks of a course: these facts, and an end within the window; a running course has no end that could lie outside."""

    facts: frozenset[Fact]
    window: Window

    def holds(self, cell: Cell) -> bool:
        """Whether the cell's courses are in the report."""
        return self.facts <= cell.facts and (cell.quarter is None or self.window.holds(cell.quarter))


def quarter_of(day: date) -> int:
    """Quarters since the year 0."""
    return day.year * 4 + (day.month - 1) // 3


def first_day(quarter: int) -> date:
    """The quarter's first day."""
    return date(quarter // 4, quarter % 4 * 3 + 1, 1)


def quarter_edges(cells: Iterable[Cell], minimum: int) -> list[int]:
    """The quarters of one clinic before which a period may begin or end: between any two of them nobody ended, or `minimum` and more did.

    Counted from the oldest end on, so that a new one moves only the newest edges; a rest that is too small goes to the stretch before it.
    """
    ended: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for cell in cells:
        if cell.quarter is not None:
            ended[cell.quarter].update(courses=cell.courses, paired=cell.paired)
    if not ended:
        return []
    edges, stretches, open_stretch = [min(ended)], [], Counter[str]()
    for quarter in range(min(ended), max(ended) + 1):
        open_stretch += ended.get(quarter, Counter())
        if _is_clear(open_stretch, minimum):
            edges.append(quarter + 1)
            stretches.append(open_stretch)
            open_stretch = Counter()
    while stretches and not _is_clear(open_stretch, minimum):
        open_stretch += stretches.pop()
        edges.pop()
    return sorted({*edges, max(ended) + 1})


def _is_clear(counts: Mapping[str, int], minimum: int) -> bool:
    return not any(is_small(counts.get(kind, 0), minimum) for kind in _KINDS)


def edges_of_clinics(cells: Sequence[Cell], minimums: Mapping[str, int]) -> dict[str, list[int]]:
    """Each clinic's edges; under "" those that all of them share."""
    found = {
        clinic: quarter_edges((cell for cell in cells if cell.fact("clinic") == clinic), minimum) for clinic, minimum in minimums.items()
    }
    known = [edges for edges in found.values() if edges]
    shared = {edge for edges in known for edge in edges if all(_fits(edge, other) for other in known)}
    return found | {"": sorted(shared)}


def _fits(edge: int, edges: Sequence[int]) -> bool:
    return edge in edges or edge <= edges[0] or edge >= edges[-1]


def snapped(window: Window, edges: Sequence[int]) -> Window:
    """The narrowest allowed window around this one: everything that was asked for lies within."""
    if not edges:
        return window
    first, stop = window.first, window.stop
    if first is not None and first > edges[0]:
        first = edges[bisect_right(edges, first) - 1]
    if stop is not None and stop < edges[-1]:
        stop = next(edge for edge in edges if edge >= stop)
    return Window(first, stop)


def is_too_close(cells: Sequence[Cell], selection: Selection, edges: Mapping[str, Sequence[int]], minimum: int) -> bool:
    """Whether a wider report, or a part of this one, could be subtracted so that fewer than `minimum` people are left.

    `cells`: of all courses within reach; `edges`: as `edges_of_clinics` gives them. Courses and pairs are judged each for themselves.
    """
    return any(_leaves_few(cells, selection, edges, minimum, kind) for kind in _KINDS)


def _leaves_few(cells: Sequence[Cell], selection: Selection, edges: Mapping[str, Sequence[int]], minimum: int, kind: str) -> bool:
    inside = [cell for cell in cells if getattr(cell, kind) and selection.holds(cell)]
    parts: Counter[tuple[str, ...]] = Counter()
    for cell in inside:
        parts[tuple(cell.fact(name) for name in _PARTS)] += getattr(cell, kind)
    if len(parts) > 1 and not all(count >= minimum for count in parts.values()):
        return True
    if parts.total() < minimum:
        return False  # hidden for itself: there is nothing to subtract
    shared = frozenset.intersection(*(cell.facts for cell in inside))
    own = [fact for fact in shared if fact[0] in _PARTS]
    grid = edges[next((value for name, value in own if name == "clinic"), "")]
    ends = [bisect_right(grid, cell.quarter) for cell in inside if cell.quarter is not None]
    free = sorted(shared.difference(own))
    outside: Counter[tuple[frozenset[Fact], int | None]] = Counter()
    for cell in cells:
        count = getattr(cell, kind)
        if count and cell.facts.issuperset(own) and not selection.holds(cell):
            stretch = None if cell.quarter is None else bisect_right(grid, cell.quarter)
            outside[frozenset(free) - cell.facts, stretch] += count
    return any(_any_window_is_close(_passing(outside, kept), ends, minimum) for kept in _choices(free))


def _choices(free: Sequence[Fact]) -> Iterable[frozenset[Fact]]:
    """Every report that could be asked for with some of these facts: each name once at most."""
    names: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in free:
        names[fact[0]].append(fact)
    for chosen in itertools.product(*([None, *facts] for facts in names.values())):
        yield frozenset(fact for fact in chosen if fact is not None)


def _passing(outside: Mapping[tuple[frozenset[Fact], int | None], int], kept: frozenset[Fact]) -> Counter[int | None]:
    """People beyond the report who pass the kept facts, by stretch of the period."""
    found: Counter[int | None] = Counter()
    for (lacking, stretch), count in outside.items():
        if not lacking & kept:
            found[stretch] += count
    return found


def _any_window_is_close(beyond: Mapping[int | None, int], ends: Sequence[int], minimum: int) -> bool:
    """Whether some window around all ends leaves few of those beyond: widened to the left, to the right, or both."""
    always = beyond.get(None, 0)
    dated = sorted((stretch, count) for stretch, count in beyond.items() if stretch is not None)
    if not ends:
        return is_small(always, minimum)
    always += sum(count for stretch, count in dated if min(ends) <= stretch <= max(ends))
    before = itertools.accumulate((count for stretch, count in reversed(dated) if stretch < min(ends)), initial=0)
    after = list(itertools.accumulate((count for stretch, count in dated if stretch > max(ends)), initial=0))
    return any(is_small(always + left + right, minimum) for left in before for right in after)
