"""A patient list of another program: a verdict for every row before anything is stored, no bad one blocks a good one, and a way back."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from clinic.models import AuditEvent, Consent, ImportBatch, ImportRow, Patient
from clinic.scoping import clinic_scope
from clinic.selectors.patients import PersonLine, find_patients, may_message, person
from clinic.services.import_work import work_on_next_import
from clinic.services.patients import change_identity, change_patient, record_consent, register_patient
from sessions.models import Course
from sessions.services.visits import walk_in
from tests.callers import proved
from tests.cast import Cast

PAGE = "/c/harbour/imports/"
HEAD = "Patient ID,First name,Last name,DOB,Phone,Email,Consent,Complaint,Started on,Favourite colour"


def _list(rows: int, bad: dict[int, str]) -> bytes:
    good = "P{n},Given{n},Family{n},{day:02}.03.1960,030 23125 {n:03},p{n}@example.org,yes,neck pain,2026-01-05,blue"
    lines = [bad.get(n, good.format(n=n, day=n % 28 + 1)) for n in range(rows)]
    return "\n".join([HEAD, *lines]).encode()


FIFTY = _list(50, {7: "P7,A,B,31.02.1960,,,,,,", 19: "P19,A,B,,,no address,,,,", 33: "P32,A,B,,,,,,,"})


@pytest.fixture
def client(committed_cast: Cast) -> Client:
    client = Client()
    client.force_login(committed_cast.administrator.user)
    proved(client, committed_cast.administrator.user)
    return client


def _upload(client: Client, raw: bytes, name: str = "list.csv", source: str = "Old practice") -> Any:
    return client.post(PAGE, {"kind": "patients", "source": source, "file": SimpleUploadedFile(name, raw)})


def _judged(client: Client, cast: Cast, raw: bytes, **more: str) -> tuple[str, str]:
    """Upload, accept the recognised columns; the page's address and its text."""
    address = _upload(client, raw, **more).headers["Location"]
    with clinic_scope(cast.harbour.pk):
        batch = ImportBatch.objects.latest("uploaded_at")
    answer = client.post(address, {"step": "judge", **batch.mapping, **batch.settings})
    assert answer.status_code == 302, answer.content.decode()
    return address, client.get(address).content.decode()


def _run(client: Client, cast: Cast, address: str, step: str = "import") -> None:
    assert client.post(address, {"step": step}).status_code == 302
    assert work_on_next_import(cast.harbour.pk)


def _one(number: str) -> PersonLine:
    [found] = [line for line in find_patients(number) if line.record_number == number]
    return found


def _verdicts(cast: Cast) -> dict[str, int]:
    with clinic_scope(cast.harbour.pk):
        batch = ImportBatch.objects.latest("uploaded_at")
        found = ImportRow.objects.filter(batch=batch).values_list("verdict", flat=True)
        return {verdict: list(found).count(verdict) for verdict in set(found)}


@pytest.mark.django_db(transaction=True)
def test_three_bad_rows_of_fifty_are_marked_and_the_others_come_in(client: Client, committed_cast: Cast) -> None:
    cast = committed_cast
    address, page = _judged(client, cast, FIFTY)
    assert _verdicts(cast) == {"new": 47, "error": 3}
    assert "Import 47 rows" in page
    refused = client.get(f"{address}?verdict=error").content.decode()
    for reason in ("Date of birth is no date in the past", "E-mail is not an e-mail address", "stands in line 34 already"):
        assert reason in refused, reason
    with clinic_scope(cast.harbour.pk):
        before = Patient.objects.count()
        assert find_patients("Family1") == []
    _run(client, cast, address)
    with clinic_scope(cast.harbour.pk):
        assert Patient.objects.count() == before + 47
        one = _one("P5")
        assert (one.full_name, one.birth_date, one.phone, one.email) == (
            "Given5 Family5",
            date(1960, 3, 6),
            "+493023125005",
            "p5@example.org",
        )
        assert may_message(one.patient_id)
        [course] = Course.objects.filter(patient=one.patient_id)
        assert (course.complaint, course.started_on) == ("neck_pain", date(2026, 1, 5))
    assert "47 rows were imported" in client.get(address).content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_same_file_again_changes_nothing_and_an_empty_cell_erases_nothing(client: Client, committed_cast: Cast) -> None:
    cast = committed_cast
    address, _page = _judged(client, cast, FIFTY)
    _run(client, cast, address)
    _judged(client, cast, FIFTY)
    assert _verdicts(cast) == {"same": 47, "error": 3}
    changed = f"{HEAD}\nP1,Given1,Family1,,030 23125 555,,,,,\nP2,,,,,,,,,\n".encode()
    address, page = _judged(client, cast, changed)
    assert _verdicts(cast) == {"changed": 1, "same": 1}
    assert "<del>+493023125001</del> <ins>+493023125555</ins>" in page
    _run(client, cast, address)
    with clinic_scope(cast.harbour.pk):
        one = _one("P1")
        assert (one.phone, one.email, one.birth_date) == ("+493023125555", "p1@example.org", date(1960, 3, 2))


@pytest.mark.django_db(transaction=True)
def test_an_import_is_taken_back_but_for_what_later_work_depends_on(client: Client, committed_cast: Cast) -> None:
    cast = committed_cast
    with clinic_scope(cast.harbour.pk):
        known = register_patient(actor=cast.actor(), given_name="Old", family_name="Name", record_number="P3", phone="030 23125 700")
        courses = Course.objects.count()
    address, _page = _judged(client, cast, FIFTY)
    _run(client, cast, address)
    with clinic_scope(cast.harbour.pk):
        used = _one("P9")
        walk_in(actor=cast.actor(), course=Course.objects.get(patient=used.patient_id))
        since = _one("P3")
        assert (since.patient_id, since.full_name) == (known.pk, "Given3 Family3")
    _run(client, cast, address, step="undo")
    with clinic_scope(cast.harbour.pk):
        assert [line.record_number for line in find_patients("Family")] == ["P9"]
        back = person(known.pk)
        assert (back.full_name, back.phone) == ("Old Name", "+493023125700")
        assert Course.objects.count() == courses + 1  # of the patient with a visit
    assert "stays: later work depends on it" in client.get(address).content.decode()


@pytest.mark.django_db(transaction=True)
def test_what_was_changed_since_is_not_overwritten_by_taking_back(client: Client, committed_cast: Cast) -> None:
    cast = committed_cast
    with clinic_scope(cast.harbour.pk):
        known = register_patient(actor=cast.actor(), given_name="A", family_name="B", record_number="K1", phone="030 23125 700")
    address, _page = _judged(client, cast, b"Patient ID,Phone\nK1,030 23125 701\n")
    _run(client, cast, address)
    with clinic_scope(cast.harbour.pk):
        change_identity(actor=cast.actor(), patient=known, phone="030 23125 702")
    _run(client, cast, address, step="undo")
    with clinic_scope(cast.harbour.pk):
        assert person(known.pk).phone == "+493023125702"
    assert "stays: it was changed since" in client.get(address).content.decode()


@pytest.mark.django_db(transaction=True)
def test_taking_back_takes_back_what_the_file_said_of_consent_and_nothing_that_was_corrected_since(
    client: Client, committed_cast: Cast
) -> None:
    cast = committed_cast
    with clinic_scope(cast.harbour.pk):
        silent, agreed = (
            register_patient(actor=cast.actor(), record_number=number, email=f"{number}@example.org") for number in ("K1", "K2")
        )
        record_consent(actor=cast.actor(), patient=agreed, purpose=Consent.Purpose.MESSAGES, given=True)
    address, _page = _judged(client, cast, b"Patient ID,Sex,Consent\nK1,f,yes\nK2,f,no\n")
    _run(client, cast, address)
    with clinic_scope(cast.harbour.pk):
        assert (may_message(silent.pk), may_message(agreed.pk)) == (True, False)
        assert Consent.objects.get(patient=silent).text_version == "import"
        silent.refresh_from_db()
        change_patient(actor=cast.actor(), patient=silent, sex="male")
    _run(client, cast, address, step="undo")
    with clinic_scope(cast.harbour.pk):
        assert (may_message(silent.pk), may_message(agreed.pk)) == (False, True)
        assert list(Patient.objects.filter(record_number__in=["K1", "K2"]).order_by("record_number").values_list("sex", flat=True)) == [
            "male",
            "unknown",
        ]
    address, _page = _judged(client, cast, b"Patient ID,Consent\nK1,yes\n")
    _run(client, cast, address)
    with clinic_scope(cast.harbour.pk):
        assert may_message(silent.pk)
        record_consent(actor=cast.actor(), patient=silent, purpose=Consent.Purpose.MESSAGES, given=False)
    _run(client, cast, address, step="undo")
    with clinic_scope(cast.harbour.pk):
        assert not may_message(silent.pk)


@pytest.mark.django_db(transaction=True)
def test_no_file_overturns_a_refusal_that_was_recorded_here(client: Client, committed_cast: Cast) -> None:
    cast = committed_cast
    with clinic_scope(cast.harbour.pk):
        refused = register_patient(actor=cast.actor(), record_number="K1", email="k@example.org")
        record_consent(actor=cast.actor(), patient=refused, purpose=Consent.Purpose.MESSAGES, given=False)
    address, page = _judged(client, cast, b"Patient ID,Consent,Phone\nK1,yes,030 23125 701\n")
    assert "messages were refused here: that stays" in page
    _run(client, cast, address)
    with clinic_scope(cast.harbour.pk):
        assert person(refused.pk).phone == "+493023125701"
        assert not may_message(refused.pk)


def _xlsx(rows: list[Any]) -> bytes:
    book: Any = Workbook()
    for row in rows:
        book.active.append(row)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


@pytest.mark.django_db(transaction=True)
def test_a_workbook_is_read_like_a_file_and_the_source_remembers_its_columns(client: Client, committed_cast: Cast) -> None:
    cast = committed_cast
    rows = [["Kennung", "Rufname", "Geb"], [4711, "Mia", date(1980, 2, 29)], [4712, "Noa", None]]
    address = _upload(client, _xlsx(rows), "list.xlsx").headers["Location"]
    mapping = {"record_number": "Kennung", "given_name": "Rufname", "birth_date": "Geb"}
    assert client.post(address, {"step": "judge", **mapping}).status_code == 302
    assert _verdicts(cast) == {"new": 2}
    again = _upload(client, _xlsx(rows), "list.xlsx").headers["Location"]
    assert client.get(again).content.decode().count("selected>Kennung") == 1
    _run(client, cast, address)
    with clinic_scope(cast.harbour.pk):
        assert find_patients("4711")[0].birth_date == date(1980, 2, 29)


def _bomb() -> bytes:
    raw = io.BytesIO()
    archive = zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED)
    with archive, archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
        for _ in range(310):
            part.write(b"\0" * 1024 * 1024)
    return raw.getvalue()


NASTY: dict[str, bytes] = {
    "empty": b"",
    "only a header": b"Patient ID,Phone\n",
    "a column twice": b"Phone,Phone\n1,2\n",
    "a header of NUL": b"Pho\0ne\n1\n",
    "a broken workbook": b"PK\x03\x04 and nothing more",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "ten thousand columns": ",".join(f"c{n}" for n in range(10_000)).encode() + b"\n1\n",
    "two thousand columns": ",".join(f"c{n}" for n in range(2_000)).encode() + b"\n1\n",
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", [*NASTY, "a bomb"])
def test_a_file_that_cannot_be_read_is_refused_at_its_field_and_leaves_nothing(client: Client, committed_cast: Cast, name: str) -> None:
    answer = _upload(client, NASTY[name] if name in NASTY else _bomb())
    assert answer.status_code == 422
    assert "id_file_error" in answer.content.decode() or "error-message" in answer.content.decode()
    with clinic_scope(committed_cast.harbour.pk):
        assert not ImportBatch.objects.exists()
        assert not ImportRow.objects.exists()


ODD_ROWS = [
    "X1,\x00,B",
    'X2,"unclosed,B',
    "X3,A,B,C,D",
    "X4," + "a" * 60_000 + ",B",
    "X5,=1+1,@SUM",
    "X6,\u202egnp,\U0001f600",
    "X7,A" + "\u0301" * 40 + ",B",
]


@pytest.mark.django_db(transaction=True)
def test_odd_rows_refuse_themselves_alone(client: Client, committed_cast: Cast) -> None:
    raw = "\ufeff" + "Patient ID,First name,Last name\n" + "\n".join([*ODD_ROWS, "X9,Good,Row"]) + "\n"
    address, _page = _judged(client, committed_cast, raw.encode())
    assert _verdicts(committed_cast) == {"error": 4, "new": 4}
    _run(client, committed_cast, address)
    with clinic_scope(committed_cast.harbour.pk):
        assert person(find_patients("X5")[0].patient_id).full_name == "=1+1 @SUM"
        assert find_patients("X9")[0].full_name == "Good Row"


@pytest.mark.django_db(transaction=True)
def test_a_list_in_windows_letters_with_semicolons_keeps_its_umlauts(client: Client, committed_cast: Cast) -> None:
    raw = "Patientennummer;Vorname;Nachname;Geburtsdatum\r\nW1;Jürgen;Groß;3.4.1961\r\n".encode("cp1252")
    address, _page = _judged(client, committed_cast, raw)
    _run(client, committed_cast, address)
    with clinic_scope(committed_cast.harbour.pk):
        assert person(find_patients("W1")[0].patient_id).full_name == "Jürgen Groß"


@pytest.mark.django_db(transaction=True)
def test_a_thousand_rows_are_previewed_within_five_seconds_and_pages_ask_the_same(client: Client, committed_cast: Cast) -> None:
    cast = committed_cast
    began = time.process_time()
    address, _page = _judged(client, cast, _list(1000, {}))
    assert time.process_time() - began < 5  # our own CPU: the database's time is small beside it
    assert _verdicts(cast) == {"new": 1000}
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    few_address, _page = _judged(client, cast, _list(1, {}), source="few")
    with CaptureQueriesContext(connection) as few:
        client.get(few_address)
    assert len(many) == len(few)


@pytest.mark.django_db(transaction=True)
def test_rows_are_sealed_in_the_database_and_no_name_stands_in_the_audit(client: Client, committed_cast: Cast) -> None:
    address, _page = _judged(client, committed_cast, FIFTY)
    _run(client, committed_cast, address)
    with clinic_scope(committed_cast.harbour.pk), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(encode(cells, 'escape'), ' ') || string_agg(reason, ' ') FROM clinic_importrow")
        stored = cursor.fetchone()[0]
        trace = str(list(AuditEvent.objects.filter(action__startswith="import.").values_list("detail", flat=True)))
    assert "Family" not in stored
    assert "Family" not in trace


@pytest.mark.django_db(transaction=True)
def test_steps_out_of_order_and_unknown_columns_are_refused(client: Client, committed_cast: Cast) -> None:
    address = _upload(client, FIFTY).headers["Location"]
    for form in ({"step": "import"}, {"step": "undo"}, {"step": "x"}, {"step": "judge"}, {"step": "judge", "phone": "No such column"}):
        assert client.post(address, form).status_code == 422, form
    with clinic_scope(committed_cast.harbour.pk):
        assert ImportBatch.objects.get().state == "uploaded"
