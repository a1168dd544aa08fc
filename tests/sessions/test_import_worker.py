"""Long files: read, previewed, carried out and taken back by a worker, which may be stopped, killed, or find the file unreadable."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from clinic.config.celery import app
from clinic.importing.patients import PatientKind
from clinic.models import ImportBatch, ImportPiece, ImportRow, Patient
from clinic.scoping import clinic_scope
from clinic.services import imports
from clinic.services.import_work import PER_TRANSACTION, claim_import, import_chunk, work_on_next_import
from clinic.services.imports import forget_imports, judge_import, queue_import, read_import, receive_import
from clinic.tasks import work_on_imports
from clinic.writes import SYSTEM_TASK
from tests.callers import proved
from tests.cast import Cast
from tests.running import Child, wait_until

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/c/harbour/imports/"
LIST = "Record number,Name\n" + "".join(f"W{number},Zora\n" for number in range(450))


@pytest.fixture
def client(committed_cast: Cast) -> Client:
    client = Client()
    client.force_login(committed_cast.administrator.user)
    proved(client, committed_cast.administrator.user)
    return client


def _queued(cast: Cast, text: str = LIST) -> ImportBatch:
    with clinic_scope(cast.harbour.pk):
        batch = receive_import(actor=cast.actor(), member=cast.administrator, source="old", file=io.BytesIO(text.encode()))
        read_import(actor=cast.actor(), batch=batch)
        batch.refresh_from_db()
        judge_import(actor=cast.actor(), batch=batch, mapping=batch.mapping)
        queue_import(actor=cast.actor(), batch=batch)
    return batch


def _state(cast: Cast, batch: ImportBatch) -> Any:
    with clinic_scope(cast.harbour.pk):
        return ImportBatch.objects.get(pk=batch.pk)


def _arrived(cast: Cast) -> int:
    with clinic_scope(cast.harbour.pk):
        return int(Patient.objects.filter(record_number__startswith="W").count())


def test_a_real_worker_carries_an_import_out(committed_cast: Cast, celery_worker: Child) -> None:
    cast = committed_cast
    batch = _queued(cast)
    app.send_task(work_on_imports.name)
    wait_until(lambda: _state(cast, batch).state == "done", 60, what="the import")
    assert _arrived(cast) == 450
    assert "clinic.tasks.work_on_imports" in celery_worker.log.read_text()


def test_nobody_goes_on_behind_a_living_worker_and_somebody_does_behind_a_dead_one(committed_cast: Cast) -> None:
    cast = committed_cast
    batch = _queued(cast)
    with clinic_scope(cast.harbour.pk):
        claimed = claim_import(actor=SYSTEM_TASK)
        assert claimed == batch
    with clinic_scope(cast.harbour.pk):
        assert import_chunk(actor=SYSTEM_TASK, batch=batch)  # then it dies
    assert _arrived(cast) == PER_TRANSACTION
    assert not work_on_next_import(cast.harbour.pk)
    with clinic_scope(cast.harbour.pk):
        # What a minute without a sign of life leaves; written past the gate, because no service writes it.
        super(type(ImportBatch.objects.all()), ImportBatch.objects.filter(pk=batch.pk)).update(
            worked_at=timezone.now() - timedelta(seconds=61)
        )
    assert work_on_next_import(cast.harbour.pk)
    assert (_state(cast, batch).state, _arrived(cast)) == ("done", 450)


def test_a_long_file_is_read_and_previewed_in_the_background(client: Client, committed_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = committed_cast
    monkeypatch.setattr(imports, "READ_AT_ONCE", 0)
    monkeypatch.setattr(imports, "AT_ONCE", 100)
    file = SimpleUploadedFile("list.csv", (LIST + "W7,Twice\n").encode())
    address = client.post(PAGE, {"kind": "patients", "source": "old", "file": file}).headers["Location"]
    assert "The file is being read." in client.get(address).content.decode()
    assert work_on_next_import(cast.harbour.pk)
    with clinic_scope(cast.harbour.pk):
        batch = ImportBatch.objects.get()
        mapping = batch.mapping
    assert client.post(address, {"step": "judge", **mapping}).status_code == 302
    assert "Being looked at: 0 of 451 rows" in client.get(address).content.decode()
    assert work_on_next_import(cast.harbour.pk)
    page = client.get(address).content.decode()
    assert "Import 450 rows" in page
    refused = client.get(f"{address}?verdict=error").content.decode()
    assert "the record number stands in line 9 already" in refused


def test_a_file_that_a_worker_cannot_read_says_why_and_is_read_again_otherwise(
    client: Client, committed_cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = committed_cast
    monkeypatch.setattr(imports, "READ_AT_ONCE", 0)
    file = SimpleUploadedFile("list.csv", "Record number;Name,Vorname;Größe\nW1;Süß,Zora;1\n".encode("cp1252"))
    address = client.post(PAGE, {"kind": "patients", "source": "old", "file": file}).headers["Location"]
    assert work_on_next_import(cast.harbour.pk)
    assert client.post(address, {"step": "reread", "encoding": "utf-8", "delimiter": ""}).status_code == 302
    assert work_on_next_import(cast.harbour.pk)
    page = client.get(address).content.decode()
    assert "The file could not be read." in page
    assert "not readable text in this encoding" in page
    assert client.post(address, {"step": "reread", "encoding": "cp1252", "delimiter": "semicolon"}).status_code == 302
    assert work_on_next_import(cast.harbour.pk)
    page = client.get(address).content.decode()
    assert "Süß,Zora" in page
    assert client.post(address, {"step": "reread", "encoding": "no-such", "delimiter": ""}).status_code == 422


def test_a_discarded_file_and_one_of_a_month_ago_leave_neither_rows_nor_pieces(client: Client, committed_cast: Cast) -> None:
    cast = committed_cast
    file = SimpleUploadedFile("list.csv", LIST.encode())
    address = client.post(PAGE, {"kind": "patients", "source": "old", "file": file}).headers["Location"]
    assert client.post(address, {"step": "discard"}).status_code == 302
    assert "Nothing of it was kept." in client.get(address).content.decode()
    _queued(cast)
    with clinic_scope(cast.harbour.pk):
        assert forget_imports(actor=SYSTEM_TASK, before=timezone.now()) == 1
        assert not ImportRow.objects.exists()
        assert not ImportPiece.objects.exists()


def test_more_rows_than_a_file_may_have_are_refused_before_they_are_stored(committed_cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cast = committed_cast
    monkeypatch.setattr(imports, "MOST_ROWS", 449)
    with clinic_scope(cast.harbour.pk):
        batch = receive_import(actor=cast.actor(), member=cast.administrator, source="old", file=io.BytesIO(LIST.encode()))
        assert not read_import(actor=cast.actor(), batch=batch)
        assert "more than 449 rows" in ImportBatch.objects.get(pk=batch.pk).problem
        assert not ImportRow.objects.exists()


def test_a_file_that_ends_in_a_fault_says_so_and_lets_the_next_one_have_its_turn(
    client: Client, committed_cast: Cast, settings: Any
) -> None:
    cast = committed_cast
    first, second = _queued(cast), _queued(cast, "Record number,Name\nX1,Zora\n")
    settings.IMPORT_KINDS = ["tests.sessions.test_import_worker.BrokenKind"]
    assert work_on_next_import(cast.harbour.pk)
    settings.IMPORT_KINDS = ["clinic.importing.patients.PatientKind"]
    assert work_on_next_import(cast.harbour.pk)
    assert (_state(cast, first).state, _state(cast, second).state) == ("stopped", "done")
    assert "the server&#x27;s log says why" in client.get(f"{PAGE}{first.pk}/").content.decode()


class BrokenKind(PatientKind):
    """Patients, with a mistake in the program."""

    def judge(self, file: Any, readings: Any) -> Any:
        raise KeyError("no such field")


class SlowKind(PatientKind):
    """Patients, in a worker whose time is over."""

    def judge(self, file: Any, readings: Any) -> Any:
        raise SoftTimeLimitExceeded


def test_an_import_that_takes_longer_than_the_worker_s_time_is_gone_on_with_and_not_given_up(committed_cast: Cast, settings: Any) -> None:
    cast = committed_cast
    batch = _queued(cast)
    settings.IMPORT_KINDS = ["tests.sessions.test_import_worker.SlowKind"]
    with pytest.raises(SoftTimeLimitExceeded):
        work_on_next_import(cast.harbour.pk)
    left = _state(cast, batch)
    assert (left.state, left.problem) == ("queued", "")
