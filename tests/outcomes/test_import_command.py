"""The command that brings files in and takes them back: the page's rules, without a page."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from clinic.models import AuditEvent, ImportBatch, ImportRow, Patient
from clinic.scoping import clinic_scope
from clinic.services.import_work import work_on_next_import
from clinic.services.imports import queue_import, queue_undo
from sessions.services.courses import open_course
from tests.cast import HARBOUR_CANARY, Cast
from tests.outcomes.test_import_kinds import (
    _judged,
    _taken_back,
)

pytestmark = pytest.mark.django_db(transaction=True)


def _command(cast: Cast, path: Path, *more: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("import_file", str(path), "--clinic", cast.harbour.slug, "--source", "old", *more, stdout=out)
    except SystemExit as left:
        return int(left.code or 0), out.getvalue()
    return 0, out.getvalue()


def _last(cast: Cast) -> Any:
    with clinic_scope(cast.harbour.pk):
        return ImportBatch.objects.latest("uploaded_at").pk


def test_the_command_takes_an_import_back_as_the_page_does_and_not_twice(committed_cast: Cast, tmp_path: Path) -> None:
    cast = committed_cast
    file = tmp_path / "list.csv"
    file.write_text("Record number,Name\nC1,Zora\nC2,Yusuf\n")
    assert _command(cast, file, "--kind", "patients")[0] == 0
    with clinic_scope(cast.harbour.pk):
        patient = Patient.objects.get(record_number="C1")
        open_course(actor=cast.actor(), patient=patient, complaint="neck_pain", started_on=date(2026, 1, 5))
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("import_file", "--clinic", "harbour", "--undo", str(_last(cast)), stdout=out)
    assert (ended.value.code, out.getvalue().splitlines()) == (1, ["line 2: kept_in_use", "line 3: withdrawn", "1 taken back, 1 stay"])
    with pytest.raises(Exception, match="past that step"):
        call_command("import_file", "--clinic", "harbour", "--undo", str(_last(cast)))
    with pytest.raises(Exception, match="no such import in this clinic"):
        call_command("import_file", "--clinic", "meadow", "--undo", str(_last(cast)))


def test_what_a_worker_does_is_audited_under_whoever_took_the_step(committed_cast: Cast) -> None:
    cast = committed_cast
    batch = _judged(cast, "patients", "Record number,Name\nQ1,Zora\n")
    with clinic_scope(cast.harbour.pk):
        queue_import(actor=cast.actor(cast.manager), batch=batch)
    assert work_on_next_import(cast.harbour.pk)
    with clinic_scope(cast.harbour.pk):
        queue_undo(actor=cast.actor(cast.therapist), batch=batch)
    assert work_on_next_import(cast.harbour.pk)
    with clinic_scope(cast.harbour.pk):
        done = dict(AuditEvent.objects.filter(action__in=["import.carry_out", "import.take_back"]).values_list("action", "actor_user_id"))
    assert done == {"import.carry_out": cast.manager.user_id, "import.take_back": cast.therapist.user_id}


def test_the_command_brings_in_what_the_page_does_and_its_dry_run_leaves_nothing(committed_cast: Cast, tmp_path: Path) -> None:
    cast = committed_cast
    file = tmp_path / "list.csv"
    file.write_text("Record number,Name,DOB\nC1,Zora,1961-04-03\nC2,Zora,31.02.1961\n")
    code, said = _command(cast, file, "--kind", "patients", "--dry-run")
    assert (code, said.splitlines()[-1]) == (1, "1 would be imported, 0 already there, 1 refused")
    with clinic_scope(cast.harbour.pk):
        assert not Patient.objects.filter(record_number="C1").exists()
        assert not ImportRow.objects.exists()
    code, said = _command(cast, file, "--kind", "patients")
    assert said.splitlines() == [
        f"import {_last(cast)}",
        "line 2: new",
        "line 3: not importable: Date of birth is no date in the past",
        "1 imported, 0 already there, 1 refused",
    ]
    assert HARBOUR_CANARY not in said
    with clinic_scope(cast.harbour.pk):
        assert Patient.objects.filter(record_number="C1").exists()
        batch = ImportBatch.objects.get(state="done")
        assert batch.uploaded_by == cast.administrator
    assert _taken_back(cast, batch) == ["withdrawn", ""]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (["--kind", "patients", "--map", "phone=Nowhere"], "Name at least one column"),
        (["--kind", "visits"], "Date of the visit"),
        (["--kind", "patients", "--by", "nobody@harbour.example"], "no such member"),
    ],
)
def test_a_command_that_cannot_be_understood_says_why_and_leaves_nothing(
    committed_cast: Cast, tmp_path: Path, more: list[str], why: str
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Record number\nC1\n")
    with pytest.raises(Exception, match=why):
        _command(committed_cast, file, *more)
    with clinic_scope(committed_cast.harbour.pk):
        assert not ImportRow.objects.exists()
