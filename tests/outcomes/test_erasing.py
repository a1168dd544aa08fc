"""Whoever is erased is found afterwards only where the retention table says, and no backup brings them back."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction
from django.test import Client
from django.utils import timezone

from clinic.backup.programs import program, surroundings
from clinic.local.servers import OWNER
from clinic.models import AuditEvent, Erasure, Export, IdempotencyKey, Patient, PatientIdentity, Task
from clinic.scoping import clinic_scope
from clinic.services.exports import ask_for_export, file_of, make_next_export
from clinic.services.patients import register_patient
from clinic.services.worklist import open_task
from clinic.writes import SYSTEM_COMMAND, SYSTEM_TASK, Actor, audited, writes
from outcomes.erasing.ledger import read_ledger
from outcomes.erasing.replay import everything
from outcomes.erasing.retention import AT_ONCE, NEVER, decisions, years_later
from outcomes.selectors.erasing import past_their_time
from outcomes.services.erasing import delete_records_past_their_time, erase_patient, keep_ledger, reference_of
from sessions.services.merging import merge_patients
from tests.callers import proved
from tests.cast import Cast
from tests.embedded import Cluster
from tests.outcomes.lives import a_life, about_people, as_nobody_may, canaries, former_states, staged

PAGE = "/c/harbour/erasures/"
LONG_AFTER = date(2200, 1, 1)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.EXPORT_DIR = str(tmp_path / "exports")
    settings.ERASURE_LEDGER = str(tmp_path / "ledger" / "erasures.jsonl")
    return tmp_path


@pytest.fixture
def administrator(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator.user)
    proved(client, cast.administrator.user)
    return client


def _dump(cluster: Cluster) -> str:
    """Everything in the database, as PostgreSQL writes it out."""
    url = cluster.postgres.url(OWNER)
    argv = [str(program("pg_dump", 18)), "--data-only", "--no-password"]
    return subprocess.run(argv, env=surroundings(url), check=True, capture_output=True, text=True).stdout


def _words_of(patient: Patient, written: dict[str, str]) -> dict[str, set[str]]:
    """table.column → the words that stand there about this person."""
    found: dict[str, set[str]] = {}
    for model in about_people():
        tracked: Any = getattr(model, "pgh_tracked_model", model)
        path = str(tracked.path_to_patient).replace(".", "__")
        for field in model._meta.concrete_fields:
            where = f"{model._meta.db_table}.{field.column}"
            if where in written:
                rows = model.objects.filter(**{path: patient.pk}).values_list(field.attname, flat=True)  # type: ignore[attr-defined]
                found[where] = {str(value) for value in rows if value}
    return found


def test_every_column_about_a_person_has_a_decision() -> None:
    expected = {model._meta.db_table: {field.column for field in model._meta.concrete_fields} for model in about_people()}
    assert set(decisions()) == set(expected)
    undecided = {
        table: sorted(str(each) for each in columns ^ (decisions()[table].emptied | decisions()[table].kept))
        for table, columns in expected.items()
        if decisions()[table].rows_go != AT_ONCE and columns != decisions()[table].emptied | decisions()[table].kept
    }
    assert undecided == {}
    assert [table for table, each in decisions().items() if each.emptied & each.kept] == []


@pytest.mark.django_db(transaction=True)
def test_after_an_erasure_each_word_is_found_only_where_it_was_decided_to_stay(
    committed_cast: Cast, cluster: Cluster, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cast = committed_cast
    with clinic_scope(cast.harbour.pk):
        a_life(cast, cast.ada_course, "Adaswort")
        staged(cast, cast.ada, "Adaswort")
        done = open_task(actor=cast.actor(), kind="follow_up", patient=cast.ada, subject_id=cast.ada_course.pk)
        sealed = bytes(_raw("SELECT sealed FROM clinic_patientidentity WHERE patient_id = %s", cast.ada.pk))
        ask_for_export(actor=cast.actor(), member=cast.administrator, file_format="csv", with_names=True, patient=cast.ada)
    as_nobody_may(cluster, f"UPDATE clinic_importrow SET patient_id = '{cast.ada.pk}'")
    as_nobody_may(cluster, f"UPDATE clinic_task SET state = 'done' WHERE id = '{done.pk}'")
    former_states(cluster, cast.harbour.pk)
    assert make_next_export(cast.harbour.pk, actor=SYSTEM_TASK)
    written = canaries(cluster, cast.harbour.pk)
    with clinic_scope(cast.harbour.pk):
        words = _words_of(cast.ada, written)
        patient = Patient.objects.get(pk=cast.ada.pk)
        export = Export.objects.get()
        assert file_of(export).is_file()
        before = _dump(cluster)
        assert [where for where, each in words.items() if not each or not all(word in before for word in each)] == []
        row = erase_patient(actor=cast.actor(cast.administrator), member=cast.administrator, patient=patient, reason="asked")
        keep_ledger()
    text = _dump(cluster)
    found = {where for where, each in words.items() if any(word in text for word in each)}
    stays = {f"{table}.{column}" for table, each in decisions().items() if each.rows_go != AT_ONCE for column in each.kept}
    assert found == stays & set(words)
    assert [word for word in ("Adaswort", sealed.hex()) if word in text] == []
    assert not file_of(export).exists()
    everywhere = "".join(path.read_text(errors="replace") for path in folder.rglob("*") if path.is_file()) + caplog.text
    assert [each for values in words.values() for each in values if each in everywhere] == []
    with clinic_scope(cast.harbour.pk):
        assert PatientIdentity.objects.get(patient=patient).fields == {}
        assert Patient.objects.get(pk=patient.pk).record_number == row.reference
        assert delete_records_past_their_time(actor=SYSTEM_TASK, today=LONG_AFTER) == 1
    text = _dump(cluster)
    left = {where.partition(".")[0] for where, each in words.items() if any(word in text for word in each)}
    assert left == {table for table, each in decisions().items() if each.rows_go == NEVER} == {"clinic_auditevent"}


def _raw(statement: str, *given: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_backup_from_before_an_erasure_does_not_bring_the_person_back(committed_cast: Cast, cluster: Cluster) -> None:
    cast = committed_cast
    with clinic_scope(cast.harbour.pk):
        kept = "CREATE TABLE kept_{0} AS SELECT * FROM {0} WHERE {1} = '{2}'"
        as_nobody_may(cluster, kept.format("clinic_patientidentity", "patient_id", cast.ada.pk))
        as_nobody_may(cluster, kept.format("clinic_patient", "id", cast.ada.pk))
        erase_patient(actor=cast.actor(), member=cast.administrator, patient=cast.ada, reason="asked")
        assert (keep_ledger(), keep_ledger()) == (1, 0)
    back = "DELETE FROM clinic_erasure; {}".format(
        " ".join(
            f"DELETE FROM {table} WHERE {key} = '{cast.ada.pk}'; INSERT INTO {table} SELECT * FROM kept_{table};"
            for table, key in (("clinic_patientidentity", "patient_id"), ("clinic_patient", "id"))
        )
    )
    as_nobody_may(cluster, back)
    with clinic_scope(cast.harbour.pk):
        assert PatientIdentity.objects.get(patient=cast.ada).family_name
    [check] = everything()
    assert (check.passed, check.found) == (True, "1 in the ledger, 1 of them repeated")
    with clinic_scope(cast.harbour.pk):
        assert PatientIdentity.objects.get(patient=cast.ada).fields == {}
        assert Patient.objects.get(pk=cast.ada.pk).record_number == reference_of(cast.ada.pk)
        assert AuditEvent.objects.filter(action="patient.erase_again", patient_id=cast.ada.pk).count() == 1
    assert everything()[0].found == "1 in the ledger, 0 of them repeated"


@pytest.mark.django_db
def test_a_ledger_that_was_changed_or_is_missing_is_told(cast: Cast, settings: Any) -> None:
    assert (everything()[0].passed, "no erasure ledger" in everything()[0].found) == (True, True)
    with clinic_scope(cast.harbour.pk):
        erase_patient(actor=cast.actor(), member=cast.administrator, patient=cast.ada, reason="asked")
        assert (everything()[0].passed, "put the ledger there" in everything()[0].found) == (False, True)
        keep_ledger()
        path = Path(settings.ERASURE_LEDGER)
        entry = json.loads(path.read_text())
        assert set(entry) == {"id", "clinic", "kind", "people", "reason", "until", "at", "seal"}
        path.write_text(path.read_text() + '{"half a line')
        assert erase_patient(actor=cast.actor(), member=cast.administrator, patient=cast.ben, reason="asked")
        assert keep_ledger() == 1
        assert (len(read_ledger().entries), read_ledger().broken_at) == (2, None)
        path.write_text(path.read_text().replace(str(cast.ada.pk), str(cast.ben.pk)))
        assert read_ledger().broken_at == 1
        with pytest.raises(CommandError):
            call_command("replay_erasures")


@pytest.mark.django_db
def test_merged_records_and_answers_to_programs_go_with_the_person(cast: Cast) -> None:
    @writes("test.answer")
    def answer(*, actor: Actor, about: Patient) -> None:
        row = IdempotencyKey(client="c", endpoint="e", key=str(about.pk), body_hash="", answer={"id": str(about.pk)})
        row.save()
        audited(row)

    with clinic_scope(cast.harbour.pk):
        other = register_patient(actor=cast.actor(), given_name="Adelheid", family_name="Zweitakte", record_number="Z-9")
        merge_patients(actor=cast.actor(), kept=cast.ada, absorbed=other, reason="passport of Zweitakte seen")
        answer(actor=SYSTEM_COMMAND, about=cast.ada)
        answer(actor=SYSTEM_COMMAND, about=cast.ben)
        row = erase_patient(actor=cast.actor(), member=cast.administrator, patient=cast.ada, reason="asked")
        assert set(row.people) == {cast.ada.pk, other.pk}
        gone = Patient.objects.get(pk=other.pk)
        assert (gone.record_number, gone.merged_because) == (reference_of(other.pk), "")
        assert PatientIdentity.objects.get(patient=other).fields == {}
        assert list(IdempotencyKey.objects.values_list("key", flat=True)) == [str(cast.ben.pk)]
        assert not Task.objects.filter(patient=cast.ada).exclude(state=Task.State.DONE).exists()
        assert PatientIdentity.objects.get(patient=cast.ben).family_name


@pytest.mark.django_db
def test_nobody_is_erased_who_is_not_in_the_ledger_and_the_ledger_cannot_be_changed(cast: Cast) -> None:
    def refused(statement: str) -> str:
        with pytest.raises(Error) as raised, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT set_config('app.erasing', 'yes', true); {statement}")
        return str(raised.value)

    call = "SELECT outcomes_erase('{}', ARRAY['{}']::uuid[], ''::bytea, {})".format
    with clinic_scope(cast.harbour.pk):
        a_life(cast, cast.ben_course, "signed")
        erase_patient(actor=cast.actor(), member=cast.administrator, patient=cast.ada, reason="asked")
        assert "in the erasure ledger" in refused(call(cast.harbour.pk, cast.ben.pk, "false"))
        assert "in the erasure ledger" in refused(call(cast.harbour.pk, cast.ada.pk, "true")), "its time is not over"
        assert "permission denied" in refused("DELETE FROM clinic_erasure")
        assert "permission denied" in refused("UPDATE outcomes_response SET source_key = ''")
        assert "a signed visit is locked" in refused("UPDATE treatment_visit SET note = '' WHERE state = 'signed'")


@pytest.mark.django_db
def test_the_page_shows_what_goes_and_asks_for_the_number(cast: Cast, administrator: Client) -> None:
    with clinic_scope(cast.harbour.pk):
        number = cast.ada.record_number
    assert "Nobody yet." in administrator.get(PAGE).content.decode()
    unknown = administrator.post(PAGE, {"record_number": "no such number"})
    assert (unknown.status_code, "There is no record with this number." in unknown.content.decode()) == (422, True)
    shown = administrator.post(PAGE, {"record_number": number})
    assert "Goes now, for good" in shown.content.decode()
    assert "This person is still in care." in shown.content.decode()
    wrong = administrator.post(PAGE, {"record_number": number, "erase": "1", "reason": "asked", "typed_number": "0"})
    assert (wrong.status_code, "another number" in wrong.content.decode()) == (422, True)
    with clinic_scope(cast.harbour.pk):
        assert not Erasure.objects.exists()
    done = administrator.post(PAGE, {"record_number": number, "erase": "1", "reason": "asked", "typed_number": number}, follow=True)
    page = done.content.decode()
    assert reference_of(cast.ada.pk) in page
    assert "not in the ledger yet" in page
    assert administrator.post(PAGE, {"record_number": reference_of(cast.ada.pk)}).status_code == 422
    with clinic_scope(cast.harbour.pk):
        keep_ledger()
        detail = AuditEvent.objects.get(action="patient.erase").detail
    assert set(detail) == {"kind", "reason", "until"}
    assert "not in the ledger yet" not in administrator.get(PAGE).content.decode()


@pytest.mark.django_db
def test_a_record_past_its_time_is_named_and_goes_whole_when_erased(cast: Cast, administrator: Client, settings: Any) -> None:
    with clinic_scope(cast.harbour.pk):
        assert past_their_time() == []
        settings.RECORD_RETENTION_YEARS = -1
        numbers = {line.record_number for line in past_their_time()}
        assert cast.ben.record_number in numbers
        assert delete_records_past_their_time(actor=SYSTEM_TASK, today=LONG_AFTER) == 0, "nothing is deleted unasked"
        assert cast.ben.record_number in administrator.get(PAGE).content.decode()
        erase_patient(actor=cast.actor(), member=cast.administrator, patient=cast.ben, reason="retention")
        assert not Patient.objects.filter(pk=cast.ben.pk).exists()
        assert set(Erasure.objects.values_list("kind", flat=True)) == {"identity", "record"}
        keep_ledger()
        assert "the whole record is gone" in administrator.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("day", "years", "then"), [("2024-02-29", 10, "2034-03-01"), ("2024-02-29", 4, "2028-02-29"), ("2026-11-24", 10, "2036-11-24")]
)
def test_the_time_is_counted_in_calendar_years(day: str, years: int, then: str) -> None:
    assert years_later(date.fromisoformat(day), years) == date.fromisoformat(then)


@pytest.mark.django_db
def test_while_an_export_is_written_nobody_is_erased(cast: Cast, administrator: Client, cluster: Cluster) -> None:
    @writes("test.export")
    def running(*, actor: Actor) -> None:
        row = Export(requested_by=cast.administrator, state=Export.State.RUNNING, began_at=timezone.now())
        row.save()
        audited(row)

    with clinic_scope(cast.harbour.pk):
        running(actor=SYSTEM_COMMAND)
        number = cast.ada.record_number
    answer = administrator.post(PAGE, {"record_number": number, "erase": "1", "reason": "asked", "typed_number": number})
    assert (answer.status_code, "An export is being written." in answer.content.decode()) == (422, True)
    with clinic_scope(cast.harbour.pk):
        assert not Erasure.objects.exists()
