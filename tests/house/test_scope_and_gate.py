"""What must be remembered is enforced: scope, write gate, audit, a declared path to the patient."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection, transaction

from clinic.identifiers import uuid7
from clinic.models import AuditEvent, Clinic, Organisation, Patient
from clinic.scoping import NoScope, ScopeMismatch, clinic_scope
from clinic.writes import SYSTEM_COMMAND, Actor, GateShut, Unaudited, audited, nothing_to_write, writes

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic() -> Clinic:
    organisation = Organisation.objects.create(name="One clinic")
    return Clinic.objects.create(organisation=organisation, name="One", slug="one")


@writes("test.patient")
def _add(*, actor: Actor, record_number: str, silent: bool = False) -> Patient:
    patient = Patient(record_number=record_number)
    patient.save()
    if not silent:
        audited(patient)
    return patient


def test_without_a_scope_the_manager_refuses() -> None:
    for ask in (Patient.objects.all, Patient.objects.count, Patient.objects.first):
        with pytest.raises(NoScope):
            ask()


def test_outside_a_writes_function_a_model_refuses_to_be_written(clinic: Clinic) -> None:
    with clinic_scope(clinic.pk):
        patient = _add(actor=SYSTEM_COMMAND, record_number="1")
        for attempt in (
            patient.save,
            patient.delete,
            lambda: Patient.objects.update(language="de"),
            lambda: Patient.objects.all().delete(),
            lambda: Patient.objects.create(record_number="2"),
            lambda: Patient.objects.bulk_create([Patient(record_number="3")]),
            lambda: Patient.objects.bulk_update([patient], ["language"]),
        ):
            with pytest.raises(GateShut):
                attempt()
        assert list(Patient.objects.values_list("record_number", "language")) == [("1", "en")]


@pytest.mark.django_db(transaction=True)
def test_a_write_without_an_audit_entry_is_rolled_back(clinic: Clinic) -> None:
    with pytest.raises(Unaudited), clinic_scope(clinic.pk):
        _add(actor=SYSTEM_COMMAND, record_number="1", silent=True)
    with clinic_scope(clinic.pk):
        assert Patient.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_failure_after_the_first_write_cannot_be_swallowed_into_a_half_record(clinic: Clinic) -> None:
    @writes("test.fail")
    def half(*, actor: Actor) -> None:
        _add(actor=actor, record_number="1")
        raise ValueError("after the write")

    with clinic_scope(clinic.pk):
        with pytest.raises(ValueError, match="after the write"):
            half(actor=SYSTEM_COMMAND)
        assert connection.needs_rollback
    with clinic_scope(clinic.pk):
        assert (Patient.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_a_refusal_before_the_first_write_leaves_the_transaction_usable(clinic: Clinic) -> None:
    @writes("test.refuse")
    def refuse(*, actor: Actor) -> None:
        raise ValueError("not now")

    with clinic_scope(clinic.pk):
        with pytest.raises(ValueError, match="not now"):
            refuse(actor=SYSTEM_COMMAND)
        assert Patient.objects.count() == 0


def test_a_writer_takes_keywords_and_an_actor_only(clinic: Clinic) -> None:
    with clinic_scope(clinic.pk):
        with pytest.raises(TypeError, match="keyword"):
            _add(SYSTEM_COMMAND, record_number="1")  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="actor"):
            _add(record_number="1")  # type: ignore[call-arg]


def test_nested_writers_leave_one_entry_each_in_order(clinic: Clinic) -> None:
    @writes("test.outer")
    def outer(*, actor: Actor) -> None:
        patient = _add(actor=actor, record_number="1")
        audited(patient, count=1)

    with clinic_scope(clinic.pk):
        outer(actor=SYSTEM_COMMAND)
        assert list(AuditEvent.objects.order_by("sequence").values_list("action", "detail")) == [
            ("test.patient", {}),
            ("test.outer", {"count": 1}),
        ]


def test_a_writer_that_finds_nothing_to_do_says_so(clinic: Clinic) -> None:
    @writes("test.idle")
    def idle(*, actor: Actor) -> None:
        nothing_to_write()

    with clinic_scope(clinic.pk):
        idle(actor=SYSTEM_COMMAND)
        assert AuditEvent.objects.count() == 0


def test_a_row_of_another_clinic_is_refused_before_postgresql_sees_it(clinic: Clinic) -> None:
    with clinic_scope(clinic.pk):

        @writes("test.foreign")
        def foreign(*, actor: Actor) -> None:
            Patient(record_number="1", clinic_id=uuid4()).save()

        with pytest.raises(ScopeMismatch):
            foreign(actor=SYSTEM_COMMAND)
        transaction.set_rollback(False)


def test_an_inner_scope_hands_back_the_outer_one(clinic: Clinic) -> None:
    second = Clinic.objects.create(organisation=clinic.organisation, name="Two", slug="two")
    with clinic_scope(clinic.pk):
        _add(actor=SYSTEM_COMMAND, record_number="outer")
        with clinic_scope(second.pk):
            assert list(Patient.objects.all()) == []
        assert [patient.record_number for patient in Patient.objects.all()] == ["outer"]


def test_every_model_says_how_it_leads_to_the_patient() -> None:
    models = [model for label in ("clinic", "treatment", "outcomes") for model in apps.get_app_config(label).get_models()]
    ours = [model for model in models if getattr(model, "pgh_tracked_model", None) is None]
    assert len(ours) > 30
    assert [model.__name__ for model in ours if not isinstance(getattr(model, "path_to_patient", None), str)] == []


def test_identifiers_grow_with_time_and_are_version_7() -> None:
    made = [uuid7() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert {(identifier.version, identifier.variant) for identifier in made} == {(7, "specified in RFC 4122")}
    milliseconds = [identifier.int >> 80 for identifier in made]
    assert milliseconds == sorted(milliseconds)
    assert isinstance(made[0], UUID)
