"""A record in an emergency: named people, a reason, one hour, one record, and nobody who answers for it is left untold."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from clinic.models import AuditEvent, EmergencyAccess, Membership, Message
from clinic.scoping import clinic_scope
from clinic.selectors.emergency import emergency_lines
from clinic.services.emergency import EmergencyRefused, name_for_emergencies, open_in_emergency
from clinic.services.organisation import StaffRefused
from clinic.services.patients import register_patient
from clinic.writes import SYSTEM_COMMAND
from tests.callers import Caller, proved
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PAGE = "/c/harbour/emergency/"
WHY = "Unconscious in the waiting room"


def _client(member: Membership) -> Client:
    client = Client()
    client.force_login(member.user)
    proved(client, member.user)
    return client


@pytest.fixture
def named(cast: Cast) -> Client:
    """The browser of somebody at the front desk who is named for emergencies."""
    with clinic_scope(cast.harbour.pk):
        name_for_emergencies(actor=cast.actor(cast.administrator), member=cast.front_desk, may=True)
    return _client(cast.front_desk)


def _record(cast: Cast, client: Client, patient: Any) -> Any:
    return client.get(f"/c/{cast.harbour.slug}/patients/{patient.pk}/")


def _opened(client: Client, who: str, reason: str = WHY) -> Any:
    return client.post(PAGE, {"who": who, "reason": reason})


def test_nobody_opens_a_record_unless_named(cast: Cast) -> None:
    for member in (cast.front_desk, cast.manager, cast.administrator):
        assert _opened(_client(member), cast.ada.record_number).status_code == 403
        with clinic_scope(cast.harbour.pk), pytest.raises(EmergencyRefused, match="not named"):
            open_in_emergency(actor=cast.actor(member), member=member, patient=cast.ada, reason=WHY)


def test_a_named_person_reads_that_record_and_no_other(cast: Cast, named: Client) -> None:
    assert _record(cast, named, cast.ada).status_code == 403
    answer = _opened(named, cast.ada.record_number)
    assert answer.status_code == 302
    page = named.get(answer.headers["Location"])
    assert (page.status_code, "Opened in an emergency" in page.content.decode()) == (200, True)
    assert _record(cast, named, cast.ben).status_code == 403


def test_it_is_for_reading_alone(cast: Cast, named: Client) -> None:
    address = _opened(named, cast.ada.record_number).headers["Location"]
    text = named.get(address).content.decode()
    assert "/void/" not in text
    assert "/plan/" not in text
    assert named.post(address, {}).status_code == 403


def test_it_ends_after_an_hour_and_with_the_right(cast: Cast, named: Client) -> None:
    _opened(named, cast.ada.record_number)
    with clinic_scope(cast.harbour.pk):
        ends: datetime = EmergencyAccess.objects.get().ends_at
    assert timedelta(minutes=59) < ends - timezone.now() <= timedelta(minutes=60)
    with clinic_scope(cast.harbour.pk):
        name_for_emergencies(actor=cast.actor(cast.administrator), member=cast.front_desk, may=False)
    assert _record(cast, named, cast.ada).status_code == 403
    with clinic_scope(cast.harbour.pk):
        name_for_emergencies(actor=cast.actor(cast.administrator), member=cast.front_desk, may=True)
    assert _record(cast, named, cast.ada).status_code == 200
    with time_machine.travel(ends + timedelta(seconds=1), tick=False):
        later = _client(cast.front_desk)
        assert _record(cast, later, cast.ada).status_code == 403


@pytest.mark.parametrize(
    ("who", "reason", "said"),
    [
        ("", WHY, "This field is required."),
        ("Twin", WHY, "2 people fit. Write it so that one person fits, best the record number."),
        ("nobody of that name", WHY, "0 people fit."),
        ("1001", "", "This field is required."),
        ("1001", "emergency", "Say in a few words what the emergency is."),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nobody_is_shown(cast: Cast, named: Client, who: str, reason: str, said: str) -> None:
    with clinic_scope(cast.harbour.pk):
        for given_name in ("Castor", "Pollux"):
            register_patient(actor=SYSTEM_COMMAND, given_name=given_name, family_name="Twin")
    answer = _opened(named, who, reason)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    assert "Pollux" not in text
    with clinic_scope(cast.harbour.pk):
        assert EmergencyAccess.objects.count() == 0
        assert [line.record_number for line in emergency_lines()] == []


def test_the_opening_and_each_look_have_an_audit_word_of_their_own(cast: Cast, named: Client) -> None:
    address = _opened(named, cast.ada.record_number).headers["Location"]
    named.get(address)
    named.get(address)
    with clinic_scope(cast.harbour.pk):
        opened = EmergencyAccess.objects.get()
        events = AuditEvent.objects.filter(patient_id=cast.ada.pk, actor_user=cast.front_desk.user, action__startswith="emergency")
        assert sorted(events.values_list("action", "object_id")) == [
            ("emergency.open", opened.pk),
            ("emergency.read", opened.pk),
            ("emergency.read", opened.pk),
        ]
        assert not AuditEvent.objects.filter(action="record.read", actor_user=cast.front_desk.user).exists()
        [line] = emergency_lines()
        assert (line.who, line.record_number, line.reason, line.read) == (
            cast.front_desk.display_name,
            cast.ada.record_number,
            WHY,
            2,
        )


def test_administrators_read_the_list_and_find_the_reason(cast: Cast, named: Client) -> None:
    _opened(named, cast.ada.record_number)
    text = _client(cast.administrator).get("/c/harbour/audit/emergencies/").content.decode()
    assert WHY in text
    assert cast.ada.record_number in text
    assert _client(cast.manager).get("/c/harbour/audit/emergencies/").status_code == 403


def test_everybody_who_answers_for_the_clinic_is_told_without_a_name(cast: Cast, named: Client) -> None:
    from clinic.services.emergency import emergency_mail

    _opened(named, cast.ada.record_number)
    with clinic_scope(cast.harbour.pk):
        told = Message.objects.filter(kind="staff_emergency")
        assert set(told.values_list("subject_id", flat=True)) == {cast.administrator.pk, cast.manager.pk}
        for message in told:
            mail = emergency_mail(message, cast.harbour)
            assert mail.to in {cast.administrator.user.email, cast.manager.user.email}
            words = f"{mail.subject} {mail.body}"
            secret = (cast.ada.record_number, WHY, cast.front_desk.display_name, "Ada")
            assert [each for each in secret if each in words] == []


def test_nobody_names_themselves(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk), pytest.raises(StaffRefused, match="Nobody names themselves"):
        name_for_emergencies(actor=cast.actor(cast.administrator), member=cast.administrator, may=True)
    client = _client(cast.administrator)
    page = f"/c/harbour/staff/{cast.administrator.pk}/roles/"
    answer = client.post(page, {"name": "Olu", "roles": ["administrator"], "may_in_emergency": "on"})
    assert (answer.status_code, "Nobody names themselves" in answer.content.decode()) == (422, True)


def test_an_administrator_names_somebody_on_their_page(cast: Cast) -> None:
    client = _client(cast.administrator)
    page = f"/c/harbour/staff/{cast.front_desk.pk}/roles/"
    assert client.post(page, {"name": "Fritz", "roles": ["front_desk"], "may_in_emergency": "on"}).status_code == 302
    assert "may open a record for an hour" in client.get(f"/c/harbour/staff/{cast.front_desk.pk}/").content.decode()
    assert client.post(page, {"name": "Fritz", "roles": ["front_desk"]}).status_code == 302
    with clinic_scope(cast.harbour.pk):
        assert not Membership.objects.get(pk=cast.front_desk.pk).may_in_emergency
        detail = AuditEvent.objects.filter(action="staff.emergency").order_by("sequence").values_list("detail", flat=True)
        assert [each["may"] for each in detail] == [True, False]


def test_a_programs_key_opens_no_record_in_an_emergency(cast: Cast, named: Client) -> None:
    _opened(named, cast.ada.record_number)
    caller = Caller(cast, cast.front_desk)
    assert caller.get("harbour/visits/").status_code == 403
    headers = {"Authorization": f"Bearer {caller.token}"}
    answer = caller.client.get(f"/c/harbour/patients/{cast.ada.pk}/", headers=headers)
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/accounts/login/")


def test_a_person_of_another_clinic_is_nobody(cast: Cast, named: Client) -> None:
    assert _opened(named, cast.foreign_patient.record_number + "x").status_code == 422
    assert named.get(f"/c/harbour/patients/{cast.foreign_patient.pk}/").status_code == 404


def test_what_was_opened_is_never_changed(cast: Cast, named: Client) -> None:
    _opened(named, cast.ada.record_number)
    for statement in ("UPDATE clinic_emergencyaccess SET reason = 'x'", "DELETE FROM clinic_emergencyaccess"):
        with clinic_scope(cast.harbour.pk), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_who_may_read_records_anyway_needs_no_emergency(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        name_for_emergencies(actor=SYSTEM_COMMAND, member=cast.therapist, may=True)
    text = _record(cast, _client(cast.therapist), cast.ada).content.decode()
    assert "Opened in an emergency" not in text
    with clinic_scope(cast.harbour.pk):
        assert AuditEvent.objects.filter(action="record.read", patient_id=cast.ada.pk).exists()
