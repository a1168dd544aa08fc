"""Files that other programs wrote, or that somebody made to do harm: read as they are, refused by name, within bounds."""

from __future__ import annotations

import csv
import io
import tracemalloc
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic.importing.cells import CellRefused, Ways, clock, day, day_and_time, number, whole
from clinic.importing.headings import plain
from clinic.importing.kinds import kinds, recognised
from clinic.importing.patients import patient_fields
from clinic.importing.reading import open_file
from clinic.importing.table import FileRefused, Line, Table
from clinic.importing.workbook import Workbook
from clinic.models import Clinic

HEAD = "Patient ID,Vorname\n"
ROOT = Path(__file__).resolve().parents[2]
HEADING_FILES = [ROOT / floor / "importing" / "headings.csv" for floor in ("clinic", "sessions", "outcomes")]


HARBOUR = Clinic(country="DE", time_zone="UTC")


def _ways(dates: str = "", numbers: str = "") -> Ways:
    return Ways(HARBOUR, dates, numbers, date(2026, 11, 23))


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


def _damaged(raw: bytes, here: bytes, by: bytes) -> bytes:
    """The workbook with these bytes of its sheet replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as whole, zipfile.ZipFile(made, "w") as damaged:
        for name in whole.namelist():
            part = whole.read(name)
            if name.startswith("xl/worksheets/"):
                assert here in part
                part = part.replace(here, by)
            damaged.writestr(name, part)
    return made.getvalue()


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


def test_a_gigabyte_in_a_workbook_is_refused_in_little_memory() -> None:
    raw = io.BytesIO()
    archive = zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
        for _ in range(1024):
            part.write(bytes(1024 * 1024))
    tracemalloc.start()
    try:
        with pytest.raises(FileRefused):
            Workbook(io.BytesIO(raw.getvalue()))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5_000_000


def test_a_workbook_whose_texts_alone_would_fill_the_memory_is_refused() -> None:
    raw = io.BytesIO()
    archive = zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED)
    with archive, archive.open("xl/sharedStrings.xml", "w") as part:
        part.write(bytes(41 * 1024 * 1024))
    with pytest.raises(FileRefused, match="40 MB"):
        Workbook(io.BytesIO(raw.getvalue()))


def test_a_header_of_ten_thousand_columns_is_refused() -> None:
    with pytest.raises(FileRefused, match="too many columns"):
        _read(",".join(f"c{number}" for number in range(10_000)).encode() + b"\n1\n")
    with pytest.raises(FileRefused, match="too many columns"):
        _read(_book([f"c{number}" for number in range(1_001)], [1]))


@pytest.mark.parametrize(
    ("chosen", "raw", "cells"),
    [
        ({"encoding": "cp1252"}, "A,B\nü,1\n".encode("cp1252"), ["ü", "1"]),
        ({"encoding": "utf-16"}, "A,B\nü,1\n".encode("utf-16-le"), ["ü", "1"]),
        ({"delimiter": "semicolon"}, b"A;B,C\n1;2,3\n", ["1", "2,3"]),
        ({"delimiter": "tab"}, b"A\tB\n1\t2\n", ["1", "2"]),
    ],
)
def test_letters_and_divider_can_be_said(chosen: dict[str, str], raw: bytes, cells: list[str]) -> None:
    table, _how = open_file(io.BytesIO(raw), chosen)
    [line] = table
    assert list(line.fields.values()) == cells


@given(
    st.lists(st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=20), min_size=3, max_size=3), max_size=8)
)
def test_whatever_a_program_writes_is_read_back_or_refused_by_its_line(rows: list[list[str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["A", "B", "C"])
    writer.writerows(rows)
    found = {line.number: line for line in _read(text.getvalue().encode())}
    for place, row in enumerate(rows, 2):
        line = found.get(place)
        assert line is None or line.refusal or list(line.fields.values()) == [cell.strip() for cell in row]
        assert line is not None or not "".join(row).strip(" ,")


@given(st.binary(max_size=400))
def test_no_bytes_do_worse_than_be_refused(raw: bytes) -> None:
    try:
        lines = _read(raw)
    except FileRefused:
        return
    assert all(line.refusal or all("\0" not in cell for cell in line.fields.values()) for line in lines)


@given(st.text(max_size=30))
def test_no_cell_does_worse_than_be_refused_and_none_is_quoted(text: str) -> None:
    for read in (day, number, whole, clock, day_and_time):
        try:
            read(text, _ways())
            said = ""
        except CellRefused as refused:
            said = str(refused)
        assert len(text) < 4 or text not in said


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.sampled_from([("point", "."), ("comma", ",")]))
def test_a_decimal_is_read_with_the_mark_that_was_said_and_not_with_the_other(value: Decimal, said: tuple[str, str]) -> None:
    way, mark = said
    written = f"{value:f}".replace(".", mark)
    assert number(written, _ways(numbers=way)) == value
    with pytest.raises(CellRefused):
        number(written, _ways(numbers={"point": "comma", "comma": "point"}[way]))


@given(st.dates(date(1900, 1, 1), date(2026, 11, 22)), st.sampled_from(["day_first", "month_first"]))
def test_a_day_that_was_written_in_the_order_that_was_said_is_read_back(on: date, said: str) -> None:
    written = f"{on:%d/%m/%Y}" if said == "day_first" else f"{on:%m/%d/%Y}"
    assert day(written, _ways(said)) == on
    assert day(on.isoformat(), _ways(said)) == on


@pytest.mark.parametrize("text", ["1.500", "1,500", "-12.000"])
def test_what_may_be_a_thousand_is_not_taken_for_a_decimal(text: str) -> None:
    with pytest.raises(CellRefused, match="thousand"):
        number(text, _ways())
    assert number("0.125", _ways()) == Decimal("0.125")
    assert number("7.1250", _ways()) == Decimal("7.125")


def test_a_number_of_a_workbook_with_three_decimals_is_no_thousand() -> None:
    [line] = _read(_book(["Value"], [7.125]))
    assert number(line.fields["Value"], _ways()) == Decimal("7.125")


@pytest.mark.parametrize("file", HEADING_FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_known_heading_has_its_language_and_its_reason_and_means_one_thing(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert rows
    assert [row for row in rows if row["language"] not in {"en", "de"} or not row["why"].strip() or None in row] == []
    meant: dict[str, set[str]] = {}
    for row in rows:
        meant.setdefault(plain(row["heading"]), set()).add(row["field"])
    assert {heading: fields for heading, fields in meant.items() if len(fields) > 1} == {}


def test_every_kind_recognises_each_of_its_columns_and_no_heading_means_two() -> None:
    for kind in kinds().values():
        fields = kind.fields({})
        meant = {(heading, field.key) for field in fields for heading in field.headers}
        assert all(field.headers for field in fields), kind.key
        assert len(meant) == len({heading for heading, _key in meant}), kind.key


@pytest.mark.parametrize(
    ("here", "by"),
    [
        (b'<row r="9">', b"<<"),
        (b'<c r="A9"', b'<c r="ZZZZ9"'),
        (b'<c r="A9" t="inlineStr">', b'<c r="A9" t="s"><v>999</v>'),
        (b'<c r="A9" t="inlineStr">', b'<c r="A9" t="d"><v>x</v>'),
        (b"</sheetData>", b""),
        (b'<row r="12">', b'<row r="99999999">'),
    ],
    ids=["torn", "column", "text", "day", "cut", "row"],
)
def test_a_sheet_that_is_damaged_behind_its_first_rows_is_refused_and_not_an_error(here: bytes, by: bytes) -> None:
    rows = iter(_table(_damaged(_book(["Patient ID"], *[[f"P{n}"] for n in range(11)]), here, by)))
    assert next(rows).fields == {"Patient ID": "P0"}
    with pytest.raises(FileRefused, match="not an Excel workbook that can be read"):
        list(rows)


def test_rows_and_columns_beyond_what_a_sheet_says_of_its_size_are_read_all_the_same() -> None:
    raw = _damaged(_book(["Patient ID", "Vorname"], ["P1", "A"], ["P2", "B"]), b'<dimension ref="A1:B3"', b'<dimension ref="A1:A2"')
    assert [line.fields for line in _read(raw)] == [{"Patient ID": "P1", "Vorname": "A"}, {"Patient ID": "P2", "Vorname": "B"}]


def test_formulas_of_a_workbook_are_never_run_and_its_numbers_and_days_read_as_typed() -> None:
    raw = _book(["Patient ID", "Vorname", "DOB"], [4711.0, "=1+1", date(1961, 4, 3)], [None, None, None], ["K2", "B", "3.4.1961"])
    first, second = _read(raw)
    assert first == Line(2, {"Patient ID": "4711", "Vorname": "", "DOB": "1961-04-03"})
    assert (second.number, second.fields["DOB"]) == (4, "3.4.1961")


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


def test_the_headings_of_a_german_practice_are_recognised() -> None:
    german = "Pat.-Nr.;Nachname;Vorname;Geb.-Datum;Geschl.;Telefon 1;Mailadresse;Muttersprache;Darf angeschrieben werden;Bemerkung"
    found = recognised(german.split(";"), patient_fields())
    assert found == {
        "record_number": "Pat.-Nr.",
        "family_name": "Nachname",
        "given_name": "Vorname",
        "birth_date": "Geb.-Datum",
        "sex": "Geschl.",
        "phone": "Telefon 1",
        "email": "Mailadresse",
        "language": "Muttersprache",
        "messages_agreed": "Darf angeschrieben werden",
    }
    courses = recognised(["Pat.-Nr.", "Diagnose", "ICD", "Beginn", "Ende", "Abschlussgrund"], kinds()["courses"].fields({}))
    assert list(courses) == ["record_number", "complaint", "icd10_code", "started_on", "ended_on", "end_reason"]
    visits = ["Pat.-Nr.", "Datum", "Uhrzeit", "Behandler", "Maßnahme", "Schmerz vorher", "Schmerz nachher", "Notiz"]
    named = ["record_number", "date", "time", "therapist", "treatment", "pain_before", "pain_after", "note"]
    assert list(recognised(visits, kinds()["visits"].fields({}))) == named
