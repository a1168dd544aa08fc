"""Rows as files that spreadsheets open: no cell of ours is ever taken for a formula."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def defused(value: object) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    text = "" if value is None else str(value)
    plain = text.replace("−", "-")
    try:
        # A decimal comma is as good as a point: files in German have it.
        float(plain.replace(",", ".", 1))
    except ValueError:
        return f"'{text}" if _is_dangerous(text) else text
    return plain


def as_meant(cell: str) -> str:
    """The text behind a cell that `defused` wrote: without the mark that keeps it from being a formula."""
    return cell[1:] if cell.startswith("'") and _is_dangerous(cell[1:]) else cell


def _is_dangerous(text: str) -> bool:
    behind = text.lstrip("'")  # a mark that was somebody's own gets another one, so that it can be taken off again
    return behind.startswith(_DANGEROUS) or _as_read(behind).startswith(_DANGEROUS)


def _as_read(text: str) -> str:
    """The text as a spreadsheet may take it: without marks that nobody sees, full-width signs as plain ones, no space in front."""
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    return unicodedata.normalize("NFKC", seen).lstrip()


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """Rows as RFC 4180 text, formulas defused."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    for row in rows:
        writer.writerow([defused(value) for value in row])
    return sheet.getvalue()
