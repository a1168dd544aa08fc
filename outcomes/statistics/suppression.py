"""Which counts may be shown without pointing at a person? Small cells are hidden, and whatever would give them away.

A cell is small when 0 < count < minimum; zero is shown, as registries do. One hidden cell beside a total can be
recovered by subtraction, so others are hidden with it (complementary suppression), and means, rates and intervals
that stand on a hidden count go too; the one exception is a mean of so many that it fits every count near the true one
(`courses.ENOUGH_TO_BLUR`). This is about one table; about several and their differences: `differencing`.
Suppression is not anonymisation. Source: CMS cell-size policy; minimum is the clinic's setting (default 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from outcomes.statistics.responders import Responders

DEFAULT_MINIMUM = 5


@dataclass(frozen=True)
class Table:
    """A one-way table ready to show. None = hidden. `small` were too small, `complementary` hidden to protect them."""

    cells: Mapping[str, int | None]
    total: int | None
    small: tuple[str, ...]
    complementary: tuple[str, ...]

    def shows(self, key: str) -> bool:
        """Whether this cell, and anything computed from it, may be shown."""
        return self.cells[key] is not None


def is_small(count: int, minimum: int = DEFAULT_MINIMUM) -> bool:
    """Whether a count, and every mean, range or interval of that many people, must be hidden."""
    return 0 < count < minimum


def suppress(cells: Mapping[str, int], minimum: int = DEFAULT_MINIMUM) -> Table:
    """Hide the small cells of a table whose cells add up to its total, and enough others to keep them hidden.

    Other cells are taken smallest first until what is hidden leaves more than one possibility. When hiding all cells
    is not enough, or the total is itself small, the total is hidden as well. Raises ValueError for negative counts.
    """
    if any(count < 0 for count in cells.values()):
        raise ValueError("a count cannot be negative")
    total = sum(cells.values())
    small = tuple(key for key, count in cells.items() if is_small(count, minimum))
    hidden = list(small)
    spare = sorted((key for key, count in cells.items() if count >= minimum), key=lambda key: cells[key])
    while hidden and spare and _gives_away(cells, hidden, small, minimum):
        hidden.append(spare.pop(0))
    show_total = not is_small(total, minimum) and not (hidden and _gives_away(cells, hidden, small, minimum))
    return Table(
        cells={key: None if key in hidden else count for key, count in cells.items()},
        total=total if show_total else None,
        small=small,
        complementary=tuple(key for key in hidden if key not in small),
    )


def _gives_away(cells: Mapping[str, int], hidden: list[str], small: tuple[str, ...], minimum: int) -> bool:
    """Whether the hidden cells' sum, known from the total, leaves a single possibility or is itself small."""
    together = sum(cells[key] for key in hidden)
    # A single small cell is always below the minimum, so this covers "the total minus the rest" too.
    if together < minimum:
        return True
    only_small = len(hidden) == len(small)
    # All ones, or all one below the minimum, are the only way to reach these sums.
    return only_small and together in (len(hidden), len(hidden) * (minimum - 1))


@dataclass(frozen=True)
class ShownResponders:
    """Which parts of a `Responders` result may be shown; the counts stay in the result, the page asks here first."""

    improved: bool
    among_all: bool
    observed: bool
    among_observed: bool
    missing: bool
    eligible: bool
    deteriorated: bool
    cannot_respond: bool


def shown_responders(result: Responders, minimum: int = DEFAULT_MINIMUM) -> ShownResponders:
    """Decide what of a responder result may be shown, treating improved / not improved / missing as one table.

    A rate and its interval give its numerator away, so they go with it. Cells inside "not improved" (deteriorated,
    cannot respond) are shown only when they are not small and neither is the rest of the observed. `missing` speaks for the two missing
    counts together and each alone.
    """
    missing = result.eligible - result.observed
    table = suppress({"improved": result.improved, "not improved": result.observed - result.improved, "missing": missing}, minimum)
    observed = table.total is not None and table.shows("missing")
    improved = table.shows("improved")
    parts = (result.missing_baseline, result.missing_follow_up)
    return ShownResponders(
        improved=improved,
        among_all=improved and table.total is not None,
        observed=observed,
        among_observed=improved and observed,
        missing=table.shows("missing") and not any(is_small(part, minimum) for part in parts),
        eligible=table.total is not None,
        deteriorated=_part_shown(result.deteriorated, result.observed - result.improved, minimum),
        cannot_respond=_part_shown(result.cannot_respond, result.observed, minimum),
    )


def _part_shown(part: int | None, whole: int, minimum: int) -> bool:
    if part is None:
        return False
    return not is_small(part, minimum) and not is_small(whole - part, minimum) and not is_small(whole, minimum)
