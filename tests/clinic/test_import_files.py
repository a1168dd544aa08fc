"""Files that other programs wrote, or that somebody made to do harm: read as they are, refused by name, within bounds."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest

from clinic.importing.cells import CellRefused, Ways, day
from clinic.importing.kinds import recognised
from clinic.importing.patients import patient_fields
from clinic.importing.reading import open_file
from clinic.importing.table import FileRefused, Line, Table
from clinic.importing.workbook import Workbook
from clinic.models import Clinic

HEAD = "Patient ID,Vorname\n"


def _table(raw: bytes) -> Table | Workbook:
    return open_file(io.BytesIO(raw), {})[0]


def _read(raw: bytes) -> list[Line]:
    return list(_table(raw))


def _book(*rows: list[Any]) -> bytes:
    book: Any = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_letters_ends_of_lines_and_delimiters_are_told_apart(encoding: str, ends: str, delimiter: str) -> None:
    text = ends.join([delimiter.join(["Patient ID", "Vorname"]), delimiter.join(["K1", "Jürgen"]), ""])
    [line] = _read(text.encode(encoding))
    assert line == Line(2, {"Patient ID": "K1", "Vorname": "Jürgen"})


def test_a_line_of_ten_megabytes_refuses_itself_alone_and_is_never_held_whole() -> None:
    file = io.BytesIO(HEAD.encode() + b"K1," + b"a" * 10_000_000 + b"\nK2,B\n")
    tracemalloc.start()
    try:
        long, good = list(Table(file))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert long == Line(2, refusal="longer than 50000 characters")
    assert good.fields == {"Patient ID": "K2", "Vorname": "B"}
    assert peak < 5_000_000


def test_a_hundred_thousand_lines_are_read_in_little_memory() -> None:
    file = io.BytesIO(HEAD.encode() + b"".join(b"K%d,B\n" % number for number in range(100_000)))
    tracemalloc.start()
    try:
        count = sum(not line.refusal for line in Table(file))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 100_000
    assert peak < 5_000_000


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"\xef\xbb\xbf", "empty"),
        (b"\n\n\n", "empty"),
        (b"A,A\n1,2\n", "twice"),
        (b"Patient ID,Vor\0name\n" + b"K1,Mia\n" * 9, "not readable"),
        (b'A,"B\n1,2\n', "quote"),
        (_book(["A", "A"], [1, 2]), "twice"),
        (_book(["A", None, "C"], [1, 2, 3]), "every column"),
        (_book(), "every column"),
        (b"PK\x03\x04", "not an Excel workbook"),
        (b"%PDF-1.7\n" + bytes(range(32)) * 100, "neither"),
    ],
)
def test_a_file_without_a_usable_first_line_is_refused_and_says_why(raw: bytes, why: str) -> None:
    with pytest.raises(FileRefused, match=why):
        _read(raw)


def test_a_workbook_that_unpacks_to_a_giant_is_refused_before_it_is_unpacked() -> None:
    raw = io.BytesIO()
    archive = zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED)
    with archive, archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
        for _ in range(301):
            part.write(b" " * 1024 * 1024)
    tracemalloc.start()
    try:
        with pytest.raises(FileRefused, match="300 MB"):
            Workbook(io.BytesIO(raw.getvalue()))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5_000_000


def test_formulas_of_a_workbook_are_never_run_and_its_numbers_and_days_read_as_typed() -> None:
    raw = _book(["Patient ID", "Vorname", "DOB"], [4711.0, "=1+1", date(1961, 4, 3)], [None, None, None], ["K2", "B", "3.4.1961"])
    first, second = _read(raw)
    assert first == Line(2, {"Patient ID": "4711", "Vorname": "", "DOB": "1961-04-03"})
    assert (second.number, second.fields["DOB"]) == (4, "3.4.1961")


HARBOUR = Clinic(country="DE", time_zone="UTC")


def _ways(dates: str = "", numbers: str = "") -> Ways:
    return Ways(HARBOUR, dates, numbers, date(2026, 11, 23))


@pytest.mark.parametrize(
    ("said", "text", "meant"),
    [
        ("day_first", "03/04/1961", date(1961, 4, 3)),
        ("month_first", "03/04/1961", date(1961, 3, 4)),
        ("month_first", "3.4.1961", date(1961, 4, 3)),
        ("", "25/04/1961", date(1961, 4, 25)),
        ("", "04/25/1961", date(1961, 4, 25)),
        ("", "5/5/1961", date(1961, 5, 5)),
        ("", "1961-04-03", date(1961, 4, 3)),
        ("", "3. März 1961", date(1961, 3, 3)),
    ],
)
def test_a_day_is_read_as_was_said_or_as_it_can_only_be_read(said: str, text: str, meant: date) -> None:
    assert day(text, _ways(said)) == meant


@pytest.mark.parametrize(("said", "text"), [("", "03/04/1961"), ("", "03041961"), ("day_first", "04/25/1961"), ("month_first", "25/04/61")])
def test_a_day_that_can_be_read_in_two_ways_or_contradicts_what_was_said_is_refused(said: str, text: str) -> None:
    with pytest.raises(CellRefused):
        day(text, _ways(said))


@pytest.mark.parametrize("text", ["1e999", "0001-01-01T00:00", "31.02.1960", "9999-12-31", "30/02/61", "²", "nan", "-1", "3.4.", "0/0/0"])
def test_what_is_no_day_in_the_past_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(CellRefused) as refused:
        day(text, _ways("day_first"))
    assert text not in str(refused.value)


def test_headings_are_recognised_however_they_are_written_and_none_twice() -> None:
    found = recognised(["PATIENT_ID", "e-mail", "\uff24\uff2f\uff22", "Mobile", "Phone", "Lieblingsfarbe"], patient_fields())
    assert found == {"record_number": "PATIENT_ID", "email": "e-mail", "birth_date": "\uff24\uff2f\uff22", "phone": "Mobile"}
