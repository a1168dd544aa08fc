"""An import as its page shows it: counts by verdict, and a page of rows with what would change, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinic.importing.kinds import Field, File, Judged, fields_of, kinds, readings, unnamed
from clinic.importing.patients import ways_of
from clinic.models import ImportBatch, ImportRow

PAGE_SIZE = 50
SAMPLE = 3
_WHO = ("record_number", "given_name", "family_name")


@dataclass(frozen=True)
class RowLine:
    """One row: who it is about, its verdict and why, and the cells that would change (name, before, after)."""

    line: int
    who: str
    verdict: str
    verdict_label: str
    reason: str
    maybe_known: bool
    cells: tuple[tuple[str, str, str], ...]
    outcome: str


@dataclass(frozen=True)
class ImportPage:
    """The counts of a batch and one page of its rows.

    `after`: the line to go on behind; None on the last page. `unused`: the file's columns that nothing is taken from;
    `unnamed`: what no column was named for and every row has to say.
    """

    counts: tuple[tuple[str, str, int], ...]
    importable: int
    imported: int
    refused: int
    lines: tuple[RowLine, ...]
    after: int | None
    sample: tuple[tuple[str, ...], ...]
    unused: tuple[str, ...]
    unnamed: tuple[str, ...]


def import_page(batch: ImportBatch, *, verdict: str = "", after: int = 0) -> ImportPage:
    """A batch's rows, all or those of one verdict; a constant number of statements."""
    numbers, imported = counts_of(batch)
    shown, further = rows_behind(batch, verdict=verdict, after=after)
    counts = tuple((value, str(label), numbers.get(value, 0)) for value, label in ImportRow.Verdict.choices if value)
    return ImportPage(
        counts=counts,
        importable=numbers.get(ImportRow.Verdict.NEW, 0) + numbers.get(ImportRow.Verdict.CHANGED, 0) - imported,
        imported=imported,
        refused=numbers.get(ImportRow.Verdict.ERROR, 0),
        lines=tuple(_lines(batch, shown)) if _can_be_judged(batch) else (),
        after=further,
        sample=tuple(_sample(row) for row in [row for row in shown if row.cells][:SAMPLE]),
        unused=tuple(column for column in batch.columns if column not in batch.mapping.values()),
        unnamed=tuple(str(each.label) for each in unnamed(batch, batch.mapping)) if batch.kind in kinds() else (),
    )


def counts_of(batch: ImportBatch) -> tuple[dict[str, int], int]:
    """How many rows have which verdict, and how many are in."""
    numbers: dict[str, int] = {}
    imported = 0
    for value, done, number in batch.lines.order_by().values_list("verdict", "is_done").annotate(number=Count("pk")):
        numbers[value] = numbers.get(value, 0) + number
        imported += number if done and value != ImportRow.Verdict.ERROR else 0
    return numbers, imported


def rows_behind(batch: ImportBatch, *, verdict: str = "", after: int = 0) -> tuple[list[ImportRow], int | None]:
    """A page of rows behind a line, all or those of one verdict; and the line to go on behind, None at the end."""
    rows = batch.lines.filter(line__gt=after)
    rows = rows.filter(verdict=verdict) if verdict in ImportRow.Verdict.values and verdict else rows
    found = list(rows.order_by("line")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    return shown, shown[-1].line if len(found) > PAGE_SIZE else None


def _can_be_judged(batch: ImportBatch) -> bool:
    return bool(batch.mapping) and batch.kind in kinds() and not unnamed(batch, batch.mapping)


def _sample(row: Any) -> tuple[str, ...]:
    return tuple(str(cell) for cell in row.cells)


def _lines(batch: ImportBatch, rows: list[ImportRow]) -> Iterator[RowLine]:
    ways = ways_of(batch.settings)
    known = fields_of(batch)
    for each in kinds()[batch.kind].judge(File(batch, ways), readings(batch, rows, ways)):
        row = each.row
        who = " ".join(str(each.given[name]) for name in _WHO if name in each.given)
        cells = () if row.is_done or row.verdict == ImportRow.Verdict.ERROR else tuple(_cells(each, known))
        maybe_known = row.note == "maybe_known" and not row.is_done
        yield RowLine(row.line, who, row.verdict, str(row.get_verdict_display()), row.reason, maybe_known, cells, _outcome(row))


def _cells(judged: Judged, known: Mapping[str, Field]) -> Iterator[tuple[str, str, str]]:
    """What changes; of a new row everything that it brings, as it was read."""
    if judged.changes:
        for name, (old, new) in judged.changes.items():
            yield str(known[name].label), _shown(known[name], old), _shown(known[name], new)
    elif judged.verdict == ImportRow.Verdict.NEW:
        yield from ((str(known[name].label), "", _shown(known[name], value)) for name, value in judged.given.items() if name not in _WHO)


def _shown(field: Field, value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(_shown(field, part) for part in value if part is not None)
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return value.strftime("%H:%M") if isinstance(value, time) else str(field.words.get(str(value), value))


def _outcome(row: ImportRow) -> str:
    words = {
        "kept_in_use": _("stays: later work depends on it"),
        "changed_since": _("stays: it was changed since"),
        "restored": _("former values are back"),
        "withdrawn": _("off the lists again"),
        "deleted": _("taken out again"),
        "voided": _("counts no more"),
    }
    return words.get(row.outcome, "")
