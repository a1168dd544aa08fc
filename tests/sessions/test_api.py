"""Patients, courses and visits through the interface: the same services, no names, nothing of another clinic, no guessing."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic.api.patients import PatientShape
from clinic.models import AuditEvent
from clinic.scoping import clinic_scope
from clinic.services.patients import register_patient
from sessions.api.shapes import CourseShape, LaserShape, OtherShape, VisitShape
from sessions.models import Course, LaserApplication, OtherTreatment, Visit
from sessions.services.courses import open_course
from sessions.services.visits import book_visit, mark_arrived
from tests.callers import Caller
from tests.cast import HARBOUR_CANARY, MEADOW_CANARY, Cast

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def caller(cast: Cast) -> Caller:
    return Caller(cast)


def _site(cast: Cast, **changes: object) -> dict[str, Any]:
    usual = {"device_id": str(cast.device.pk), "region": "lumbar", "technique": "scanning_contact", "side": "both", "levels": ["L4", "L5"]}
    return usual | {"average_power_w": "12", "emission_s": 420, "treated_area_cm2": "500"} | changes


def _body(cast: Cast, **changes: object) -> dict[str, Any]:
    other = {"kind": "manual_therapy", "code": "joint_mobilisation", "grade": "III", "minutes": 15}
    usual = {"course": str(cast.ada_course.pk), "occurred_at": "2026-09-07T10:00:00+02:00", "pain_before": 6, "pain_after": 4}
    return usual | {"laser": [_site(cast)], "other": [other], "note": " as written "} | changes


def _books(cast: Cast, course: Course, count: int) -> list[Visit]:
    with clinic_scope(cast.harbour.pk):
        return [book_visit(actor=cast.actor(), course=course, planned_for=MONDAY + timedelta(hours=number)) for number in range(count)]


def test_a_visit_is_signed_in_one_call_and_every_part_comes_back(cast: Cast, caller: Caller) -> None:
    stored = caller.post("harbour/visits/", _body(cast))
    assert stored.status_code == 201, stored.content
    visit = caller.get(f"harbour/visits/{stored.json()['id']}/").json()
    assert (visit["state"], visit["planned_for"], visit["note"], visit["patient"]) == (
        "signed",
        "2026-09-07T08:00:00Z",
        " as written ",
        str(cast.ada.pk),
    )
    [site], [other] = visit["laser"], visit["other"]
    # 12 W × 420 s = 5 040 J: computed here, whoever calls.
    assert (float(site["energy_computed_j"]), site["levels"], site["not_computable"]["fluence_j_cm2"]) == (
        5040,
        ["L4", "L5"],
        "only_for_points",
    )
    assert (other["code"], other["grade"], other["minutes"]) == ("joint_mobilisation", "III", 15)
    with clinic_scope(cast.harbour.pk):
        signed = Visit.objects.get()
        assert (signed.signed_by_id, AuditEvent.objects.get(action="visit.sign").actor_kind) == (cast.therapist.pk, "api")


def test_what_is_answered_has_the_described_fields(cast: Cast, caller: Caller) -> None:
    stored = caller.post("harbour/visits/", _body(cast)).json()["id"]
    visit = caller.get(f"harbour/visits/{stored}/").json()
    assert set(visit) == set(VisitShape().fields)
    assert set(visit["laser"][0]) == set(LaserShape().fields)
    assert set(visit["other"][0]) == set(OtherShape().fields)
    assert set(caller.get(f"harbour/courses/{cast.ada_course.pk}/").json()) == set(CourseShape().fields)
    assert set(caller.get(f"harbour/patients/{cast.ada.pk}/").json()) == set(PatientShape().fields)


def test_a_booked_visit_is_signed_by_its_id_once(cast: Cast, caller: Caller) -> None:
    [booked] = _books(cast, cast.ada_course, 1)
    assert caller.post("harbour/visits/", _body(cast, visit=str(booked.pk))).json()["id"] == str(booked.pk)
    again = caller.post("harbour/visits/", _body(cast, visit=str(booked.pk)))
    assert (again.status_code, again.json()["error"]) == (409, "locked")


def test_a_visit_of_another_course_is_no_visit_of_this_one(cast: Cast, caller: Caller) -> None:
    [booked] = _books(cast, cast.ben_course, 1)
    answer = caller.post("harbour/visits/", _body(cast, visit=str(booked.pk)))
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["visit"])


def test_objections_are_named_by_the_interfaces_names_and_nothing_is_stored(cast: Cast, caller: Caller) -> None:
    wrong = _body(
        cast, pain_after=None, laser=[_site(cast), _site(cast, average_power_w="61")], other=[{"kind": "exercise", "code": "juggling"}]
    )
    answer = caller.post("harbour/visits/", wrong)
    assert (answer.status_code, sorted(answer.json()["fields"])) == (
        400,
        ["laser.1.average_power_w", "no_pain_after_reason", "other.0.code"],
    )
    with clinic_scope(cast.harbour.pk):
        assert (Visit.objects.count(), LaserApplication.objects.count()) == (0, 0)


def test_an_unusual_setting_is_stored_once_it_is_confirmed(cast: Cast, caller: Caller) -> None:
    unusual = _body(cast, laser=[_site(cast, average_power_w="40")])
    assert caller.post("harbour/visits/", unusual).status_code == 400
    assert caller.post("harbour/visits/", unusual | {"warnings_confirmed": True}).status_code == 201


@pytest.mark.parametrize("place", ["course", "visit", "laser.0.device_id", "laser.0.handpiece_id", "laser.0.protocol_id"])
def test_another_clinics_id_is_refused_like_one_that_does_not_exist(cast: Cast, caller: Caller, place: str) -> None:
    with clinic_scope(cast.meadow.pk):
        foreign_visit = book_visit(actor=cast.actor(cast.stranger), course=cast.foreign_course, planned_for=MONDAY)
        handpiece = cast.foreign_device.handpieces.get()
    foreign = {
        "course": cast.foreign_course.pk,
        "visit": foreign_visit.pk,
        "laser.0.device_id": cast.foreign_device.pk,
        "laser.0.handpiece_id": handpiece.pk,
        "laser.0.protocol_id": cast.foreign_protocol.pk,
    }[place]
    answers = []
    for wanted in (str(foreign), str(uuid4())):
        name = place.rsplit(".", 1)[-1]
        body = _body(cast, laser=[_site(cast, **{name: wanted})]) if "." in place else _body(cast, **{name: wanted})
        answers.append(caller.post("harbour/visits/", body))
    assert [answer.status_code for answer in answers] == [400, 400]
    assert answers[0].content == answers[1].content
    assert list(answers[0].json()["fields"]) == [place]
    with clinic_scope(cast.harbour.pk):
        assert Visit.objects.count() == 0
    with clinic_scope(cast.meadow.pk):
        assert Visit.objects.get().state == "booked"


def _columns() -> set[str]:
    models = (Visit, LaserApplication, OtherTreatment)
    columns = {name for model in models for field in model._meta.concrete_fields for name in (field.name, field.attname)}
    return columns | {"id", "clinic", "created_by", "created_at", "signed_at", "score", "role", "is_staff"}


def test_no_column_can_be_set_that_is_not_offered(cast: Cast, caller: Caller) -> None:
    usual = _body(cast)
    offered = {"occurred_at", "course", "visit", "pain_before", "pain_after", "no_pain_after_reason", "skin_checked", "reaction", "note"}
    for name in sorted(_columns() - offered):
        answer = caller.post("harbour/visits/", usual | {name: str(cast.manager.pk)})
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [name]), name
    for name in ("energy_computed_j", "dose_version", "visit_id", "clinic_id", "energy_differs"):
        answer = caller.post("harbour/visits/", _body(cast, laser=[_site(cast, **{name: 1})]))
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [f"laser.0.{name}"]), name
    with clinic_scope(cast.harbour.pk):
        assert Visit.objects.count() == 0


TIMES_BEYOND_REACH = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
HOSTILE: list[object] = ["\x00", "\ud800", 10**39, "９", *TIMES_BEYOND_REACH, "\u202e\u200b", "é" * 30_000]


@pytest.mark.parametrize(
    "field", ["course", "visit", "occurred_at", "pain_before", "skin_checked", "reaction", "laser", "warnings_confirmed"]
)
def test_hostile_values_are_refused_by_name(cast: Cast, caller: Caller, field: str) -> None:
    for value in [*HOSTILE, [HOSTILE], {"a": {"b": "\x00"}}]:
        answer = caller.post("harbour/visits/", _body(cast, **{field: value}))
        assert answer.status_code == 400, value
        assert all(name.split(".")[0] == field for name in answer.json()["fields"]), answer.json()


@pytest.mark.parametrize(
    "field", ["device_id", "region", "technique", "side", "levels", "mode", "average_power_w", "points", "energy_typed_j"]
)
def test_hostile_settings_are_refused_by_site_and_name(cast: Cast, caller: Caller, field: str) -> None:
    for value in [*HOSTILE, [HOSTILE], {"a": 1}]:
        answer = caller.post("harbour/visits/", _body(cast, laser=[_site(cast, **{field: value})]))
        assert answer.status_code == 400, value
        assert all(name.startswith(f"laser.0.{field}") for name in answer.json()["fields"]), answer.json()


@pytest.mark.parametrize(
    "body",
    [
        {"course": "é" * 170_000},
        {"laser": [{"region": "x"}] * 19_000},
        {"course": 1, "laser": [[]] * 19_000},
        {f"unknown{number}": 1 for number in range(19_000)},
    ],
)
def test_the_costliest_bodies_are_refused_within_two_hundred_milliseconds(caller: Caller, body: dict[str, object]) -> None:
    spent = []
    for _ in range(4):  # the first call of a process reads the routes
        start = time.process_time()
        answer = caller.post("harbour/visits/", body)
        spent.append(time.process_time() - start)
        assert answer.status_code == 400
        assert len(answer.content) < 10_000
    assert min(spent) < 0.2, spent


@pytest.mark.parametrize("body", [[], "text", 7, None, [[]], True])
def test_a_body_that_is_no_object_is_refused(caller: Caller, body: object) -> None:
    answer = caller.post("harbour/visits/", body)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["body"])


def test_another_kind_of_body_is_refused_as_json(caller: Caller) -> None:
    headers = {"Authorization": f"Bearer {caller.token}"}
    for kind in ("application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"):
        answer: Any = caller.client.post("/api/v1/harbour/visits/", b"a=1", content_type=kind, headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (415, "unsupported_media_type")
    assert caller.client.delete("/api/v1/harbour/visits/", headers=headers).json()["error"] == "method_not_allowed"


def _new_courses(cast: Cast, count: int) -> None:
    with clinic_scope(cast.harbour.pk):
        for _ in range(count):
            open_course(actor=cast.actor(), patient=cast.cem, complaint="neck_pain", started_on=MONDAY.date())


def _new_patients(cast: Cast, count: int) -> None:
    with clinic_scope(cast.harbour.pk):
        for _ in range(count):
            register_patient(actor=cast.actor())


@pytest.mark.parametrize("of", ["visits", "courses", "patients"])
def test_a_list_takes_the_same_statements_however_many_rows_there_are(cast: Cast, caller: Caller, of: str) -> None:
    more: dict[str, Callable[[int], object]] = {
        "visits": lambda count: _books(cast, cast.ada_course, count),
        "courses": lambda count: _new_courses(cast, count),
        "patients": lambda count: _new_patients(cast, count),
    }
    counts = []
    for count in (1, 29, 170):
        more[of](count)
        with CaptureQueriesContext(connection) as queries:
            assert caller.get(f"harbour/{of}/", page_size="100").status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_pages_follow_their_cursor_and_hold_each_row_once(cast: Cast, caller: Caller) -> None:
    wanted = {str(visit.pk) for visit in _books(cast, cast.ada_course, 25)}
    seen: list[str] = []
    page = caller.get("harbour/visits/", page_size="10").json()
    while True:
        seen += [row["id"] for row in page["results"]]
        if not page["next"]:
            break
        cursor = page["next"].split("cursor=")[1].split("&")[0].replace("%3D", "=")
        page = caller.get("harbour/visits/", page_size="10", cursor=cursor).json()
    assert (len(seen), set(seen)) == (25, wanted)
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize("inside", ["p=x", "p=%00", "o=999999", "r=1&p=1", "p=01a207a6", "o=-1", "\xff"])
def test_a_forged_cursor_is_refused(cast: Cast, caller: Caller, inside: str) -> None:
    cursor = base64.b64encode(inside.encode("latin-1")).decode()
    answer = caller.get("harbour/visits/", cursor=cursor)
    assert answer.status_code in {200, 400}, answer.content
    assert caller.get("harbour/visits/", cursor="�\x00").status_code == 400


@pytest.mark.parametrize(
    ("name", "value"),
    [("page_size", value) for value in ("0", "101", "-1", "x", "５", "")]
    + [("course", value) for value in ("1", "x", "\x00", "' OR 1=1")]
    + [("day", value) for value in ("today", "0001-01-01", "9999-12-31", "２０２６-03-02")]
    + [("since", "2026-03-02"), ("until", "0001-01-01T00:00:00+14:00"), ("state", "open"), ("course__patient__identity", "1")],
)
def test_a_filter_that_is_not_acceptable_is_named(caller: Caller, name: str, value: str) -> None:
    answer = caller.get("harbour/visits/", **{name: value})
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [name])


def test_a_filter_given_twice_is_refused_instead_of_chosen_from(caller: Caller) -> None:
    answer: Any = caller.client.get(
        "/api/v1/harbour/visits/?state=booked&state=signed", headers={"Authorization": f"Bearer {caller.token}"}
    )
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["state"])


def test_a_day_is_a_day_of_the_clinics_own_calendar(cast: Cast, caller: Caller) -> None:
    # In Berlin 2 March 2026 begins at 23:00 UTC of 1 March.
    instants = {
        "before": "2026-03-01T22:59:59",
        "first": "2026-03-01T23:00:00",
        "last": "2026-03-02T22:59:59",
        "after": "2026-03-02T23:00:00",
    }
    with clinic_scope(cast.harbour.pk):
        for instant in instants.values():
            book_visit(actor=cast.actor(), course=cast.ada_course, planned_for=datetime.fromisoformat(f"{instant}+00:00"))
    rows = caller.get("harbour/visits/", day="2026-03-02").json()["results"]
    assert sorted(row["planned_for"] for row in rows) == [f"{instants['first']}Z", f"{instants['last']}Z"]


def test_each_filter_keeps_what_it_names(cast: Cast, caller: Caller) -> None:
    first, *_ = _books(cast, cast.ada_course, 3)
    _books(cast, cast.ben_course, 2)
    with clinic_scope(cast.harbour.pk):
        mark_arrived(actor=cast.actor(), visit=first)

    def count(**filters: str) -> int:
        return len(caller.get("harbour/visits/", **filters).json()["results"])

    assert count(course=str(cast.ada_course.pk)) == 3
    assert count(patient=str(cast.ben.pk)) == 2
    assert count(state="arrived") == 1
    assert count(since="2026-03-02T10:00:00Z") == 3
    assert count(until="2026-03-02T10:00:00Z") == 2
    assert count(course=str(cast.foreign_course.pk)) == count(course=str(uuid4())) == 0


def test_patients_and_courses_are_found_by_record_number_without_a_name(cast: Cast, caller: Caller) -> None:
    [patient] = caller.get("harbour/patients/", record_number=cast.ada.record_number).json()["results"]
    assert patient == {"id": str(cast.ada.pk), "record_number": cast.ada.record_number}
    [course] = caller.get("harbour/courses/", patient=patient["id"], running="true").json()["results"]
    assert (course["id"], course["complaint"]) == (str(cast.ada_course.pk), "chronic_low_back_pain")
    assert caller.get("harbour/courses/", patient=patient["id"], running="false").json()["results"] == []


def test_no_address_of_the_interface_says_who_a_patient_is(cast: Cast, caller: Caller) -> None:
    caller.post("harbour/visits/", _body(cast))
    for path in ("patients/", f"patients/{cast.ada.pk}/", "courses/", f"courses/{cast.ada_course.pk}/", "visits/", "responses/", "scores/"):
        text = caller.get(f"harbour/{path}").content.decode()
        for secret in ("Ángela", "1958-04-03", "301234567", "ada@patients", MEADOW_CANARY, f"Bea {HARBOUR_CANARY}"):
            assert secret not in text, (path, secret)


def test_a_list_is_audited_once_for_each_patient_it_showed(cast: Cast, caller: Caller) -> None:
    _books(cast, cast.ada_course, 3)
    _books(cast, cast.ben_course, 2)
    caller.get("harbour/visits/")
    with clinic_scope(cast.harbour.pk):
        read = AuditEvent.objects.filter(action="visits.read")
        assert sorted(read.values_list("patient_id", flat=True)) == sorted([cast.ada.pk, cast.ben.pk])
        assert set(read.values_list("actor_kind", "actor_user_id")) == {("api", cast.therapist.user_id)}


def test_a_refused_call_leaves_its_trace_and_no_read(cast: Cast) -> None:
    Caller(cast, cast.front_desk).get("harbour/visits/")
    with clinic_scope(cast.harbour.pk):
        assert AuditEvent.objects.get(action="refused").detail == {"status": 403, "method": "GET"}
        assert not AuditEvent.objects.filter(action="visits.read").exists()


def test_recording_a_visit_takes_at_most_fifteen_statements(cast: Cast, caller: Caller) -> None:
    sites = [_site(cast, region=region) for region in ("lumbar", "gluteal", "sacral")]
    with CaptureQueriesContext(connection) as queries:
        assert caller.post("harbour/visits/", _body(cast, laser=sites)).status_code == 201
    statements = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len(statements) <= 15, statements
