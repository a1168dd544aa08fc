"""What of a report may be shown beside every other one, so that no two of them subtracted leave a few people: see docs/adr/0010."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from clinic.models import Clinic
from outcomes.instruments import Scale
from outcomes.reports.filters import OutcomeFilters
from outcomes.selectors.outcome import course_cells
from outcomes.statistics.differencing import (
    Cell,
    Fact,
    Selection,
    Window,
    edges_of_clinics,
    is_too_close,
    quarter_of,
    snapped,
)

_FACTS = ("complaint", "laser", "exercise", "device", "therapist", "label")


@dataclass(frozen=True)
class Disclosure:
    """`withheld`: nothing may be shown; `groups`: the named ones may not. `first`, `last`: the days that are counted, None where open."""

    withheld: bool = False
    groups: frozenset[str] = frozenset()
    first: date | None = None
    last: date | None = None


def disclosure(scale: Scale, filters: OutcomeFilters, clinics: Sequence[Clinic]) -> Disclosure:
    """Decide for one report. The report of all ended courses of one clinic asks nothing; any other asks the database once."""
    given = filters.cleaned_data
    if not any(value for name, value in given.items() if name not in {"scale", "clinics"}) and len(clinics) == 1:
        return Disclosure()
    cells = course_cells(scale)
    edges = edges_of_clinics(cells, {str(clinic.pk): clinic.small_cell_minimum for clinic in clinics})
    minimum = max(clinic.small_cell_minimum for clinic in clinics)
    window = snapped(_window(given), edges[str(clinics[0].pk) if len(clinics) == 1 else ""])
    selection = Selection(frozenset(_facts(given)), window)

    def withholds(*more: Fact) -> bool:
        return is_too_close(cells, replace(selection, facts=selection.facts.union(more)), edges, minimum)

    groups = _groups(given.get("by") or "", [cell for cell in cells if selection.holds(cell)], clinics)
    first, last = window.days
    return Disclosure(withholds(), frozenset(name for name, fact in groups.items() if withholds(fact)), first, last)


def _window(given: dict[str, Any]) -> Window:
    first, last = given.get("ended_from"), given.get("ended_until")
    return Window(quarter_of(first) if first else None, quarter_of(last) + 1 if last else None)


def _facts(given: dict[str, Any]) -> list[Fact]:
    facts = [(name, str(getattr(given[name], "pk", given[name]))) for name in _FACTS if given.get(name)]
    status = given.get("status") or "ended"
    return facts if status == "every" else [*facts, ("status", status)]


def _groups(by: str, cells: Sequence[Cell], clinics: Sequence[Clinic]) -> dict[str, Fact]:
    """The groups by the names that the report gives them, each with the fact that it is made by."""
    if not by:
        return {}
    if by == "clinic":
        return {clinic.name: ("clinic", str(clinic.pk)) for clinic in clinics}
    return {value or "–": (by, value) for value in {cell.fact(by) for cell in cells}}
