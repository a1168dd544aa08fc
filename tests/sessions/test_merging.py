"""Two records of one person: compared, merged with a reason, found by either number afterwards, nothing lost."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from clinic.models import AuditEvent, Consent, Message, Patient, PatientIdentity
from clinic.scoping import clinic_scope
from clinic.selectors.patients import find_patients, may_message, person
from clinic.services.messages import queue_message
from clinic.services.patients import PatientRefused, change_patient, record_consent, register_patient
from clinic.services.worklist import open_task
from clinic.writes import Actor, nothing_to_write, writes
from outcomes.models import OutcomeRow, Response
from outcomes.services.outcome_rows import drifted_rows
from outcomes.services.responses import record_response
from sessions.models import Course
from sessions.services.courses import open_course
from sessions.services.merging import merge_patients
from tests.callers import Caller, proved
from tests.cast import Cast


def _twin(cast: Cast) -> Patient:
    """Ada once more, under her married name, with a course, an answer, a telephone and a task of her own."""
    actor = cast.actor()
    twin = register_patient(
        actor=actor, given_name="Angela", family_name="Hafen", birth_date=date(1958, 4, 3), phone="030 23125 777", record_number="T-77"
    )
    course = open_course(actor=actor, patient=twin, complaint="neck_pain", started_on=date(2026, 1, 5))
    record_response(
        actor=actor,
        course=course,
        answers={"nprs-back-7d": {"back": 6}},
        occasion="baseline",
        mode="paper",
        answered_by="patient",
        occurred_at=datetime(2026, 1, 5, 9, tzinfo=UTC),
        zone="UTC",
    )
    open_task(actor=actor, kind="call", patient=twin, subject_id=twin.pk)
    return twin


@pytest.mark.django_db
def test_courses_answers_and_tasks_move_and_either_number_finds_the_person(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        twin = _twin(cast)
        before = {course.pk for course in Course.objects.filter(patient__in=[cast.ada, twin])}
        assert merge_patients(actor=cast.actor(), kept=cast.ada, absorbed=twin, reason="passport seen") == 1
        assert {course.pk for course in Course.objects.filter(patient=cast.ada)} == before
        assert Response.objects.filter(course__patient=cast.ada, instrument="nprs-back-7d").exists()
        assert OutcomeRow.objects.filter(course__patient=twin).count() == 0
        assert drifted_rows() == []
        for typed in ("T-77", cast.ada.record_number):
            assert [line.patient_id for line in find_patients(typed)] == [cast.ada.pk]
        assert twin.pk not in [line.patient_id for line in find_patients("")]
        assert [line.patient_id for line in find_patients("Hafen")] == []


@pytest.mark.django_db
def test_both_records_show_the_trace_and_no_name_stands_in_it(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        twin = _twin(cast)
        merge_patients(actor=cast.actor(), kept=cast.ada, absorbed=twin, reason="passport of Hafen seen")
        events = AuditEvent.objects.filter(action__in=["patient.merge", "patient.absorb"])
        trace = {(event.patient_id, tuple(sorted(event.detail.items()))) for event in events}
        assert trace == {
            (cast.ada.pk, (("absorbed", str(twin.pk)), ("courses", 1))),
            (twin.pk, (("into", str(cast.ada.pk)),)),
        }
        twin.refresh_from_db()
        assert (twin.merged_into_id, twin.merged_because) == (cast.ada.pk, "passport of Hafen seen")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kept_says", "other_says", "afterwards"),
    [(True, None, True), (None, True, True), (True, False, False), (False, True, False), (None, None, False)],
)
def test_a_refusal_on_either_record_is_a_refusal(cast: Cast, kept_says: bool | None, other_says: bool | None, afterwards: bool) -> None:
    with clinic_scope(cast.harbour.pk):
        actor = cast.actor()
        kept, other = (register_patient(actor=actor, given_name="K", family_name="L") for _ in range(2))
        for patient, said in ((kept, kept_says), (other, other_says)):
            if said is not None:
                record_consent(actor=actor, patient=patient, purpose=Consent.Purpose.MESSAGES, given=said)
        merge_patients(actor=actor, kept=kept, absorbed=other, reason="twice at the desk")
        assert may_message(kept.pk) is afterwards


@pytest.mark.django_db
def test_missing_contact_is_taken_over_and_what_is_there_stays(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        actor = cast.actor()
        kept = register_patient(actor=actor, given_name="Ana", family_name="Bel", email="ana@example.org")
        other = register_patient(actor=actor, given_name="Anna", family_name="Bell", email="b@example.org", phone="030 23125 778")
        merge_patients(actor=actor, kept=kept, absorbed=other, reason="asked by telephone")
        who = person(kept.pk)
        assert (who.full_name, who.email, who.phone) == ("Ana Bel", "ana@example.org", "+493023125778")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ({"email": "ana@example.org"}, ("Ex Eve", "eve@example.org", "")),
        ({"carer_name": "Son Sam", "carer_phone": "030 23125 111"}, ("Son Sam", "", "")),
        ({"email": "ana@example.org", "carer_name": "Son Sam", "carer_email": "sam@example.org"}, ("Son Sam", "sam@example.org", "")),
        ({}, ("Ex Eve", "eve@example.org", "carer")),
    ],
)
def test_a_carer_is_taken_over_whole_and_nobodys_mail_goes_to_somebody_else_by_a_merge(
    cast: Cast, own: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    with clinic_scope(cast.harbour.pk):
        actor = cast.actor()
        kept = register_patient(actor=actor, given_name="Ana", family_name="Bel", **own)
        other = register_patient(
            actor=actor, given_name="Ana", family_name="Bel", carer_name="Ex Eve", carer_email="eve@example.org", messages_to="carer"
        )
        merge_patients(actor=actor, kept=kept, absorbed=other, reason="passport seen")
        who = PatientIdentity.objects.get(patient=kept)
        assert (who.carer_name, who.carer_email, who.messages_to) == expected


@pytest.mark.django_db
def test_a_record_is_merged_once_and_never_into_itself(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        twin = _twin(cast)
        for kept, absorbed, reason in ((cast.ada, cast.ada, "x"), (cast.ada, twin, " ")):
            with pytest.raises(PatientRefused):
                merge_patients(actor=cast.actor(), kept=kept, absorbed=absorbed, reason=reason)
        merge_patients(actor=cast.actor(), kept=cast.ada, absorbed=twin, reason="passport seen")
        for kept, absorbed in ((cast.ben, twin), (twin, cast.ben)):
            with pytest.raises(PatientRefused):
                merge_patients(actor=cast.actor(), kept=kept, absorbed=absorbed, reason="again")


@pytest.mark.django_db
def test_the_page_compares_warns_of_other_birth_dates_and_leads_from_the_old_record_to_the_new(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        twin = _twin(cast)
    client = Client()
    client.force_login(cast.therapist.user)
    proved(client, cast.therapist.user)
    address = f"/c/harbour/patients/{cast.ada.pk}/merge/"
    assert client.post(address, {"other": "no such number"}).status_code == 422
    assert "This is the record you are on." in client.post(address, {"other": cast.ada.record_number}).content.decode()
    different = client.post(address, {"other": cast.ben.record_number}).content.decode()
    assert "The dates of birth differ." in different
    compared = client.post(address, {"other": "t-77"}).content.decode()
    assert "Angela Hafen" in compared
    assert "The dates of birth differ." not in compared
    assert client.post(address, {"other": "T-77", "merge": "1", "reason": ""}).status_code == 422
    done = client.post(address, {"other": "T-77", "merge": "1", "reason": "passport seen"})
    assert done.headers["Location"] == f"/c/harbour/patients/{cast.ada.pk}/"
    for old in (f"/c/harbour/patients/{twin.pk}/", f"/c/harbour/patients/{twin.pk}/edit/"):
        assert client.get(old).headers["Location"].startswith(f"/c/harbour/patients/{cast.ada.pk}/")


@pytest.mark.django_db
def test_a_merge_asks_for_the_password_again(cast: Cast, client: Client) -> None:
    client.force_login(cast.therapist.user)
    answer = client.get(f"/c/harbour/patients/{cast.ada.pk}/merge/")
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")


@pytest.mark.django_db
def test_who_died_on_either_record_has_died_and_gets_no_more_messages(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        assert may_message(cast.ada.pk)
        twin = _twin(cast)
        change_patient(actor=cast.actor(), patient=twin, deceased_on=date(2026, 11, 1))
        merge_patients(actor=cast.actor(), kept=cast.ada, absorbed=twin, reason="The family said so")
        assert Patient.objects.get(pk=cast.ada.pk).deceased_on == date(2026, 11, 1)
        assert not may_message(cast.ada.pk)


@pytest.mark.django_db
def test_what_may_still_be_sent_goes_by_the_contact_and_consent_of_the_record_that_stays(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        twin = _twin(cast)
        for state in Message.State.values:
            _message(actor=cast.actor(), patient=twin, state=state)
        merge_patients(actor=cast.actor(), kept=cast.ada, absorbed=twin, reason="passport seen")
        assert sorted(Message.objects.filter(patient=twin).values_list("state", flat=True)) == ["sent", "withdrawn"]


@writes("test.message")
def _message(*, actor: Actor, patient: Patient, state: str) -> None:
    message = queue_message(actor=actor, patient=patient, kind="invitation", subject_id=patient.pk, business_key=f"twin:{state}")
    message.state = state
    message.save()
    nothing_to_write()


@pytest.mark.django_db
def test_of_three_records_of_one_person_every_number_finds_the_one_in_use(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        actor, twin = cast.actor(), _twin(cast)
        third = register_patient(actor=actor, given_name="Ada", family_name="Third", record_number="T-78")
        merge_patients(actor=actor, kept=twin, absorbed=third, reason="passport seen")
        merge_patients(actor=actor, kept=cast.ada, absorbed=twin, reason="passport seen")
        assert [line.patient_id for line in find_patients("T-78")] == [cast.ada.pk]


@pytest.mark.django_db
def test_what_is_said_under_the_old_record_by_a_program_or_a_page_left_open_counts_for_the_person(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        twin = _twin(cast)
        merge_patients(actor=cast.actor(), kept=cast.ada, absorbed=twin, reason="passport seen")
        assert may_message(cast.ada.pk)
    caller, old = Caller(cast), f"harbour/patients/{twin.pk}/"
    assert caller.get(f"{old}consents/").json()["results"][0]["given"] is True
    assert caller.post(f"{old}consents/", {"purpose": "messages", "given": False}).status_code == 201
    course = {"patient": str(twin.pk), "complaint": "sciatica", "started_on": "2026-01-05"}
    opened = caller.post("harbour/courses/", course).json()["id"]
    with clinic_scope(cast.harbour.pk):
        assert not may_message(cast.ada.pk)
        assert Course.objects.get(pk=opened).patient_id == cast.ada.pk
    browser = Client()
    browser.force_login(cast.therapist.user)
    answer = browser.post(f"/c/harbour/patients/{twin.pk}/consent/", {"purpose": "messages", "given": "yes"})
    assert answer.headers["Location"] == f"/c/harbour/patients/{cast.ada.pk}/edit/"
    with clinic_scope(cast.harbour.pk):
        assert may_message(cast.ada.pk)
