"""PostgreSQL itself keeps clinics apart and history unchanged, whatever our Python does."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import Error, connection, models, transaction

from clinic.models import AuditEvent, Clinic, Consent, Organisation, Patient, PatientIdentity
from clinic.scoping import ClinicForeignKey, ClinicOneToOneField, clinic_scope
from clinic.writes import SYSTEM_COMMAND, Actor, audited, writes

pytestmark = pytest.mark.django_db

SERVING = ("backlight_app", "backlight_worker")
READING = ("backlight_reporter", "backlight_backup")


@writes("test.patient")
def _patient(*, actor: Actor, record_number: str) -> Patient:
    patient = Patient(record_number=record_number)
    patient.save()
    audited(patient)
    return patient


@pytest.fixture
def clinics() -> tuple[Clinic, Clinic]:
    organisation = Organisation.objects.create(name="Two clinics")
    return (
        Clinic.objects.create(organisation=organisation, name="One", slug="one"),
        Clinic.objects.create(organisation=organisation, name="Two", slug="two"),
    )


def _our_models() -> list[type[models.Model]]:
    return [model for label in ("clinic", "treatment", "outcomes") for model in apps.get_app_config(label).get_models()]


def _rows(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def test_the_tests_run_as_a_role_that_row_level_security_binds() -> None:
    [(superuser, bypasses, owns)] = _rows(
        """SELECT rolsuper, rolbypassrls, EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid)
           FROM pg_roles WHERE rolname = current_user"""
    )
    assert (superuser, bypasses, owns) == (False, False, False)


def test_every_table_with_a_clinic_is_walled_for_reading_and_writing() -> None:
    tables = _rows(
        """SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
                  EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'by_clinic'
                          AND p.polcmd = '*' AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL),
                  c.relispartition OR c.relname = 'clinic_auditcounter'
           FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'clinic_id' AND NOT a.attisdropped
           WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace"""
    )
    assert len(tables) > 30
    unwalled = [name for name, enabled, forced, policy, closed in tables if not (enabled and forced and (policy or closed))]
    assert unwalled == []


def _grants(*roles: str) -> set[tuple[str, str, str]]:
    """(role, table, privilege). From the catalogue: the information schema shows a role no grants but its own."""
    rows = """SELECT r.rolname, c.relname, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
              WHERE r.rolname = ANY (%s) AND c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')"""
    return {(role, table, privilege) for role, table, privilege in _rows(rows, list(roles))}


def test_no_serving_role_touches_the_audits_partitions_or_counter() -> None:
    grants = _grants(*SERVING)
    assert {role for role, _table, _privilege in grants} == set(SERVING)
    assert [each for each in grants if each[1].startswith("clinic_auditevent_") or each[1] == "clinic_auditcounter"] == []


def test_append_only_tables_can_neither_be_changed_nor_emptied_by_a_serving_role() -> None:
    append_only = {model._meta.db_table for model in _our_models() if getattr(model, "append_only", False)}
    assert {"clinic_auditevent", "clinic_consent", "outcomes_response", "outcomes_score", "treatment_addendum"} <= append_only
    assert {privilege for _role, table, privilege in _grants(*SERVING) if table in append_only} == {"SELECT", "INSERT"}


def test_no_serving_role_may_truncate_anything() -> None:
    assert [each for each in _grants(*SERVING, *READING) if each[2] == "TRUNCATE"] == []


def _granted(role: str, tables: list[str]) -> set[tuple[str, str]]:
    return {(table, privilege) for _role, table, privilege in _grants(role) if table in tables}


def test_the_worker_has_nothing_of_what_people_sign_in_with() -> None:
    secrets = ["django_session", "mfa_authenticator", "account_emailconfirmation", "clinic_apitoken", "clinic_signedinbrowser"]
    assert _granted("backlight_worker", [*secrets, "clinic_setupcode"]) == set()
    people = ["clinic_user", "clinic_membership", "clinic_staffinvitation", "account_emailaddress"]
    assert {privilege for _table, privilege in _granted("backlight_worker", people)} == {"SELECT", "INSERT"}
    assert ("django_session", "UPDATE") in _granted("backlight_app", secrets), "the web server signs people in"


def test_whoever_reads_for_reports_reads_no_names_and_no_secrets() -> None:
    closed = ["clinic_apitoken", "clinic_patientidentity", "clinic_staffinvitation", "clinic_importrow", "clinic_importpiece"]
    others = ["outcomes_invitation", "clinic_user", "django_session", "mfa_authenticator", "clinic_importpiece"]
    assert _granted("backlight_reporter", [*closed, *others]) == set()
    assert _granted("backlight_reporter", ["outcomes_score", "treatment_visit"]) == {
        ("outcomes_score", "SELECT"),
        ("treatment_visit", "SELECT"),
    }


# The history of what an import brought and its undoing took out again: written by a trigger from rows that had their composite key.
OUTLIVES_WHAT_IT_REFERS_TO = {
    ("treatment_laserapplicationhistory", "visit_id"),
    ("treatment_othertreatmenthistory", "visit_id"),
    ("treatment_visithistory", "course_id"),
}


def test_every_reference_between_clinic_tables_is_a_composite_key() -> None:
    composite = {
        (table, column)
        for table, column in _rows(
            """SELECT con.conrelid::regclass::text, a.attname
               FROM pg_constraint con JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = con.conkey[2]
               WHERE con.contype = 'f' AND array_length(con.conkey, 1) = 2"""
        )
    }
    expected = {
        (model._meta.db_table, field.column)
        for model in _our_models()
        for field in model._meta.concrete_fields
        if isinstance(field, ClinicForeignKey | ClinicOneToOneField)
    }
    assert expected
    assert expected - composite == OUTLIVES_WHAT_IT_REFERS_TO


def test_without_a_scope_there_are_no_rows(clinics: tuple[Clinic, Clinic]) -> None:
    with clinic_scope(clinics[0].pk):
        _patient(actor=SYSTEM_COMMAND, record_number="1")
        assert _rows("SELECT record_number FROM clinic_patient") == [("1",)]
    assert _rows("SELECT record_number FROM clinic_patient") == []


def test_raw_sql_cannot_write_into_another_clinic(clinics: tuple[Clinic, Clinic]) -> None:
    own, other = clinics
    with clinic_scope(other.pk):
        theirs = _patient(actor=SYSTEM_COMMAND, record_number="theirs")
    with clinic_scope(own.pk):
        changed = "UPDATE clinic_patient SET record_number = 'mine' WHERE id = %s RETURNING id"
        assert _rows(changed, theirs.pk) == []
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            _rows("INSERT INTO clinic_patient (id, clinic_id) VALUES (gen_random_uuid(), %s) RETURNING id", other.pk)
    with clinic_scope(other.pk):
        assert Patient.objects.get(pk=theirs.pk).record_number == "theirs"


def test_a_child_cannot_have_another_clinics_parent(clinics: tuple[Clinic, Clinic]) -> None:
    own, other = clinics
    with clinic_scope(other.pk):
        theirs = _patient(actor=SYSTEM_COMMAND, record_number="theirs")

    @writes("test.consent")
    def consent(*, actor: Actor) -> None:
        row = Consent(patient_id=theirs.pk, purpose="messages", given=True, text_version="1")
        row.save()
        audited(row, patient_id=theirs.pk)

    with pytest.raises(Error, match="within_clinic"), clinic_scope(own.pk):
        consent(actor=SYSTEM_COMMAND)


def test_the_same_record_number_may_stand_in_two_clinics(clinics: tuple[Clinic, Clinic]) -> None:
    for clinic in clinics:
        with clinic_scope(clinic.pk):
            _patient(actor=SYSTEM_COMMAND, record_number="0001")
            assert Patient.objects.count() == 1


def test_the_audit_is_counted_per_clinic_and_refuses_every_change(clinics: tuple[Clinic, Clinic]) -> None:
    for clinic in clinics:
        with clinic_scope(clinic.pk):
            _patient(actor=SYSTEM_COMMAND, record_number="1")
            _patient(actor=SYSTEM_COMMAND, record_number="2")
            assert list(AuditEvent.objects.order_by("sequence").values_list("sequence", "action")) == [
                (1, "test.patient"),
                (2, "test.patient"),
            ]
            for change in ("UPDATE clinic_auditevent SET action = ''", "DELETE FROM clinic_auditevent", "TRUNCATE clinic_auditevent"):
                with pytest.raises(Error, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute(change)


def test_a_patients_history_keeps_the_former_state(clinics: tuple[Clinic, Clinic]) -> None:
    @writes("test.change")
    def change(*, actor: Actor, patient: Patient) -> None:
        Patient.objects.filter(pk=patient.pk).update(language="de")
        audited(patient)

    with clinic_scope(clinics[0].pk):
        patient = _patient(actor=SYSTEM_COMMAND, record_number="1")
        change(actor=SYSTEM_COMMAND, patient=patient)
        assert _rows("SELECT language, pgh_label FROM clinic_patienthistory") == [("en", "before_change")]


def test_no_serving_role_can_switch_the_history_off(clinics: tuple[Clinic, Clinic]) -> None:
    with clinic_scope(clinics[0].pk):
        patient = _patient(actor=SYSTEM_COMMAND, record_number="1")
        [[names]] = _rows("SELECT array_agg(tgname)::text FROM pg_trigger WHERE tgname LIKE %s", "pgtrigger%")
        assert "before_change" in names
        _rows("SELECT set_config('pgtrigger.ignore', %s, true)", names)
        _rows("UPDATE clinic_patient SET language = 'de' WHERE id = %s RETURNING id", patient.pk)
        assert _rows("SELECT language, pgh_label FROM clinic_patienthistory") == [("en", "before_change")]


def test_names_are_sealed_in_the_database(clinics: tuple[Clinic, Clinic]) -> None:
    @writes("test.identity")
    def identify(*, actor: Actor, patient: Patient) -> None:
        row = PatientIdentity(patient=patient, sealed={"family_name": "Quarzsand"})
        row.save()
        audited(row)

    with clinic_scope(clinics[0].pk):
        patient = _patient(actor=SYSTEM_COMMAND, record_number="1")
        identify(actor=SYSTEM_COMMAND, patient=patient)
        [(stored,)] = _rows("SELECT sealed FROM clinic_patientidentity")
        assert isinstance(stored, memoryview | bytes)
        assert b"Quarzsand" not in bytes(stored)
        assert PatientIdentity.objects.get(patient=patient).family_name == "Quarzsand"
