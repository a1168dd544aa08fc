"""What is kept about one person goes to that person: every column of every table, and nothing of anybody else."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from clinic.exporting.tables import table_name
from clinic.models import AuditEvent, Export, Patient
from clinic.scoping import clinic_scope
from clinic.services.exports import ExportRefused, ask_for_export, make_next_export
from clinic.services.patients import change_identity, register_patient
from clinic.writes import SYSTEM_TASK
from sessions.models import Visit
from sessions.services.merging import merge_patients
from tests.callers import proved
from tests.cast import HARBOUR_CANARY, Cast
from tests.embedded import Cluster
from tests.outcomes.lives import a_life, about_people, as_nobody_may, canaries, former_states, staged

PAGE = "/c/harbour/exports/"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.EXPORT_DIR = str(tmp_path / "exports")


@pytest.fixture
def asker(committed_cast: Cast) -> Client:
    client = Client()
    client.force_login(committed_cast.administrator.user)
    proved(client, committed_cast.administrator.user)
    return client


def _asked(client: Client, cast: Cast, patient: Patient) -> zipfile.ZipFile:
    answer = client.post(PAGE, {"file_format": "csv", "record_number": patient.record_number})
    assert answer.status_code == 302, answer.content.decode()
    assert make_next_export(cast.harbour.pk, actor=SYSTEM_TASK)
    with clinic_scope(cast.harbour.pk):
        export = Export.objects.latest("requested_at")
    fetched: Any = client.get(f"{PAGE}{export.pk}/file/")
    return zipfile.ZipFile(io.BytesIO(b"".join(fetched.streaming_content)))


def _table(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode("utf-8-sig"))))


@pytest.mark.django_db(transaction=True)
def test_each_column_about_a_person_is_in_their_file(committed_cast: Cast, asker: Client, cluster: Cluster) -> None:
    cast = committed_cast
    with clinic_scope(cast.harbour.pk):
        a_life(cast, cast.ada_course, "ada")
        staged(cast, cast.ada, "Ada")
    as_nobody_may(cluster, f"UPDATE clinic_importrow SET patient_id = '{cast.ada.pk}'")
    former_states(cluster, cast.harbour.pk)
    archive = _asked(asker, cast, cast.ada)
    assert [model.__name__ for model in about_people() if not _table(archive, table_name(model))] == []
    with clinic_scope(cast.harbour.pk):
        number = cast.ada.record_number
    written = canaries(cluster, cast.harbour.pk)
    as_nobody_may(cluster, f"UPDATE clinic_patient SET record_number = '{number}' WHERE id = '{cast.ada.pk}'")
    text = "".join(_asked(asker, cast, cast.ada).read(name).decode() for name in archive.namelist() if name.endswith(".csv"))
    del written["clinic_patient.record_number"]
    assert [where for where, word in written.items() if word not in text] == []
    assert HARBOUR_CANARY in text


@pytest.mark.django_db(transaction=True)
def test_nothing_of_anybody_else_is_in_it(committed_cast: Cast, asker: Client) -> None:
    cast = committed_cast
    with clinic_scope(cast.harbour.pk):
        a_life(cast, cast.ada_course, "ada")
        a_life(cast, cast.ben_course, "benword")
        change_identity(actor=cast.actor(), patient=cast.ben, phone="030 23125 777")
        staged(cast, cast.ben, "Benjaminword")
        others = {str(row) for row in Patient.objects.exclude(pk=cast.ada.pk).values_list("pk", flat=True)}
        others |= {str(row) for row in Visit.objects.exclude(course__patient=cast.ada).values_list("pk", flat=True)}
    archive = _asked(asker, cast, cast.ada)
    text = "".join(archive.read(name).decode() for name in archive.namelist())
    assert [word for word in ("benword", "23125", "Benjaminword", "O'Brien", *others) if word in text] == []


@pytest.mark.django_db(transaction=True)
def test_a_record_that_was_merged_comes_with_the_one_in_use(committed_cast: Cast, asker: Client) -> None:
    cast = committed_cast
    with clinic_scope(cast.harbour.pk):
        other = register_patient(actor=cast.actor(), given_name="Adelheid", family_name="Zweitakte")
        merge_patients(actor=cast.actor(), kept=cast.ada, absorbed=other, reason="passport seen")
    archive = _asked(asker, cast, other)
    assert {row["id"] for row in _table(archive, "patient")} == {str(cast.ada.pk), str(other.pk)}
    assert str(other.pk) in {row["patient_id"] for row in _table(archive, "audit_event")}


@pytest.mark.django_db(transaction=True)
def test_programs_find_the_same_rows_as_json(committed_cast: Cast, asker: Client) -> None:
    archive = _asked(asker, committed_cast, committed_cast.ada)
    objects = json.loads(archive.read("record.json"))
    names = [name.removesuffix(".csv") for name in archive.namelist() if name.endswith(".csv") and name != "dictionary.csv"]
    assert {name: len(objects[name]) for name in objects} == {name: len(_table(archive, name)) for name in names}
    assert {row["id"] for row in objects["score"]} == {row["id"] for row in _table(archive, "score")}


@pytest.mark.django_db(transaction=True)
def test_that_it_was_asked_for_and_fetched_stands_in_the_persons_audit(committed_cast: Cast, asker: Client) -> None:
    _asked(asker, committed_cast, committed_cast.ada)
    with clinic_scope(committed_cast.harbour.pk):
        actions = AuditEvent.objects.filter(patient_id=committed_cast.ada.pk, action__startswith="export").order_by("sequence")
        assert list(actions.values_list("action", flat=True)) == ["export.ask", "export.finish", "export.fetch"]


@pytest.mark.django_db
def test_an_unknown_number_is_refused_at_its_field(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.administrator.user)
    proved(client, cast.administrator.user)
    for number in ("no such number", cast.foreign_patient.record_number + "-"):
        answer = client.post(PAGE, {"file_format": "csv", "record_number": number})
        assert (answer.status_code, "There is no record with this number." in answer.content.decode()) == (422, True)
    with clinic_scope(cast.harbour.pk):
        assert not Export.objects.exists()


@pytest.mark.django_db
def test_whoever_may_not_export_names_gets_no_persons_file(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk), pytest.raises(ExportRefused):
        ask_for_export(actor=cast.actor(), member=cast.therapist, file_format="csv", with_names=False, patient=cast.ada)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM clinic_export")
        assert cursor.fetchone() == (0,)
