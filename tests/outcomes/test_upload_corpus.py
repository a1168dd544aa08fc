"""Files that no honest program writes, through the page: each is refused at its field or row by row, never a fault, never half a batch.

What one file, its letters, its lines and its giants do to the reading alone stands in tests/clinic/test_import_files.py.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from openpyxl import Workbook, load_workbook

from clinic.exporting.tables import tables
from clinic.exporting.writing import write_csv, write_xlsx
from clinic.models import ImportBatch, ImportRow, PatientIdentity
from clinic.scoping import clinic_scope
from clinic.services.import_work import work_on_next_import
from clinic.services.patients import OWN_FIELDS, register_patient
from tests.callers import proved
from tests.cast import Cast
from tests.house.test_access import _rows_of

PAGE = "/c/harbour/imports/"
HEAD = "Record number,Given name,Family name,Date of birth,Phone\n"
ROW = "K1,Kim,Klein,1960-03-04,030 23125 100\n"
TYPES = (
    '<?xml version="1.0"?>{doctype}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def _workbook(*rows: list[Any]) -> bytes:
    book, raw = Workbook(), io.BytesIO()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
    book.save(raw)
    return raw.getvalue()


def _changed(raw: bytes, **parts: bytes | None) -> bytes:
    """A workbook with other parts in it; None takes one out."""
    made, wanted = io.BytesIO(), {name.replace("__", "/").replace("_dot_", "."): each for name, each in parts.items()}
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in wanted:
                new.writestr(name, old.read(name))
        for name, each in wanted.items():
            if each is not None:
                new.writestr(name, each)
    return made.getvalue()


def _archive(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return made.getvalue()


GOOD = _workbook(["Record number", "Given name", "Family name"], ["K1", "Kim", "Klein"])
TEXTS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'

CORPUS: dict[str, bytes] = {
    "empty": b"",
    "one byte": b"\x00",
    "only spaces": b" \r\n \r\n",
    "only headings": HEAD.encode(),
    "headings twice": b"Phone,Phone\n1,2\n",
    "headings twice but for spaces": b"Phone, Phone \n1,2\n",
    "headings twice but for width": "Phone,Ｐhone\n1,2\n".encode(),
    "an empty heading": b"Phone,\n1,2\n",
    "a heading of 40,000 letters": b"a" * 40_000 + b"\n1\n",
    "a heading that is a formula": b"=cmd|'/c calc'!A0,Phone\n1,2\n",
    "a million columns": b"," * 1_000_000 + b"\n1\n",
    "a line of ten megabytes": HEAD.encode() + b"x" * 10_000_000 + b"\n" + ROW.encode(),
    "a cell of 40,000 letters": (HEAD + "K1," + "x" * 40_000 + ",Klein,,\n").encode(),
    "a quote never closed": (HEAD + 'K1,"Kim,Klein,,\n' + ROW).encode(),
    "a quote never closed in the headings": b'"Phone,Name\n1,2\n',
    "NULs": (HEAD + "K\x001,K\x00im,Klein,,\n").encode(),
    "bad bytes in UTF-8": HEAD.encode() + "K1,Jürgen,Groß,,\n".encode() + b"K2,\xff\xfe\xc3,B,,\n" * 3,
    "Windows letters": HEAD.encode() + "K1,Jürgen,Groß,,\n".encode("cp1252"),
    "bytes that Windows does not know": HEAD.encode() + b"K1,\x81\x8d\x8f\x90\x9d,B,,\n",
    "UTF-16": (HEAD + ROW).encode("utf-16"),
    "UTF-16 without a mark": (HEAD + ROW).encode("utf-16-le"),
    "UTF-16 cut in two": (HEAD + ROW).encode("utf-16")[:-1],
    "UTF-16 with a lone surrogate": HEAD.encode("utf-16") + b"\x00\xd8,\x00",
    "UTF-32": (HEAD + ROW).encode("utf-32"),
    "UTF-8 after a mark of UTF-16": b"\xff\xfe" + (HEAD + ROW).encode(),
    "three marks": b"\xef\xbb\xbf" * 3 + (HEAD + ROW).encode(),
    "UTF-7": (HEAD + "K1,+ADw-script+AD4-,B,,\n").encode(),
    "only carriage returns": (HEAD + ROW).replace("\n", "\r").encode(),
    "odd ends of lines": (HEAD + "K1,A\x0bB\x85C\u2028D,E,,\n").encode(),
    "too many and too few cells": (HEAD + "K1\nK2,a,b,c,d,e,f\n" + ROW).encode(),
    "dates that are none": (
        HEAD + "".join(f"K{n},A,B,{on},\n" for n, on in enumerate(["0000-00-00", "9999-12-31", "1e400", "-1"]))
    ).encode(),
    "numbers that are none": (HEAD + "".join(f"K{n},A,B,,{tel}\n" for n, tel in enumerate(["NaN", "1e400", "٣٤٥", "²²²"]))).encode(),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "a PDF": b"%PDF-1.7\n" + bytes(range(256)) * 20,
    "an old .xls": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096),
    "an .ods": _archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": b"<office/>"}),
    "a zip of a CSV": _archive(**{"list.csv": (HEAD + ROW).encode()}),
    "a zip of a workbook": _archive(**{"list.xlsx": GOOD}),
    "a zip of nothing": _archive(),
    "names that climb out": _archive(**{"../../etc/passwd": b"x", "/xl/workbook.xml": b"x"}),
    "a gzip": b"\x1f\x8b\x08\x00" + bytes(200),
    "a workbook cut off": GOOD[:-200],
    "a workbook with other bytes in the middle": GOOD[:400] + b"\xff" * 200 + GOOD[600:],
    "a workbook without its sheet": _changed(GOOD, **{"xl/worksheets/sheet1.xml": None}),
    "a workbook without its index": _changed(GOOD, **{"xl/workbook.xml": None}),
    "a workbook with laughs in its index": _changed(GOOD, **{"[Content_Types].xml": TYPES.format(doctype=LAUGHS).encode()}),
    "a workbook with laughs in its texts": _changed(
        GOOD, **{"xl/sharedStrings.xml": LAUGHS.encode() + TEXTS + b"<si><t>&i;</t></si>" * 9 + b"</sst>"}
    ),
    "a workbook that reads a file of ours": _changed(
        GOOD, **{"xl/sharedStrings.xml": OUTSIDE.encode() + TEXTS + b"<si><t>&x;</t></si>" * 9 + b"</sst>"}
    ),
    "a workbook with laughs in its sheet": _changed(
        GOOD, **{"xl/worksheets/sheet1.xml": LAUGHS.encode() + SHEET + b'<row><c t="inlineStr"><is><t>&i;</t></is></c></row>'}
    ),
    "a workbook whose texts are a bomb": _changed(GOOD, **{"xl/sharedStrings.xml": TEXTS + b"<si><t>" + b"a" * 45_000_000}),
    "a workbook whose texts are a bomb among the sheets": _changed(
        _changed(GOOD, **{"xl/sharedStrings.xml": None, "xl/_rels/workbook.xml.rels": None}),
        **{
            "xl/worksheets/texts.xml": TEXTS + b"<si><t>" + b"a" * 60_000_000 + b"</t></si></sst>",
            "xl/_rels/workbook.xml.rels": zipfile.ZipFile(io.BytesIO(GOOD))
            .read("xl/_rels/workbook.xml.rels")
            .replace(b"/xl/sharedStrings.xml", b"/xl/worksheets/texts.xml")
            .replace(b'"sharedStrings.xml', b'"worksheets/texts.xml'),
            "[Content_Types].xml": zipfile.ZipFile(io.BytesIO(GOOD))
            .read("[Content_Types].xml")
            .replace(b"/xl/sharedStrings.xml", b"/xl/worksheets/texts.xml"),
        },
    ),
    "a workbook with a cell in the last column": _changed(
        GOOD,
        **{"xl/worksheets/sheet1.xml": SHEET + b'<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'},
    ),
    "a workbook with a row after the last": _changed(
        GOOD, **{"xl/worksheets/sheet1.xml": SHEET + b'<row r="99999999"><c r="A99999999"><v>1</v></c></row></sheetData></worksheet>'}
    ),
    "a workbook of formulas": _workbook(["Record number", "Given name"], ["=1+1", '=HYPERLINK("http://x","y")'], ["+1", "@SUM(1)"]),
    "a workbook of errors": _workbook(["Record number", "Given name"], ["#REF!", "#DIV/0!"]),
}


@pytest.fixture
def browser(cast: Cast) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(cast.administrator.user)
    proved(client, cast.administrator.user)
    return client


def _taken_through(browser: Client, cast: Cast, raw: bytes, kind: str, name: str) -> tuple[list[int], str]:
    """Uploaded, looked at, its columns named as recognised, and refused or carried out; all statuses, and what the last page said."""
    given = browser.post(PAGE, {"kind": kind, "source": "odd", "file": SimpleUploadedFile(name, raw)})
    statuses, said = [given.status_code], given.content.decode()
    if given.status_code != 302:
        return statuses, said
    page = given.headers["Location"]
    with clinic_scope(cast.harbour.pk):
        batch = ImportBatch.objects.latest("uploaded_at")
        if batch.state == ImportBatch.State.RECEIVED:
            work_on_next_import(cast.harbour.pk)
            batch.refresh_from_db()
    statuses.append(browser.get(page).status_code)
    steps = ({"step": "judge", **batch.mapping, **batch.settings}, {"step": "import"})
    statuses += [browser.post(page, step).status_code for step in steps]
    work_on_next_import(cast.harbour.pk)
    after = browser.get(page)
    return [*statuses, after.status_code], after.content.decode()


OF_PATIENTS = {"clinic_patient", "clinic_patientidentity", "clinic_patientsearch", "clinic_consent"}


# What gets past the door, and so to what each kind makes of its rows.
READABLE = ["NULs", "dates that are none", "numbers that are none", "too many and too few cells", "a workbook of formulas"]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "files"), [("patients", list(CORPUS)), ("courses", READABLE), ("visits", READABLE), ("scores", READABLE)])
def test_no_file_is_a_fault_and_none_leaves_half_of_itself(browser: Client, cast: Cast, kind: str, files: list[str]) -> None:
    wrong, before = [], _rows_of(cast.harbour.pk)
    for number, told in enumerate(files):
        raw = CORPUS[told]
        with transaction.atomic():
            statuses, said = _taken_through(browser, cast, raw, kind, ("list.csv", "list.xlsx", "../../list.txt")[number % 3])
            with clinic_scope(cast.harbour.pk):
                went_in = ImportRow.objects.filter(verdict__in=["new", "change"]).exists()
            changed = {name for name, rows in _rows_of(cast.harbour.pk).items() if rows != before[name]}
            transaction.set_rollback(True)
        if max(statuses) >= 500:
            wrong.append(f"{told}: {statuses}")
        if statuses == [422] and not any(mark in said for mark in ('id="id_file_error"', "error-message")):
            wrong.append(f"{told}: refused without a word")
        if statuses == [422] and changed - {"clinic_auditevent", "clinic_auditcounter"}:
            wrong.append(f"{told}: refused, and yet {sorted(changed)}")
        if not went_in and changed & OF_PATIENTS:
            wrong.append(f"{told}: no good row, and yet {sorted(changed)}")
        if "root:x:" in said or "hahaha" in said:
            wrong.append(f"{told}: an entity was resolved")
    assert not wrong, "\n".join(wrong)


def test_a_table_of_texts_that_lies_among_the_sheets_is_refused_for_its_size(browser: Client, cast: Cast) -> None:
    said = _taken_through(browser, cast, CORPUS["a workbook whose texts are a bomb among the sheets"], "patients", "list.xlsx")[1]
    assert "more than 40 MB of texts" in said


PEOPLE: list[dict[str, Any]] = [
    {"given_name": "=HYPERLINK(1)", "family_name": "+49 Klein"},
    {"given_name": "\uff1dfull", "family_name": "@width"},
    {"given_name": "'", "family_name": "'=quoted"},
    {"given_name": 'O\'Brien; "Jo"', "family_name": "a,b|c", "email": "jo@example.org", "phone": "030 23125 100"},
    {"given_name": "\u00c1ngela", "family_name": "\u0141ukasz-\u05d0\u05d1", "birth_date": date(1940, 2, 29), "sex": "female"},
    {"given_name": "-1", "family_name": "0012", "birth_date": date(2001, 2, 3), "language": "de"},
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_patients_who_were_exported_are_the_same_where_they_are_imported(committed_cast: Cast, tmp_path: Path, form: str) -> None:
    cast, path = committed_cast, tmp_path / f"export.{form}"
    with clinic_scope(cast.harbour.pk):
        for number, each in enumerate(PEOPLE):
            person: Any = {"birth_date": None, **each}
            register_patient(actor=cast.actor(), record_number=f"R-{number:03}", **person)
        names = [table for table in tables(with_names=True) if table.name == "patient_name"]
        (write_csv if form == "csv" else write_xlsx)(path, names, "")
        kept = _people()
    raw = path.read_bytes()
    raw = zipfile.ZipFile(io.BytesIO(raw)).read("patient_name.csv") if form == "csv" else _first_sheet(raw, "patient_name")
    stranger = Client()
    stranger.force_login(cast.stranger.user)
    proved(stranger, cast.stranger.user)
    page = stranger.post(
        "/c/meadow/imports/", {"kind": "patients", "source": "harbour", "file": SimpleUploadedFile(f"list.{form}", raw)}
    ).headers["Location"]
    with clinic_scope(cast.meadow.pk):
        before = set(_people())
        batch = ImportBatch.objects.get()
    for step in ({"step": "judge", **batch.mapping, **batch.settings}, {"step": "import"}):
        assert stranger.post(page, step).status_code == 302
    assert work_on_next_import(cast.meadow.pk)
    with clinic_scope(cast.meadow.pk):
        assert {number: each for number, each in _people().items() if number not in before} == {
            number: each for number, each in kept.items() if number not in before
        }


def _people() -> dict[str, dict[str, Any]]:
    """What identifies everybody in the open clinic, by record number. Carers and consent do not travel in a list of patients."""
    found = {}
    for each in PatientIdentity.objects.select_related("patient"):
        own = {name: getattr(each, name) for name in OWN_FIELDS}
        found[each.patient.record_number] = own | {"sex": each.patient.sex, "language": each.patient.language}
    return found


def _first_sheet(raw: bytes, name: str) -> bytes:
    """The workbook as somebody leaves it who deletes its other sheets."""
    book, made = load_workbook(io.BytesIO(raw)), io.BytesIO()
    for other in [sheet for sheet in book.sheetnames if sheet != name]:
        del book[other]
    book.save(made)
    return made.getvalue()
