"""An export as one file: a ZIP of CSV files, or one workbook. Written row by row, so that memory does not grow with the clinic."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from clinic.exporting.tables import Table, dictionary, left_out
from clinic.spreadsheets import defused

MOST_SHEET_ROWS = 1_000_000
LONGEST_CELL = 32_000  # a workbook's cell holds 32,767 characters
# What XML cannot hold: some programs put a vertical tab between the lines of what is copied out of them.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class TooManyRows(ValueError):
    """A table has more rows than a workbook's sheet can hold: choose CSV."""


def write_csv(path: Path, tables: Sequence[Table], about: str, *, as_json: bool = False) -> dict[str, int]:
    """Write a ZIP with a CSV file per table, the dictionary and a note; rows per table. `as_json`: the same once more for programs.

    JSON is held in memory whole: it is for what is kept about one person.
    """
    counts: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables:
            with archive.open(f"{table.name}.csv", "w", force_zip64=True) as raw:
                text = io.TextIOWrapper(raw, encoding="utf-8-sig", newline="")
                counts[table.name] = _rows_into(csv.writer(text).writerow, table)
                text.flush()
                text.detach()
        sheet = io.StringIO()
        csv.writer(sheet).writerows(dictionary(tables))
        archive.writestr("dictionary.csv", "\ufeff" + sheet.getvalue())
        if as_json:
            archive.writestr("record.json", json.dumps(_as_objects(tables), ensure_ascii=False, indent=1, default=_cell))
        archive.writestr("about.txt", about + _listed(counts))
    return counts


def _as_objects(tables: Sequence[Table]) -> dict[str, list[dict[str, Any]]]:
    return {table.name: [dict(zip([each.name for each in table.columns], row, strict=True)) for row in table.rows()] for table in tables}


def _rows_into(write: Callable[[list[str]], Any], table: Table) -> int:
    write([column.name for column in table.columns])
    number = 0
    for row in table.rows():
        write([_cell(value) for value in row])
        number += 1
    return number


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return defused(value)


def write_xlsx(path: Path, tables: Sequence[Table], about: str) -> dict[str, int]:
    """Write one workbook with a sheet per table, the dictionary and a note. Raises TooManyRows."""
    # openpyxl costs some 20 MB of memory: only a process that writes a workbook loads it.
    from openpyxl import Workbook

    book, counts = Workbook(write_only=True), {}
    note = book.create_sheet("about")
    for table in tables:
        sheet = book.create_sheet(table.name[:31])
        sheet.append([column.name for column in table.columns])
        number = 0
        for number, row in enumerate(table.rows(), 1):
            if number > MOST_SHEET_ROWS:
                raise TooManyRows(table.name)
            sheet.append([_typed(sheet, value) for value in row])
        counts[table.name] = number
    words = book.create_sheet("dictionary")
    for line in dictionary(tables):
        words.append(list(line))
    mark = "\N{REPLACEMENT CHARACTER}"
    limits = f"Texts of more than {LONGEST_CELL} characters are cut and end in …, control characters are {mark}: CSV holds both.\n"
    for text in (about + limits + _listed(counts)).splitlines():
        note.append([text])
    book.save(path)
    return counts


def _typed(sheet: Any, value: Any) -> Any:
    """Numbers as numbers; everything else as text that no spreadsheet reads as a formula."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=_fitting(_cell(value)))
    cell.data_type = "s"
    return cell


def _fitting(text: str) -> str:
    """A text as a workbook can hold it; what it cannot hold shows."""
    text = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"


def _listed(counts: dict[str, int]) -> str:
    rows = "".join(f"{name}: {number}\n" for name, number in sorted(counts.items()))
    missing = "".join(f"{name}: {why}\n" for name, why in left_out())
    return f"\nRows\n{rows}\nLeft out\n{missing}"
