"""Everything of a clinic as a file: complete, described, without formulas, for whoever asked and nobody else, and not for long."""

from __future__ import annotations

import csv
import io
import stat
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from clinic.exporting.tables import Table, dictionary, exported_models, left_out, table_name, tables
from clinic.models import AuditEvent, Export, Message, Patient
from clinic.scoping import ClinicModel, clinic_scope
from clinic.services.exports import delete_expired, file_of, make_next_export
from clinic.services.organisation import change_staff
from clinic.services.patients import change_identity, register_patient
from clinic.services.worklist import close_task, open_task
from clinic.writes import SYSTEM_TASK
from outcomes.models import Response, Score
from outcomes.services.responses import record_response
from tests.callers import proved
from tests.cast import HARBOUR_CANARY, MEADOW_CANARY, Cast

PAGE = "/c/harbour/exports/"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.EXPORT_DIR = str(tmp_path / "exports")
    return tmp_path / "exports"


@pytest.fixture
def asker(committed_cast: Cast) -> Client:
    client = Client()
    client.force_login(committed_cast.administrator.user)
    proved(client, committed_cast.administrator.user)
    return client


def _export(client: Client, cast: Cast, **form: str) -> Export:
    assert client.post(PAGE, {"file_format": "csv", **form}).status_code == 302
    assert make_next_export(cast.harbour.pk, actor=SYSTEM_TASK)
    with clinic_scope(cast.harbour.pk):
        export: Export = Export.objects.latest("requested_at")
        return export


def _fetched(client: Client, export: Export) -> bytes:
    answer: Any = client.get(f"{PAGE}{export.pk}/file/")
    assert answer.status_code == 200
    raw = b"".join(answer.streaming_content)
    answer.close()
    return raw


def _sheets(raw: bytes) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".csv")]
        return {name.removesuffix(".csv"): list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig")))) for name in names}


def _answer(cast: Cast) -> None:
    record_response(
        actor=cast.actor(),
        course=cast.ada_course,
        answers={"nprs-back-7d": {"back": 7}},
        occasion="baseline",
        mode="paper",
        answered_by="patient",
        occurred_at=timezone.now(),
        zone="UTC",
    )


@pytest.mark.django_db(transaction=True)
def test_every_table_is_there_with_as_many_rows_as_the_database_and_no_word_of_another_clinic(asker: Client, committed_cast: Cast) -> None:
    cast = committed_cast
    with clinic_scope(cast.harbour.pk):
        _answer(cast)
    sheets = _sheets(_fetched(asker, _export(asker, cast)))
    with clinic_scope(cast.harbour.pk):
        for model in exported_models():
            if model is not Export:
                assert len(sheets[table_name(model)]) - 1 == model.objects.count(), model
        [score] = Score.objects.all()
        head, *rows = sheets["score"]
        assert dict(zip(head, rows[0], strict=True))["value"] == f"{score.value:f}"
        assert [row[1:4] for row in sheets["answer"][1:]] == [["nprs-back-7d", "back", "7"]]
        assert len(sheets["response"]) - 1 == Response.objects.count() == 1
    everything = str(sheets)
    assert MEADOW_CANARY not in everything
    assert str(cast.foreign_patient.pk) not in everything


@pytest.mark.django_db(transaction=True)
def test_names_are_left_out_unless_asked_for(asker: Client, committed_cast: Cast) -> None:
    without = _sheets(_fetched(asker, _export(asker, committed_cast)))
    assert "patient_name" not in without
    assert "Ángela" not in str(without)
    within = _sheets(_fetched(asker, _export(asker, committed_cast, with_names="on")))
    assert "Ángela" in str(within["patient_name"])
    assert HARBOUR_CANARY in str(within["patient_name"])


@pytest.mark.django_db(transaction=True)
def test_a_workbook_holds_the_same_rows_as_the_files_and_no_formula(asker: Client, committed_cast: Cast) -> None:
    cast = committed_cast
    with clinic_scope(cast.harbour.pk):
        patient = register_patient(actor=cast.actor(), given_name="=1+1", family_name="@x", record_number="-7+8")
        change_identity(actor=cast.actor(), patient=patient, email="a@example.org")
    files = _sheets(_fetched(asker, _export(asker, cast, with_names="on")))
    book = load_workbook(io.BytesIO(_fetched(asker, _export(asker, cast, with_names="on", file_format="xlsx"))))
    assert {name: len(rows) for name, rows in files.items() if name != "message"} == {
        sheet.title: sheet.max_row for sheet in book if sheet.title not in {"about", "message"}
    }
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert {"'=1+1", "'@x", "'-7+8"} <= {cell.value for cell in cells} & {cell for rows in files.values() for row in rows for cell in row}


@pytest.mark.django_db(transaction=True)
def test_a_workbook_shows_what_it_cannot_hold_and_files_hold_all_of_it(asker: Client, committed_cast: Cast) -> None:
    cast, note = committed_cast, "two\x0blines\x1b and " + "much " * 10_000
    with clinic_scope(cast.harbour.pk):
        task = open_task(actor=cast.actor(), kind="call", patient=cast.ada, subject_id=cast.ada.pk)
        close_task(actor=cast.actor(), task=task, decision="called", reason=note)
    [row] = [row for row in _sheets(_fetched(asker, _export(asker, cast)))["task"] if "lines" in str(row)]
    assert note.strip() in row
    book = load_workbook(io.BytesIO(_fetched(asker, _export(asker, cast, file_format="xlsx"))))
    [cell] = [cell for row in book["task"].iter_rows(values_only=True) for cell in row if "lines" in str(cell)]
    assert (len(str(cell)), str(cell)[-1]) == (32_000, "…")
    assert "are cut and end in" in str(list(book["about"].iter_rows(values_only=True)))


@pytest.mark.django_db(transaction=True)
def test_an_export_that_cannot_be_written_says_so_and_the_next_one_can_be_asked_for(
    asker: Client, committed_cast: Cast, settings: Any
) -> None:
    settings.EXPORT_PARTS = ["tests.outcomes.test_exports.broken_part"]
    export = _export(asker, committed_cast)
    assert (export.state, export.error) == (Export.State.FAILED, "failed")
    settings.EXPORT_PARTS = []
    assert _export(asker, committed_cast).state == Export.State.READY


def broken_part() -> Table:
    """A table of a floor above with a mistake in it."""
    raise KeyError("no such column")


@pytest.mark.django_db(transaction=True)
def test_the_file_is_for_whoever_asked_while_they_may_and_for_a_quarter_of_an_hour(
    asker: Client, committed_cast: Cast, folder: Path
) -> None:
    cast = committed_cast
    export = _export(asker, cast)
    path = file_of(export)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in folder.iterdir()] == [path.name]
    with clinic_scope(cast.harbour.pk):
        change_staff(actor=cast.actor(), member=cast.manager, roles=["administrator"], is_active=True)
    other = Client()
    other.force_login(cast.manager.user)
    proved(other, cast.manager.user)
    assert other.get(f"{PAGE}{export.pk}/file/").status_code == 404
    assert _fetched(asker, export)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        proved(asker, cast.administrator.user)
        assert asker.get(f"{PAGE}{export.pk}/file/").status_code in {302, 404}
        with clinic_scope(cast.harbour.pk):
            assert delete_expired(actor=SYSTEM_TASK) == 1
    assert list(folder.iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_the_right_is_asked_again_by_the_worker(asker: Client, committed_cast: Cast, folder: Path) -> None:
    cast = committed_cast
    assert asker.post(PAGE, {"file_format": "csv"}).status_code == 302
    with clinic_scope(cast.harbour.pk):
        change_staff(actor=cast.actor(), member=cast.manager, roles=["administrator"], is_active=True)
        change_staff(actor=cast.actor(), member=cast.administrator, roles=["front_desk"], is_active=True)
    assert not make_next_export(cast.harbour.pk, actor=SYSTEM_TASK)
    with clinic_scope(cast.harbour.pk):
        assert Export.objects.get().error == "no_longer_allowed"
    assert not folder.exists()


@pytest.mark.django_db(transaction=True)
def test_one_export_at_a_time_and_each_step_leaves_its_trace(asker: Client, committed_cast: Cast) -> None:
    asker.post(PAGE, {"file_format": "csv"})
    again = asker.post(PAGE, {"file_format": "csv"})
    assert again.status_code == 422
    assert "being written already" in again.content.decode()
    assert make_next_export(committed_cast.harbour.pk, actor=SYSTEM_TASK)
    with clinic_scope(committed_cast.harbour.pk):
        export = Export.objects.get()
    _fetched(asker, export)
    with clinic_scope(committed_cast.harbour.pk):
        trace = AuditEvent.objects.filter(action__startswith="export.").order_by("sequence").values_list("action", flat=True)
        assert list(trace) == ["export.ask", "export.finish", "export.fetch"]


@pytest.mark.django_db
def test_every_column_of_every_table_is_in_the_dictionary_with_its_codes_and_unit(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        words = dictionary(tables(with_names=True))
    described = {(row[0], row[1]) for row in words if row[1]}
    for model in exported_models():
        columns = {field.attname for field in model._meta.concrete_fields} - {"clinic_id", *getattr(model, "export_omits", ())}
        assert {(table_name(model), column) for column in columns} <= described, model
    assert ("patient", "sex", "", "", "female", "female") in words
    assert ("laser_application", "energy_j") in described or ("laser_application", "average_power_w") in described
    assert {row[3] for row in words if row[1] == "average_power_w"} == {"W"}
    assert all(row[5].strip() for row in words)


def test_every_model_is_exported_or_says_why_not() -> None:
    from django.apps import apps

    known = {table_name(model) for model in exported_models()} | {name for name, why in left_out() if len(why) > 10}
    assert {table_name(model) for model in apps.get_models() if issubclass(model, ClinicModel)} <= known
    assert {"api_token", "survey_draft"} <= {name for name, _why in left_out()}
    assert Message in exported_models()
    assert Patient in exported_models()


@pytest.mark.django_db(transaction=True)
def test_memory_and_statements_do_not_grow_with_the_rows(asker: Client, committed_cast: Cast) -> None:
    from django.test.utils import CaptureQueriesContext

    def statements() -> int:
        assert asker.post(PAGE, {"file_format": "csv"}).status_code == 302
        with CaptureQueriesContext(connection) as queries:
            make_next_export(committed_cast.harbour.pk, actor=SYSTEM_TASK)
        return len(queries)

    few = statements()
    with clinic_scope(committed_cast.harbour.pk):
        for _ in range(30):
            register_patient(actor=committed_cast.actor(), given_name="A", family_name="B")
    assert statements() == few
