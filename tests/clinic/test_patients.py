"""Patients are found however their name is typed, and never by another clinic."""

from __future__ import annotations

from datetime import date

import pytest

from clinic.models import AuditEvent, PatientIdentity
from clinic.scoping import clinic_scope
from clinic.selectors.patients import birth_year_matches, find_patients, likely_same, may_message, person
from clinic.services.patients import PatientRefused, change_identity, change_patient, record_consent, register_patient
from tests.cast import Cast


@pytest.mark.parametrize(
    "typed",
    [
        "Angela",
        "ángela",
        "A\u0301NGELA",
        "bugspriet",
        "Bug ang",
        "Bugspriet, Ángela",
        "030 1234567",
        "+49301234567",
        "3.4.1958",
        "1958-04-03",
    ],
)
def test_a_patient_is_found_by_each_way_of_typing(cast: Cast, typed: str) -> None:
    with clinic_scope(cast.harbour.pk):
        assert [line.full_name for line in find_patients(typed)] == ["Ángela Bugspriet"]


@pytest.mark.parametrize("typed", ["Bugsprietz", "ngela", "030 7654321", "4.3.1958", "999999", "%", "'; --"])
def test_nobody_is_found_by_something_else(cast: Cast, typed: str) -> None:
    with clinic_scope(cast.harbour.pk):
        assert find_patients(typed) == []


def test_a_patient_is_found_by_record_number(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        assert [line.patient_id for line in find_patients(cast.ben.record_number)] == [cast.ben.pk]


def test_another_clinic_finds_nobody(cast: Cast) -> None:
    with clinic_scope(cast.meadow.pk):
        assert find_patients("Bugspriet") == []
        assert {line.list_name for line in find_patients("")} == {"Distelfink, Dana"}


def test_record_numbers_count_up_within_a_clinic(cast: Cast) -> None:
    assert [cast.ada.record_number, cast.ben.record_number, cast.cem.record_number] == ["1001", "1002", "1003"]
    assert cast.foreign_patient.record_number == "1001"


def test_a_taken_record_number_is_refused_within_the_clinic(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk), pytest.raises(PatientRefused, match="taken"):
        register_patient(actor=cast.actor(), family_name="New", record_number="1001")


def test_a_possible_duplicate_is_named_by_name_or_by_birth_date_and_first_name(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        same_name = likely_same(given_name="Angela", family_name="Bugspriet", birth_date=None, phone="", email="")
        married = likely_same(given_name="Angela", family_name="Neuland", birth_date=date(1958, 4, 3), phone="", email="")
        nobody = likely_same(given_name="Angela", family_name="Neuland", birth_date=date(1960, 1, 1), phone="", email="")
    assert [each.person.full_name for each in same_name] == ["Ángela Bugspriet"]
    assert [each.person.full_name for each in married] == ["Ángela Bugspriet"]
    assert nobody == []


def test_a_changed_name_is_found_and_the_former_one_is_gone(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        change_identity(actor=cast.actor(), patient=cast.ada, family_name="Neuland")
        assert [line.full_name for line in find_patients("Neuland")] == ["Ángela Neuland"]
        assert find_patients("Bugspriet") == []
        assert PatientIdentity.objects.get(patient=cast.ada).birth_date == "1958-04-03"
        newest = AuditEvent.objects.order_by("-sequence").first()
        assert newest is not None
        assert (newest.action, newest.detail, newest.patient_id) == (
            "patient.change_identity",
            {"fields": ["family_name"]},
            cast.ada.pk,
        )


@pytest.mark.parametrize("phone", ["abc", "+49 1", "1234567890123456789012"])
def test_what_is_no_telephone_number_is_refused_with_its_field(cast: Cast, phone: str) -> None:
    with clinic_scope(cast.harbour.pk):
        with pytest.raises(PatientRefused) as refused:
            change_identity(actor=cast.actor(), patient=cast.ada, phone=phone)
        assert refused.value.field == "phone"


def test_the_newest_statement_of_consent_counts(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        assert may_message(cast.ada.pk) is True
        assert may_message(cast.ben.pk) is False
        record_consent(actor=cast.actor(), patient=cast.ada, purpose="messages", given=False)
        assert may_message(cast.ada.pk) is False


def test_only_the_true_year_of_birth_matches(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        assert birth_year_matches(cast.ada.pk, 1958) is True
        assert birth_year_matches(cast.ada.pk, 1959) is False
        register_patient(actor=cast.actor(), family_name="Ohne Datum")
        [nameless] = find_patients("Ohne Datum")
        assert birth_year_matches(nameless.patient_id, 0) is False


def test_nothing_is_sent_to_somebody_who_has_died(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        assert may_message(cast.ada.pk)
        change_patient(actor=cast.actor(), patient=cast.ada, deceased_on=date(2026, 2, 1))
        assert not may_message(cast.ada.pk)


def test_messages_go_to_the_carer_when_that_was_agreed_and_the_carers_number_finds_the_patient(cast: Cast) -> None:
    carer = {"carer_name": "Jo Kind", "carer_relation": "daughter", "carer_phone": "030 23125 888", "carer_email": "jo@example.org"}
    with clinic_scope(cast.harbour.pk):
        change_identity(actor=cast.actor(), patient=cast.ada, **carer)
        assert person(cast.ada.pk).message_address == person(cast.ada.pk).email
        change_identity(actor=cast.actor(), patient=cast.ada, messages_to="carer")
        assert person(cast.ada.pk).message_address == "jo@example.org"
        assert [line.patient_id for line in find_patients("03023125888")] == [cast.ada.pk]
        with pytest.raises(PatientRefused) as refused:
            change_identity(actor=cast.actor(), patient=cast.ada, carer_email="")
        assert refused.value.field == "carer_email"


def test_two_people_on_one_telephone_are_both_found_by_it(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        both = {
            register_patient(actor=cast.actor(), given_name=name, family_name="Paar", phone="030 23125 999").pk for name in ("Al", "Bo")
        }
        assert {line.patient_id for line in find_patients("030 23125999")} == both
