"""A program brings a file in, step by step as a person does on the page; merges two records; changes the clinic's settings."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from clinic.models import AuditEvent, Clinic, Patient
from clinic.scoping import clinic_scope
from clinic.selectors.patients import find_patients
from clinic.services.import_work import work_on_next_import
from sessions.models import Course
from tests.callers import Caller
from tests.cast import Cast

LIST = "Patient ID;Vorname;Nachname;Geburtsdatum\nZ1;Zoé;Zander;03.04.1961\nZ2;Zeno;Zander;31.02.1960\nZ3;Zora;Zucker;13.01.1955\n"


@pytest.fixture
def caller(cast: Cast) -> Caller:
    return Caller(cast, cast.administrator)


def _patch(caller: Caller, path: str, body: object) -> Any:
    headers = {"Authorization": f"Bearer {caller.token}"}
    return caller.client.patch(f"/api/v1/{path}", json.dumps(body).encode(), content_type="application/json", headers=headers)


def _brought_in(caller: Caller, text: str = LIST) -> str:
    made = caller.post("harbour/imports/", {"kind": "patients", "source": "Old practice", "text": text})
    assert made.status_code == 201, made.json()
    return f"harbour/imports/{made.json()['id']}/"


def _judged(caller: Caller, text: str = LIST) -> str:
    address = _brought_in(caller, text)
    seen = caller.get(address).json()
    named = caller.post(f"{address}columns/", {"columns": seen["mapping"], "dates": "day_first"})
    assert named.status_code == 200, named.json()
    return address


@pytest.mark.django_db(transaction=True)
def test_a_file_is_brought_in_judged_imported_and_taken_back(committed_cast: Cast) -> None:
    caller = Caller(committed_cast, committed_cast.administrator)
    address = _brought_in(caller)
    seen = caller.get(address).json()
    assert (seen["state"], seen["source"], seen["rows"]) == ("uploaded", "old practice", 3)
    assert seen["mapping"] == {
        "record_number": "Patient ID",
        "given_name": "Vorname",
        "family_name": "Nachname",
        "birth_date": "Geburtsdatum",
    }
    assert caller.post(f"{address}start/", {}).status_code == 400, "nothing starts before it was judged"

    address = _judged(caller)
    seen = caller.get(address).json()
    assert (seen["state"], seen["verdicts"], seen["imported"]) == ("judged", {"new": 2, "changed": 0, "same": 0, "error": 1}, 0)
    [bad] = caller.get(f"{address}rows/", verdict="error").json()["results"]
    assert (bad["line"], bad["done"], bad["patient"]) == (3, False, None)
    assert bad["reason"] == "Date of birth is no date in the past"

    assert caller.post(f"{address}start/", {}, key="night").status_code == 200
    assert caller.post(f"{address}start/", {}, key="night").headers["Idempotent-Replay"] == "true"
    assert work_on_next_import(committed_cast.harbour.pk)
    assert caller.get(address).json()["imported"] == 2
    rows = caller.get(f"{address}rows/").json()
    assert [(row["line"], row["done"]) for row in rows["results"]] == [(2, True), (3, False), (4, True)]
    assert rows["after"] is None
    with clinic_scope(committed_cast.harbour.pk):
        assert [line.record_number for line in find_patients("Zoé Zander")] == ["Z1"]
        assert AuditEvent.objects.filter(action="imports.read", patient_id=rows["results"][0]["patient"]).exists()

    assert caller.post(f"{address}undo/", {}).status_code == 200
    assert work_on_next_import(committed_cast.harbour.pk)
    assert caller.get(address).json()["state"] == "undone"
    with clinic_scope(committed_cast.harbour.pk):
        assert find_patients("Zoé Zander") == []


@pytest.mark.django_db
def test_no_cell_of_a_file_leaves_through_the_interface(caller: Caller) -> None:
    address = _judged(caller)
    for path in ("harbour/imports/", address, f"{address}rows/"):
        said = caller.get(path).content.decode()
        assert [word for word in ("Zander", "Zora", "1961", "1955") if word in said] == []


@pytest.mark.django_db
def test_rows_are_read_on_behind_a_line(caller: Caller) -> None:
    text = "Record number,Name\n" + "".join(f"W{number},Zora\n" for number in range(120))
    address = _judged(caller, text)
    lines: list[int] = []
    after = None
    while True:
        page = caller.get(f"{address}rows/", **({"after": str(after)} if after else {})).json()
        lines += [row["line"] for row in page["results"]]
        after = page["after"]
        if after is None:
            break
    assert lines == list(range(2, 122))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "patients", "source": "a:b", "text": LIST}, "text"),
        ({"kind": "patients", "source": "old", "text": "Patient ID\n"}, ""),
        ({"kind": "elephants", "source": "old", "text": LIST}, "kind"),
        ({"kind": "patients", "source": "old", "text": LIST, "options": {"colour": "blue"}}, "options"),
        ({"kind": "patients", "source": "old"}, "text"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_where_it_is_wrong(caller: Caller, body: object, field: str) -> None:
    answer = caller.post("harbour/imports/", body)
    if field:
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    else:  # a file without rows is kept, and says what is wrong with it
        seen = caller.get(f"harbour/imports/{answer.json()['id']}/").json()
        assert (seen["state"], seen["problem"]) == ("failed", "The file has no rows below its first line.")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"columns": {"record_number": "No such column"}}, "record_number"),
        ({"columns": {"shoe_size": "Vorname"}}, "shoe_size"),
        ({"columns": {"record_number": "Vorname", "given_name": "Vorname"}}, "columns"),
        ({"columns": {"record_number": "Patient ID"}, "dates": "backwards"}, "dates"),
        ({"columns": {}}, "columns"),
    ],
)
def test_columns_that_cannot_be_meant_are_refused_by_name(caller: Caller, body: object, field: str) -> None:
    address = _brought_in(caller)
    answer = caller.post(f"{address}columns/", body)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    assert caller.get(address).json()["state"] == "uploaded"


@pytest.mark.django_db
def test_a_file_of_which_nothing_is_wanted_is_forgotten(caller: Caller) -> None:
    address = _brought_in(caller)
    assert caller.post(f"{address}discard/", {}).status_code == 200
    assert caller.get(f"{address}rows/").json()["results"] == []
    assert caller.post(f"{address}columns/", {"columns": {"record_number": "Patient ID"}}).status_code == 400


@pytest.mark.django_db
def test_two_records_of_one_person_become_one(cast: Cast) -> None:
    caller = Caller(cast, cast.front_desk)
    with clinic_scope(cast.harbour.pk):
        courses = Course.objects.filter(patient__in=[cast.ada, cast.ben]).count()
        moved = Course.objects.filter(patient=cast.ben).count()
    answer = caller.post(f"harbour/patients/{cast.ada.pk}/merges/", {"other": str(cast.ben.pk), "reason": "passport seen"})
    assert (answer.status_code, answer.json()) == (201, {"id": str(cast.ada.pk), "courses": moved})
    with clinic_scope(cast.harbour.pk):
        assert Course.objects.filter(patient=cast.ada).count() == courses
        assert Patient.objects.get(pk=cast.ben.pk).merged_into_id == cast.ada.pk
    again = caller.post(f"harbour/patients/{cast.ada.pk}/merges/", {"other": str(cast.ben.pk), "reason": "passport seen"})
    assert (again.status_code, list(again.json()["fields"])) == (400, ["other"])


@pytest.mark.django_db
@pytest.mark.parametrize("whom", ["oneself", "nobody", "stranger"])
def test_a_record_merges_with_another_one_of_its_clinic_only(cast: Cast, whom: str) -> None:
    caller = Caller(cast, cast.front_desk)
    others = {"oneself": cast.ada.pk, "nobody": uuid4(), "stranger": cast.foreign_patient.pk}
    answer = caller.post(f"harbour/patients/{cast.ada.pk}/merges/", {"other": str(others[whom]), "reason": "passport seen"})
    assert (answer.status_code, answer.json()["fields"]) == (400, {"other": ["There is none with this id."]})


@pytest.mark.django_db
def test_settings_are_read_and_changed_one_by_one(cast: Cast, caller: Caller) -> None:
    before = caller.get("harbour/settings/").json()
    assert before["small_cell_minimum"] == 5
    answer = _patch(caller, "harbour/settings/", {"small_cell_minimum": 10, "telephone": "030 555"})
    assert answer.json() == before | {"small_cell_minimum": 10, "telephone": "030 555"}
    kept = Clinic.objects.get(pk=cast.harbour.pk)
    assert (kept.small_cell_minimum, kept.telephone, kept.name) == (10, "030 555", before["name"])
    with clinic_scope(cast.harbour.pk):
        event = AuditEvent.objects.get(action="clinic.change")
    assert event.detail["before"] == {"small_cell_minimum": 5, "telephone": before["telephone"]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"small_cell_minimum": 1}, "small_cell_minimum"),
        ({"small_cell_minimum": "5"}, "small_cell_minimum"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"country": "de"}, "country"),
        ({"slug": "meadow"}, "slug"),
        ({"require_second_factor": True}, "require_second_factor"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_name(caller: Caller, body: object, field: str) -> None:
    before = caller.get("harbour/settings/").json()
    answer = _patch(caller, "harbour/settings/", body)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    assert caller.get("harbour/settings/").json() == before
