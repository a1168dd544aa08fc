"""Reading the first sheet of an Excel workbook as the same lines that a CSV file gives."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO

from clinic.importing.table import MOST_COLUMNS, FileRefused, Line
from clinic.spreadsheets import as_meant

# A small file can unpack to a giant one.
LARGEST_UNPACKED = 300 * 1024 * 1024
INDEX, LARGEST_INDEX = "[Content_Types].xml", 1024 * 1024
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
# The sheet is read row by row; its table of texts has to be held whole.
LARGEST_TEXTS = 40 * 1024 * 1024
# Excel's own last row: a row with a larger number only costs time.
LAST_ROW = 1_048_576


_BROKEN = "This is not an Excel workbook that can be read. Save it as .xlsx or as CSV."


class Workbook:
    """A workbook open for reading, once. Values are taken as they are stored; formulas give their last result, never run.

    Raises FileRefused for what is no workbook, unpacks to too much, or has no usable first row.
    """

    def __init__(self, file: BinaryIO) -> None:
        # openpyxl costs some 20 MB of memory: only a process that reads a workbook loads it.
        from openpyxl import load_workbook

        try:
            with zipfile.ZipFile(file) as archive:
                _refuse_giants(archive)
            file.seek(0)
            sheet: Any = load_workbook(file, read_only=True, data_only=True, keep_links=False).worksheets[0]
            sheet.reset_dimensions()  # what the sheet says about its size is often wrong: rows beyond it would be lost
            self._rows = _refusing_broken_parts(sheet.iter_rows(values_only=True))
            header = next(self._rows, ())
        except FileRefused:
            raise
        except Exception:  # noqa: BLE001 - openpyxl raises whatever the broken part raises
            raise FileRefused(_BROKEN) from None
        names = [_text(cell) for cell in header]
        while names and not names[-1]:
            names.pop()
        if not names or "" in names:
            raise FileRefused("The first row has to name every column.")
        if len(set(names)) != len(names) or len(names) > MOST_COLUMNS:
            raise FileRefused("The first row names a column twice, or too many columns.")
        self.columns = names

    def __iter__(self) -> Iterator[Line]:
        for number, row in enumerate(self._rows, 2):
            if number > LAST_ROW:
                raise FileRefused(_BROKEN)
            cells = [_text(cell) for cell in row[: len(self.columns)]]
            if any(cell not in {None, ""} for cell in row[len(self.columns) :]):
                yield Line(number, refusal="more fields than the first row names")
            elif any(cells):
                padded = cells + [""] * (len(self.columns) - len(cells))
                yield Line(number, dict(zip(self.columns, padded, strict=False)))


def _refusing_broken_parts(rows: Iterator[Any]) -> Iterator[Any]:
    """The rows, as long as they can be read: the sheet may be damaged in any of them."""
    try:
        yield from rows
    except Exception:  # noqa: BLE001 - as above
        raise FileRefused(_BROKEN) from None


def _refuse_giants(archive: zipfile.ZipFile) -> None:
    if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
        raise FileRefused("The workbook unpacks to more than 300 MB. Save the sheet as CSV.")
    sheets = _sheets(archive)
    if sum(part.file_size for part in archive.infolist() if part.filename not in sheets) > LARGEST_TEXTS:
        raise FileRefused("The workbook holds more than 40 MB of texts or pictures. Save the sheet as CSV.")


def _sheets(archive: zipfile.ZipFile) -> set[str]:
    """The parts that are sheets and nothing else, by what the workbook's index says: a table of texts may lie beside them."""
    from openpyxl.packaging.manifest import Manifest
    from openpyxl.xml.functions import fromstring

    index = archive.NameToInfo.get(INDEX)
    if index is None or index.file_size > LARGEST_INDEX:
        return set()
    manifest: Any = Manifest.from_tree(fromstring(archive.read(INDEX)))  # type: ignore[arg-type]  # openpyxl types its own trees
    declared = [(part.PartName.lstrip("/"), part.ContentType) for part in manifest.Override]
    others = {name for name, kind in declared if kind != SHEET}
    return {name for name, kind in declared if kind == SHEET} - others


def _text(value: Any) -> str:
    """A cell as a person would have typed it: whole numbers without ".0", days as ISO dates.

    A number with three decimals gets a fourth one, so that nobody takes it for a thousand.
    """
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, float):
        written = str(value)
        return f"{written}0" if len(written.partition(".")[2]) == 3 else written
    return as_meant(str(value).replace("\0", "").strip())
