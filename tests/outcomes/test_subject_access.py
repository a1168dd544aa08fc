"""What is kept about one person goes to that person: every column of every table, and nothing of anybody else."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from clinic.encryption import SealedJSONField
from clinic.exporting.tables import table_name
from clinic.local.servers import DATABASE
from clinic.models import AuditEvent, Export, ImportBatch, Membership, Patient
from clinic.scoping import clinic_scope
from clinic.services.emergency import name_for_emergencies, open_in_emergency
from clinic.services.exports import ExportRefused, ask_for_export, make_next_export
from clinic.services.imports import judge_import, read_import, receive_import
from clinic.services.messages import queue_message
from clinic.services.patients import change_identity, change_patient, register_patient
from clinic.services.worklist import open_task
from clinic.writes import SYSTEM_TASK
from outcomes.models import Response
from outcomes.services.invitations import invite, save_survey_draft
from outcomes.services.responses import record_response, void_response
from sessions.models import Visit
from sessions.records import LaserRecord, OtherRecord, VisitRecord
from sessions.services.merging import merge_patients
from sessions.services.visits import amend_visit, save_draft, sign_visit, walk_in
from tests.callers import proved
from tests.cast import HARBOUR_CANARY, Cast
from tests.embedded import Cluster

PAGE = "/c/harbour/exports/"
KEPT_BACK = {"token_hash", "answers_hash", "business_key", "search_numbers", "exact_numbers", "address", "request_id"}


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


def _treatment(cast: Cast, word: str) -> VisitRecord:
    laser = LaserRecord(
        device_id=cast.device.pk,
        region="lumbar",
        side="both",
        technique="scanning_contact",
        average_power_w=Decimal(12),
        emission_s=Decimal(420),
        treated_area_cm2=Decimal(500),
    )
    other = OtherRecord(kind="manual_therapy", code="joint_mobilisation", region="lumbar", side="both", minutes=10)
    return VisitRecord(
        occurred_at=timezone.now(),
        pain_before=6,
        pain_after=4,
        reaction="none",
        skin_checked=True,
        laser=(laser,),
        other=(other,),
        note=word,
    )


def _a_life(cast: Cast, course: Any, word: str) -> None:
    """One row at least of everything that can be kept about somebody."""
    actor, patient = cast.actor(), course.patient
    visit = walk_in(actor=actor, course=course)
    save_draft(actor=actor, visit=visit, form={"note": [word]}, revision=0)
    signed = sign_visit(actor=actor, visit=walk_in(actor=actor, course=course), record=_treatment(cast, word))
    amend_visit(actor=actor, visit=signed, reason=word, changes={}, text=word)
    stored = record_response(
        actor=actor,
        course=course,
        answers={"nprs-leg-7d": {"leg": 5}},
        occasion="baseline",
        mode="paper",
        answered_by="patient",
        occurred_at=timezone.now(),
        zone="Europe/Berlin",
    )
    void_response(actor=actor, response=Response.objects.get(pk=stored.responses[0]), reason=word)
    open_task(actor=actor, kind="follow_up", patient=patient, subject_id=uuid4())
    invited = invite(
        actor=actor, course=course, occasion="baseline", due_on=timezone.localdate(), instruments=["nprs-back-7d"], visit=visit
    )
    queue_message(actor=actor, patient=patient, kind="invitation", subject_id=invited.pk, business_key=word)
    save_survey_draft(actor=actor, invitation=invited, answers={"nprs-back-7d": {"back": 3}})
    change_patient(actor=actor, patient=patient, sex="other")
    member = Membership.objects.get(pk=cast.front_desk.pk)
    name_for_emergencies(actor=cast.actor(cast.administrator), member=member, may=True)
    open_in_emergency(actor=actor, member=member, patient=patient, reason=f"{word} {word}")


def _staged(cast: Cast, patient: Patient, word: str) -> None:
    text = f"Patient ID,First name\n{patient.record_number},{word}\n"
    batch = receive_import(actor=cast.actor(), member=cast.administrator, source=word, file=io.BytesIO(text.encode()))
    read_import(actor=cast.actor(), batch=batch)
    judge_import(
        actor=cast.actor(), batch=ImportBatch.objects.get(pk=batch.pk), mapping={"record_number": "Patient ID", "given_name": "First name"}
    )


def _about_people() -> list[type[models.Model]]:
    """Every model, former states included, whose rows lead to a patient; found here by the models alone."""
    return [model for model in apps.get_models() if getattr(getattr(model, "pgh_tracked_model", model), "path_to_patient", "")]


def _as_nobody_may(cluster: Cluster, statement: str) -> None:
    """Past every trigger and wall, as the superuser of the cluster."""
    cluster.postgres.sql(f"SET session_replication_role = replica; {statement}", database=DATABASE)


def _former_states(cluster: Cluster, clinic: Any) -> None:
    """A former state of every row whose table keeps them."""
    for model in _about_people():
        tracked = getattr(model, "pgh_tracked_model", None)
        if tracked is not None:
            kept = {field.column for field in model._meta.concrete_fields}
            columns = ", ".join(field.column for field in tracked._meta.concrete_fields if field.column in kept)
            extra = {"pgh_created_at": "now()", "pgh_label": "'before_change'", "pgh_obj_id": "id"}
            given = {name: value for name, value in extra.items() if name in kept}
            _as_nobody_may(
                cluster,
                f"INSERT INTO {model._meta.db_table} ({columns}, {', '.join(given)}) "
                f"SELECT {columns}, {', '.join(given.values())} FROM {tracked._meta.db_table} WHERE clinic_id = '{clinic}'",
            )


_DROP_CHECKS = """
DO $$ DECLARE each record; BEGIN
    FOR each IN SELECT conrelid::regclass AS place, conname FROM pg_constraint
        WHERE contype = 'c' AND connamespace = 'public'::regnamespace AND conparentid = 0 AND conrelid <> 0 LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', each.place, each.conname);
    END LOOP;
END $$"""


def _canaries(cluster: Cluster, clinic: Any) -> dict[str, str]:
    """Write a word of its own into every text column of every row of this clinic that leads to a patient; where → the word's beginning."""
    _as_nobody_may(cluster, _DROP_CHECKS)  # of this clone, which is thrown away: a word fits where a code would have to stand
    made: dict[str, str] = {}
    for model in _about_people():
        for field in model._meta.concrete_fields:
            is_text = type(field) in (models.CharField, models.TextField) and not field.choices and not isinstance(field, SealedJSONField)
            if is_text and not field.primary_key and field.attname not in KEPT_BACK:
                table, column = model._meta.db_table, field.column
                room = field.max_length or 40
                made[f"{table}.{column}"] = word = f"c{len(made)}x"
                assert len(word) <= room, f"{table}.{column}"
                leads = "patient_id" in {each.column for each in model._meta.concrete_fields}
                of_people = " AND patient_id IS NOT NULL" if leads else ""
                told_apart = f"'{word}' || left(md5(ctid::text), {min(3, room - len(word))})"
                _as_nobody_may(cluster, f"UPDATE {table} SET {column} = {told_apart} WHERE clinic_id = '{clinic}'{of_people}")
    return made


@pytest.mark.django_db(transaction=True)
def test_each_column_about_a_person_is_in_their_file(committed_cast: Cast, asker: Client, cluster: Cluster) -> None:
    cast = committed_cast
    with clinic_scope(cast.harbour.pk):
        _a_life(cast, cast.ada_course, "ada")
        _staged(cast, cast.ada, "Ada")
    _as_nobody_may(cluster, f"UPDATE clinic_importrow SET patient_id = '{cast.ada.pk}'")
    _former_states(cluster, cast.harbour.pk)
    archive = _asked(asker, cast, cast.ada)
    assert [model.__name__ for model in _about_people() if not _table(archive, table_name(model))] == []
    with clinic_scope(cast.harbour.pk):
        number = cast.ada.record_number
    canaries = _canaries(cluster, cast.harbour.pk)
    _as_nobody_may(cluster, f"UPDATE clinic_patient SET record_number = '{number}' WHERE id = '{cast.ada.pk}'")
    text = "".join(_asked(asker, cast, cast.ada).read(name).decode() for name in archive.namelist() if name.endswith(".csv"))
    del canaries["clinic_patient.record_number"]
    assert [where for where, word in canaries.items() if word not in text] == []
    assert HARBOUR_CANARY in text


@pytest.mark.django_db(transaction=True)
def test_nothing_of_anybody_else_is_in_it(committed_cast: Cast, asker: Client) -> None:
    cast = committed_cast
    with clinic_scope(cast.harbour.pk):
        _a_life(cast, cast.ada_course, "ada")
        _a_life(cast, cast.ben_course, "benword")
        change_identity(actor=cast.actor(), patient=cast.ben, phone="030 23125 777")
        _staged(cast, cast.ben, "Benjaminword")
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
