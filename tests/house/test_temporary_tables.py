"""No role opens a guard by putting a temporary table in front of the one that the guard reads."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from django.utils import timezone

from clinic.scoping import clinic_scope
from sessions.records import OtherRecord, VisitRecord
from sessions.services.visits import sign_visit, walk_in
from tests.cast import Cast

pytestmark = pytest.mark.django_db
COUNTED = ("clinic_auditevent", "clinic_consent", "clinic_patient", "treatment_course")


def _run(statement: str, *given: Any) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given or None)
        return list(cursor.fetchall()) if cursor.description else []


def test_every_function_that_guards_or_runs_as_the_owner_asks_the_temporary_schema_last() -> None:
    rows = _run(
        "SELECT proname, array_to_string(proconfig, ';') FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
        "AND proname ~ '^(clinic|treatment|outcomes)_' AND (prosecdef OR prorettype = 'trigger'::regtype OR proname = 'clinic_may_leave')"
    )
    assert len(rows) >= 8
    assert [name for name, told in rows if "search_path=public, pg_temp" not in str(told)] == []


def test_a_real_clinic_cannot_be_passed_off_as_an_invented_one(cast: Cast) -> None:
    clinic, invented = cast.harbour.pk, uuid4()
    with clinic_scope(clinic):
        before = [_run(f"SELECT count(*) FROM {table}") for table in COUNTED]
        for number, (course,) in enumerate(_run("SELECT id FROM treatment_course")):
            _run("UPDATE treatment_course SET external_id = %s WHERE id = %s", f"demo-1-20260101-{number}", course)
    invent = "CREATE TEMP TABLE clinic_clinic AS SELECT id, %s::uuid AS organisation_id, true AS is_demo FROM public.clinic_clinic"
    _run(f"{invent} WHERE id = %s", invented, clinic)
    _run("GRANT ALL ON pg_temp.clinic_clinic TO PUBLIC")
    with pytest.raises((IntegrityError, InternalError, ProgrammingError), match="not an invented clinic"), transaction.atomic():
        _run("SELECT outcomes_remove_invented(%s)", invented)
    _run("DROP TABLE pg_temp.clinic_clinic")
    with clinic_scope(clinic):
        assert [_run(f"SELECT count(*) FROM {table}") for table in COUNTED] == before


def test_the_lock_on_a_signed_visits_parts_reads_the_real_visit(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        treated = OtherRecord(kind="manual_therapy", code="joint_mobilisation")
        record = VisitRecord(occurred_at=timezone.now(), pain_before=5, pain_after=4, reaction="none", other=(treated,))
        visit = sign_visit(actor=cast.actor(), visit=walk_in(actor=cast.actor(), course=cast.ada_course), record=record)
        _run("CREATE TEMP TABLE treatment_visit (id uuid, state text, external_id text)")
        with pytest.raises(IntegrityError, match="locked"), transaction.atomic():
            _run("DELETE FROM treatment_othertreatment WHERE visit_id = %s", visit.pk)
