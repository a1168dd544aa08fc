"""Taking an import back when later work on an upper floor, or a merge, hangs on what it brought."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from clinic.models import AuditEvent, ImportBatch, ImportRow, Patient
from clinic.scoping import clinic_scope
from clinic.selectors.patients import find_patients
from clinic.services.import_work import run_claimed, work_on_next_import
from clinic.services.imports import judge_import, queue_import, queue_undo, read_import, receive_import
from clinic.services.patients import absorb_patient
from outcomes.services.responses import record_response
from sessions.models import Course
from tests.cast import Cast

COLUMNS = ["Patient ID", "First name", "Complaint", "Started on"]


def _imported(cast: Cast, *rows: list[str]) -> ImportBatch:
    """Bring rows in as the page does."""
    file = io.BytesIO("\n".join(",".join(row) for row in [COLUMNS, *rows]).encode())
    with clinic_scope(cast.harbour.pk):
        batch = receive_import(actor=cast.actor(), member=cast.administrator, source="old", file=file)
        read_import(actor=cast.actor(), batch=batch)
        batch.refresh_from_db()
    with clinic_scope(cast.harbour.pk):
        judge_import(actor=cast.actor(), batch=batch, mapping=batch.mapping)
    with clinic_scope(cast.harbour.pk):
        queue_import(actor=cast.actor(), batch=batch)
    assert work_on_next_import(cast.harbour.pk)
    return batch


def _taken_back(cast: Cast, batch: ImportBatch) -> dict[int, str]:
    """Line → what came of it."""
    with clinic_scope(cast.harbour.pk):
        queue_undo(actor=cast.actor(), batch=batch)
    assert work_on_next_import(cast.harbour.pk)
    with clinic_scope(cast.harbour.pk):
        assert ImportBatch.objects.get(pk=batch.pk).state == "undone"
    return _outcomes(cast, batch)


def _outcomes(cast: Cast, batch: ImportBatch) -> dict[int, str]:
    with clinic_scope(cast.harbour.pk):
        return dict(ImportRow.objects.filter(batch=batch).order_by("line").values_list("line", "outcome"))


def _found() -> list[str]:
    return sorted(line.record_number for line in find_patients("Zora"))


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_else_holds_is_waited_for_and_not_given_up(committed_cast: Cast) -> None:
    cast = committed_cast
    batch = _imported(cast, ["U1", "Zora", "neck pain", "2026-01-05"], ["U2", "Zora", "neck pain", "2026-01-05"])
    with clinic_scope(cast.harbour.pk):
        queue_undo(actor=cast.actor(), batch=batch)
        held = Course.objects.get(patient__record_number="U1").pk
    other: Any = connection.copy()
    other.set_autocommit(False)
    said: list[dict[int, str]] = []

    def look_and_let_go(_batch: ImportBatch) -> None:
        said.append(_outcomes(cast, batch))
        other.rollback()

    try:
        with other.cursor() as cursor, connection.cursor() as ours:
            cursor.execute("SELECT set_config('app.clinics', %s, true)", [str(cast.harbour.pk)])
            cursor.execute("SELECT FROM treatment_course WHERE id = %s FOR KEY SHARE", [held])  # as whoever writes a row about it
            assert cursor.rowcount == 1
            ours.execute("SET lock_timeout = '50ms'")
            run_claimed(batch, cast.harbour.pk, look_and_let_go)
    finally:
        other.close()
        connection.close()  # and with it the short patience
    assert (said[0], said[-1]) == ({2: "", 3: ""}, {2: "withdrawn", 3: "withdrawn"})


@pytest.mark.django_db(transaction=True)
def test_whoever_has_answered_since_stays_and_the_others_leave(committed_cast: Cast) -> None:
    cast = committed_cast
    batch = _imported(cast, ["U1", "Zora", "neck pain", "2026-01-05"], ["U2", "Zora", "neck pain", "2026-01-05"], ["U3", "Zora", "", ""])
    with clinic_scope(cast.harbour.pk):
        record_response(
            actor=cast.actor(),
            course=Course.objects.get(patient__record_number="U1"),
            answers={"nprs-back-7d": {"back": 7}},
            occasion="baseline",
            mode="paper",
            answered_by="patient",
            occurred_at=timezone.now(),
            zone="UTC",
        )
    assert _taken_back(cast, batch) == {2: "kept_in_use", 3: "withdrawn", 4: "withdrawn"}
    with clinic_scope(cast.harbour.pk):
        assert _found() == ["U1"]
        kept = Patient.objects.get(record_number="U1")
        assert Course.objects.filter(patient=kept).count() == 1
        withdrawn = AuditEvent.objects.filter(action="patient.withdraw")
        assert kept.pk not in set(withdrawn.values_list("patient_id", flat=True))
        assert withdrawn.count() == 2
        assert not AuditEvent.objects.filter(action="course.undo_import", patient_id=kept.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_record_that_was_merged_since_stays_so_that_nobody_disappears(committed_cast: Cast) -> None:
    cast = committed_cast
    batch = _imported(cast, ["U1", "Zora", "", ""], ["U2", "Zora", "", ""], ["U3", "Zora", "", ""])
    with clinic_scope(cast.harbour.pk):
        one, two = (Patient.objects.get(record_number=number) for number in ("U1", "U2"))
        absorb_patient(actor=cast.actor(), kept=one, absorbed=two, reason="one person")
    assert _taken_back(cast, batch) == {2: "kept_in_use", 3: "kept_in_use", 4: "withdrawn"}
    with clinic_scope(cast.harbour.pk):
        assert "U1" in _found()
        assert "U3" not in _found()
