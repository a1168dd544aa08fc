"""Every endpoint that writes: fields that are not offered are refused by name, and another clinic's ids like ids of nobody."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from clinic.api.schema import description
from clinic.models import Consent, Patient
from clinic.permissions import ROLES
from clinic.scoping import clinic_scope
from clinic.services.organisation import change_staff
from clinic.writes import SYSTEM_COMMAND
from sessions.models import Course, Handpiece, Visit
from tests.callers import Caller
from tests.cast import Cast
from tests.house.test_access import World, _rows_of, world

__all__ = ["world"]

pytestmark = pytest.mark.django_db

PROTECTED = ("id", "clinic", "clinic_id", "created_by", "created_at", "signed_at", "signed_by", "score", "role", "is_staff", "state_of_all")


@pytest.fixture
def caller(world: World) -> Caller:
    with clinic_scope(world.cast.harbour.pk):
        change_staff(actor=SYSTEM_COMMAND, member=world.cast.therapist, roles=list(ROLES), is_active=True)
    return Caller(world.cast)


def _send(caller: Caller, method: str, path: str, body: object) -> Any:
    headers = {"Authorization": f"Bearer {caller.token}"}
    send = getattr(caller.client, method)
    return send(f"/api/v1/{path}", json.dumps(body).encode(), content_type="application/json", headers=headers)


def test_no_endpoint_takes_a_field_that_it_does_not_offer(world: World, caller: Caller) -> None:
    tried = 0
    for path, methods in description()["paths"].items():
        for method in {"post", "patch"} & set(methods):
            address = path.removeprefix("/api/v1/").format(**{name: str(value) for name, value in world.own.items()})
            for name in PROTECTED:
                answer = _send(caller, method, address, {name: str(uuid4())})
                assert (answer.status_code, name in answer.json()["fields"]) == (400, True), (method, path, name, answer.content)
                tried += 1
    assert tried > 250


def _bodies(cast: Cast, world: World) -> list[tuple[str, str, dict[str, Any]]]:
    """Path, the field that refers to something, and a body that fits but for it."""
    course = {"patient": str(cast.ada.pk), "complaint": "neck_pain", "started_on": "2026-03-02"}
    plan = {"planned_visits": 6, "visits_per_week": "1", "review_on": "2027-01-01"}
    protocol = {"name": "New", "device": str(cast.device.pk), "region": "lumbar", "source": "Team", "technique": "scanning_contact"}
    survey = {"course": str(cast.ada_course.pk), "occasion": "during", "due_on": "2026-03-02", "instruments": ["nprs-back-7d"]}
    own = world.own["course"]
    return [
        ("courses/", "patient", course),
        ("courses/", "responsible", course),
        (f"courses/{own}/plan/", "protocol", plan),
        (f"courses/{own}/visits/", "therapist", {"planned_for": "2026-03-02T09:00:00Z"}),
        ("protocols/", "device", protocol),
        ("protocols/", "handpiece", protocol),
        ("invitations/", "course", survey),
    ]


def test_another_clinics_id_in_a_body_is_answered_like_one_of_nobody_and_changes_nothing(world: World, caller: Caller) -> None:
    cast = world.cast
    with clinic_scope(cast.meadow.pk):
        handpiece = Handpiece.objects.get(device=cast.foreign_device).pk
    foreign = {
        "patient": cast.foreign_patient.pk,
        "responsible": cast.stranger.pk,
        "therapist": cast.stranger.pk,
        "protocol": cast.foreign_protocol.pk,
        "device": cast.foreign_device.pk,
        "handpiece": handpiece,
        "course": cast.foreign_course.pk,
    }
    before = _rows_of(cast.meadow.pk)
    for path, name, body in _bodies(cast, world):
        answers = [caller.post(f"harbour/{path}", body | {name: str(wanted)}) for wanted in (foreign[name], uuid4())]
        assert [(each.status_code, list(each.json()["fields"])) for each in answers] == [(400, [name])] * 2, (
            path,
            name,
            answers[0].content,
        )
        assert answers[0].content == answers[1].content
        if name not in {"responsible", "handpiece", "protocol", "therapist"} or name in body:
            continue
        assert caller.post(f"harbour/{path}", body).status_code == 201, (path, name)
    assert _rows_of(cast.meadow.pk) == before


def test_a_possible_duplicate_is_told_without_a_name_and_can_be_confirmed(world: World, caller: Caller) -> None:
    who = {"given_name": "Ángela", "family_name": "Bugspriet", "birth_date": "1958-04-03"}
    answer = caller.post("harbour/patients/", who)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["confirmed"])
    assert "ngela" not in answer.content.decode()
    made = caller.post("harbour/patients/", who | {"confirmed": True})
    assert made.status_code == 201
    found = caller.post("harbour/patients/search/", {"text": "angela bugspriet"}).json()["results"]
    assert {row["id"] for row in found} == {str(world.cast.ada.pk), made.json()["id"]}
    assert set(found[0]) == {"id", "record_number"}


def test_identity_and_consent_change_through_the_same_services(world: World, caller: Caller) -> None:
    cast = world.cast
    changed = _send(caller, "patch", f"harbour/patients/{cast.ben.pk}/", {"phone": "12", "language": "en"})
    assert (changed.status_code, list(changed.json()["fields"])) == (400, ["phone"])
    assert _send(caller, "patch", f"harbour/patients/{cast.ben.pk}/", {"language": "en"}).status_code == 200
    assert caller.post(f"harbour/patients/{cast.ben.pk}/consents/", {"purpose": "messages", "given": True}).status_code == 201
    with clinic_scope(cast.harbour.pk):
        assert Patient.objects.get(pk=cast.ben.pk).language == "en"
        assert Consent.objects.get(patient=cast.ben).given is True


def test_an_appointment_goes_its_way_and_a_closed_one_is_a_conflict(world: World, caller: Caller) -> None:
    booked = caller.post(f"harbour/courses/{world.own['course']}/visits/", {"planned_for": "2026-03-05T09:00:00Z"}).json()["id"]
    assert caller.post(f"harbour/visits/{booked}/missed/", {"state": "no_show", "reason": "ill"}).json()["state"] == "no_show"
    again = caller.post(f"harbour/visits/{booked}/missed/", {"state": "no_show"})
    assert (again.status_code, again.json()["error"]) == (409, "locked")
    assert caller.post(f"harbour/visits/{booked}/reopen/", {}).json()["state"] == "booked"
    assert caller.post(f"harbour/visits/{booked}/arrive/", {}).json()["state"] == "arrived"
    assert caller.post(f"harbour/visits/{booked}/addenda/", {"reason": "x", "text": "y"}).status_code == 409
    with clinic_scope(world.cast.harbour.pk):
        assert Visit.objects.get(pk=booked).missed_reason == ""


def test_a_course_ends_once_and_not_ahead(world: World, caller: Caller) -> None:
    end = {"ended_on": "2999-01-01", "reason": "completed"}
    address = f"harbour/courses/{world.cast.cem_course.pk}/end/"
    assert list(caller.post(address, end | {"ended_on": "2199-01-01"}).json()["fields"]) == ["ended_on"]
    assert caller.post(address, end | {"ended_on": "2026-09-01"}).status_code == 200
    assert caller.post(address, end | {"ended_on": "2026-09-01"}).status_code == 400
    with clinic_scope(world.cast.harbour.pk):
        assert Course.objects.get(pk=world.cast.cem_course.pk).end_reason == "completed"
    assert not connection.needs_rollback
