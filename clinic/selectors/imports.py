"""An import as its page shows it: counts by verdict, and a page of rows with what would change, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from clinic.importing.fields import fields
from clinic.importing.judging import judge_rows
from clinic.models import Clinic, ImportBatch, ImportRow
from clinic.scoping import current_clinic_id

PAGE_SIZE = 50


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
    """The counts of a batch and one page of its rows. `after`: the line to go on behind; None on the last page."""

    counts: tuple[tuple[str, str, int], ...]
    importable: int
    lines: tuple[RowLine, ...]
    after: int | None


def import_page(batch: ImportBatch, *, verdict: str = "", after: int = 0) -> ImportPage:
    """A batch's rows, all or those of one verdict; a constant number of statements."""
    numbers = dict(batch.lines.order_by().values_list("verdict").annotate(number=Count("pk")))
    rows = batch.lines.filter(line__gt=after)
    rows = rows.filter(verdict=verdict) if verdict in ImportRow.Verdict.values and verdict else rows
    found = list(rows.order_by("line")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    clinic = Clinic.objects.get(pk=current_clinic_id())
    labels = {key: str(field.label) for key, field in fields().items()}
    judged = judge_rows(batch, shown, clinic, {}) if batch.mapping else []
    lines = []
    for row, each in zip(shown, judged, strict=bool(judged)):
        cells = tuple((labels[name], str(old), str(new)) for name, (old, new) in each.changes.items()) if not row.is_done else ()
        who = " ".join(str(each.given[name]) for name in ("record_number", "given_name", "family_name") if name in each.given)
        lines.append(
            RowLine(row.line, who, row.verdict, str(row.get_verdict_display()), row.reason, row.note == "maybe_known", cells, _outcome(row))
        )
    counts = tuple((value, str(label), numbers.get(value, 0)) for value, label in ImportRow.Verdict.choices if value)
    importable = numbers.get(ImportRow.Verdict.NEW, 0) + numbers.get(ImportRow.Verdict.CHANGED, 0)
    return ImportPage(counts, importable, tuple(lines), shown[-1].line if len(found) > PAGE_SIZE else None)


def _outcome(row: ImportRow) -> str:
    words = {
        "kept_in_use": _("stays: later work depends on it"),
        "changed_since": _("stays: it was changed since"),
        "restored": _("former values are back"),
        "withdrawn": _("off the lists again"),
    }
    return words.get(row.outcome, "")
