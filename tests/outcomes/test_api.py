"""The interface under /api/v1/: strict input, errors that name the field, one effect per key, nothing of another clinic."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from clinic.models import AuditEvent
from clinic.scoping import clinic_scope
from outcomes.api.shapes import ResponseInput, ResponseShape, ScoreShape, TrendPointShape, TrendScaleShape, TrendShape
from outcomes.models import OutcomeRow, Response, Score
from outcomes.registry import instruments
from outcomes.services.responses import record_response, void_response
from sessions.models import Visit
from sessions.records import OtherRecord, VisitRecord
from sessions.services.visits import sign_visit, walk_in
from tests.callers import Caller
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def caller(cast: Cast) -> Caller:
    return Caller(cast)


def _answers(cast: Cast, value: object = 7, **more: object) -> dict[str, object]:
    [item] = instruments()["nprs-back-7d"].items
    return {
        "course": str(cast.ada_course.pk),
        "occasion": "baseline",
        "occurred_at": "2026-03-02T09:00:00Z",
        "zone": "Europe/Berlin",
        "answers": {"nprs-back-7d": {item.id: value}},
    } | more


def test_the_description_validates_and_names_every_path() -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    validate_schema(schema)
    assert {"/api/v1/{clinic}/visits/", "/api/v1/{clinic}/responses/", "/api/v1/{clinic}/courses/{course}/trend/"} <= set(schema["paths"])


def test_answers_are_stored_and_scored_and_come_back_as_trend(cast: Cast, caller: Caller) -> None:
    stored = caller.post("harbour/responses/", _answers(cast))
    assert stored.status_code == 201
    with clinic_scope(cast.harbour.pk):
        assert OutcomeRow.objects.get(course=cast.ada_course).baseline_value == 7
    trend = caller.get(f"harbour/courses/{cast.ada_course.pk}/trend/").json()
    [scale] = trend["scales"]
    assert (scale["scale"], scale["direction"], [float(point["value"]) for point in scale["points"]]) == (
        "pain.back.7d",
        "lower_is_better",
        [7.0],
    )
    assert [row["occasion"] for row in caller.get("harbour/responses/").json()["results"]] == ["baseline"]


def test_the_trend_takes_five_statements_with_the_boundarys_own_and_the_count_of_calls(cast: Cast, caller: Caller) -> None:
    counts = []
    for value in (7, 5, 3):
        caller.post("harbour/responses/", _answers(cast, value))
        with CaptureQueriesContext(connection) as queries:
            caller.get(f"harbour/courses/{cast.ada_course.pk}/trend/")
        statements = [query["sql"] for query in queries if query["sql"].lstrip().startswith(("WITH", "SELECT", "INSERT"))]
        counts.append(len(statements))
    # One counts the call, one opens the scope by token, one finds the course with its visits, one its scores, one audits the read.
    assert counts == [5, 5, 5]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"nonsense": 1}, "nonsense"),
        ({"occasion": "someday"}, "occasion"),
        ({"occurred_at": "yesterday"}, "occurred_at"),
        ({"course": "00000000-0000-0000-0000-000000000000"}, "course"),
        ({"id": "x"}, "id"),
        ({"clinic": "x"}, "clinic"),
    ],
)
def test_a_wrong_or_unknown_field_is_named(cast: Cast, caller: Caller, change: dict[str, object], field: str) -> None:
    answer = caller.post("harbour/responses/", _answers(cast) | change)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    with clinic_scope(cast.harbour.pk):
        assert Response.objects.count() == 0


@pytest.mark.parametrize("value", [11, -1, 2.5, "seven", "７"])
def test_an_answer_that_does_not_fit_is_named_by_instrument_and_item(cast: Cast, caller: Caller, value: object) -> None:
    [item] = instruments()["nprs-back-7d"].items
    answer = caller.post("harbour/responses/", _answers(cast, value))
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [f"answers.nprs-back-7d.{item.id}"])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"a": "\\u0000"}', "nul_character"),
        (b'{"a": "\\ud800"}', "lone_surrogate"),
        (b'{"a": 1, "a": 2}', "duplicate_key"),
        (b'{"a": NaN}', "not_a_number"),
        (b'{"a": 1e400}', "number_out_of_range"),
        (b'{"a": ' + b"9" * 500 + b"}", "number_out_of_range"),
        (b"[" * 30 + b"]" * 30, "too_deep"),
        (b"[" * 100_000, "too_deep"),
        (b"{", "not_json"),
        (b"\xff", "not_utf8"),
    ],
)
def test_hostile_json_is_refused_with_its_reason(cast: Cast, caller: Caller, body: bytes, code: str) -> None:
    answer = caller.post("harbour/responses/", body)
    assert (answer.status_code, answer.json()["error"]) == (400, code)


def test_a_body_over_one_megabyte_is_refused(cast: Cast, caller: Caller) -> None:
    answer = caller.post("harbour/responses/", b'"' + b"x" * (1024 * 1024 + 10) + b'"')
    assert answer.status_code == 413


def test_an_unknown_filter_is_refused(caller: Caller) -> None:
    for path, query in (
        ("harbour/visits/", {"patient__name": "x"}),
        ("harbour/scores/", {"course": "1"}),
        ("harbour/visits/", {"since": "x"}),
    ):
        assert caller.get(path, **query).status_code == 400


def test_the_same_key_has_one_effect_and_another_body_is_refused(cast: Cast, caller: Caller) -> None:
    first = caller.post("harbour/responses/", _answers(cast), key="k1")
    again = caller.post("harbour/responses/", _answers(cast), key="k1")
    other = caller.post("harbour/responses/", _answers(cast, 3), key="k1")
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert first.json() == again.json()
    assert other.json()["error"] == "idempotency_conflict"
    with clinic_scope(cast.harbour.pk):
        assert Score.objects.count() == 1


def test_a_failed_call_leaves_its_key_free(cast: Cast, caller: Caller) -> None:
    assert caller.post("harbour/responses/", _answers(cast, 99), key="k2").status_code == 400
    assert caller.post("harbour/responses/", _answers(cast, 5), key="k2").status_code == 201


def test_a_visit_is_recorded_and_its_dose_computed_by_the_server(cast: Cast, caller: Caller) -> None:
    site = {
        "device_id": str(cast.device.pk),
        "region": "lumbar",
        "technique": "scanning_contact",
        "average_power_w": "12",
        "emission_s": "420",
        "treated_area_cm2": "500",
        "energy_typed_j": "4000",
    }
    body = {"course": str(cast.ada_course.pk), "pain_before": 6, "pain_after": 4, "laser": [site]}
    stored = caller.post("harbour/visits/", body)
    assert stored.status_code == 201
    visit = caller.get(f"harbour/visits/{stored.json()['id']}/").json()
    assert (float(visit["laser"][0]["energy_computed_j"]), visit["laser"][0]["energy_differs"]) == (5040.0, True)
    assert (visit["immediate_pain_before"], visit["state"]) == (6, "signed")
    refused = caller.post("harbour/visits/", body | {"laser": [site | {"average_power_w": "61"}]})
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["laser.0.average_power_w"])
    with clinic_scope(cast.harbour.pk):
        assert Visit.objects.count() == 1


def test_another_clinics_data_answers_like_what_does_not_exist(cast: Cast, caller: Caller) -> None:
    for path in (f"harbour/courses/{cast.foreign_course.pk}/trend/", f"harbour/courses/{uuid4()}/trend/"):
        answer = caller.get(path)
        assert (answer.status_code, answer.json()["error"]) == (404, "not_found")
    assert caller.get("meadow/visits/").status_code == 401
    stolen = caller.post("harbour/responses/", _answers(cast) | {"course": str(cast.foreign_course.pk)})
    assert (stolen.status_code, list(stolen.json()["fields"])) == (400, ["course"])


def test_a_manager_reads_no_single_answers(cast: Cast) -> None:
    caller = Caller(cast, cast.manager)
    assert caller.get("harbour/responses/").status_code == 403
    assert caller.get("harbour/visits/").status_code == 403


def test_without_or_with_a_wrong_token_nothing_is_told(cast: Cast, caller: Caller) -> None:
    assert Client().get("/api/v1/harbour/visits/").status_code == 401
    caller.token += "x"
    assert caller.get("harbour/visits/").status_code == 401


def test_a_session_call_that_writes_needs_its_csrf_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.therapist.user)
    refused = client.post("/api/v1/harbour/responses/", json.dumps(_answers(cast)), content_type="application/json")
    assert (refused.status_code, refused.json()["error"]) == (403, "csrf")


def test_reads_through_the_interface_are_audited(cast: Cast, caller: Caller) -> None:
    caller.get(f"harbour/courses/{cast.ada_course.pk}/trend/")
    with clinic_scope(cast.harbour.pk):
        event = AuditEvent.objects.get(action="trend.read")
        assert (event.patient_id, event.actor_kind, event.actor_user_id) == (cast.ada.pk, "api", cast.therapist.user_id)


def _stores(cast: Cast, count: int) -> None:
    with clinic_scope(cast.harbour.pk):
        for number in range(count):
            record_response(
                actor=cast.actor(),
                course=cast.ada_course,
                answers={"nprs-back-7d": {"back": number % 11}},
                occasion="during",
                mode="paper",
                answered_by="patient",
                occurred_at=datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=number),
                zone="Europe/Berlin",
            )


@pytest.mark.parametrize("of", ["responses", "scores", "trend"])
def test_the_same_statements_are_taken_however_many_rows_there_are(cast: Cast, caller: Caller, of: str) -> None:
    path = f"harbour/courses/{cast.ada_course.pk}/trend/" if of == "trend" else f"harbour/{of}/"
    counts = []
    for more in (1, 29, 170):
        _stores(cast, more)
        with CaptureQueriesContext(connection) as queries:
            assert caller.get(path).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_what_is_answered_has_the_described_fields(cast: Cast, caller: Caller) -> None:
    [stored] = caller.post("harbour/responses/", _answers(cast)).json()["responses"]
    assert set(caller.get(f"harbour/responses/{stored}/").json()) == set(ResponseShape().fields)
    [score] = caller.get("harbour/scores/", course=str(cast.ada_course.pk), scale="pain.back.7d").json()["results"]
    assert set(score) == set(ScoreShape().fields)
    with clinic_scope(cast.harbour.pk):
        sign_visit(
            actor=cast.actor(),
            visit=walk_in(actor=cast.actor(), course=cast.ada_course),
            record=VisitRecord(occurred_at=timezone.now(), pain_after=3, other=(OtherRecord(kind="exercise", code="stretching"),)),
        )
    trend = caller.get(f"harbour/courses/{cast.ada_course.pk}/trend/").json()
    assert (set(trend), set(trend["scales"][0])) == (set(TrendShape().fields), set(TrendScaleShape().fields))
    assert set(trend["scales"][0]["points"][0]) == set(TrendPointShape().fields)
    assert [visit["laser"] for visit in trend["visits"]] == [False]


def test_a_response_keeps_how_it_came_about_and_who_sent_it(cast: Cast, caller: Caller) -> None:
    more = {"mode": "paper", "answered_by": "read_out", "language": "de", "layout": "sheet", "device_time": "2026-03-02T10:01:00+01:00"}
    [stored] = caller.post("harbour/responses/", _answers(cast, **more)).json()["responses"]
    with clinic_scope(cast.harbour.pk):
        response = Response.objects.get(pk=stored)
        assert (response.mode, response.answered_by, response.language, response.layout, response.recorded_by_id) == (
            *("paper", "read_out", "de", "sheet"),
            cast.therapist.pk,
        )
        assert response.device_time == datetime(2026, 3, 2, 9, 1, tzinfo=UTC)


def test_a_void_response_says_so_and_its_score_is_left_out(cast: Cast, caller: Caller) -> None:
    [stored] = caller.post("harbour/responses/", _answers(cast)).json()["responses"]
    with clinic_scope(cast.harbour.pk):
        void_response(actor=cast.actor(), response=Response.objects.get(pk=stored), reason="wrong person")
    assert caller.get(f"harbour/responses/{stored}/").json()["void"] is True
    assert caller.get("harbour/scores/").json()["results"] == []
    assert caller.get(f"harbour/courses/{cast.ada_course.pk}/trend/").json()["scales"] == []


def test_a_trend_without_scores_is_empty_and_not_missing(cast: Cast, caller: Caller) -> None:
    answer = caller.get(f"harbour/courses/{cast.ben_course.pk}/trend/")
    assert (answer.status_code, answer.json()) == (200, {"course": str(cast.ben_course.pk), "scales": [], "visits": []})


def test_no_column_can_be_set_that_is_not_offered(cast: Cast, caller: Caller) -> None:
    columns = {name for field in Response._meta.concrete_fields for name in (field.name, field.attname)}
    protected = {"id", "clinic", "created_by", "created_at", "signed_at", "score", "role", "is_staff", "scores", "invitation"}
    for name in sorted((columns | protected) - set(ResponseInput().fields)):
        answer = caller.post("harbour/responses/", _answers(cast, **{name: str(cast.manager.pk)}))
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [name]), name
    with clinic_scope(cast.harbour.pk):
        assert Response.objects.count() == 0


TIMES_BEYOND_REACH = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
HOSTILE: list[object] = ["\x00", "\ud800", 10**39, "９", *TIMES_BEYOND_REACH, "\u202e\u200b", "é" * 30_000]


@pytest.mark.parametrize(
    "field", ["course", "visit", "occasion", "mode", "answered_by", "occurred_at", "device_time", "zone", "language", "answers"]
)
def test_hostile_values_are_refused_by_name(cast: Cast, caller: Caller, field: str) -> None:
    for value in [*HOSTILE, [HOSTILE], {"a": {"b": "\x00"}}]:
        answer = caller.post("harbour/responses/", _answers(cast) | {field: value})
        assert answer.status_code == 400, value
        assert all(name.split(".")[0] == field for name in answer.json()["fields"]), answer.json()


@pytest.mark.parametrize("value", [*HOSTILE[:-1], ["a"], {"a": 1}, True])
def test_a_hostile_answer_is_refused_by_instrument_and_item(cast: Cast, caller: Caller, value: object) -> None:
    answer = caller.post("harbour/responses/", _answers(cast, value))
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["answers.nprs-back-7d.back"])


def test_more_answers_than_any_instrument_has_are_refused(cast: Cast, caller: Caller) -> None:
    refused: list[dict[str, Any]] = [
        {"rmdq-24": {f"i{number}": True for number in range(201)}},
        {"nprs-back-7d": {"back": "x" * 70_000}},
        {},
        {"unknown": {}},
    ]
    for answers in refused:
        answer = caller.post("harbour/responses/", _answers(cast) | {"answers": answers})
        assert (answer.status_code, list(answer.json()["fields"])) == (400, ["answers"])


@pytest.mark.parametrize("name", ["course", "visit"])
def test_another_clinics_id_in_a_body_is_refused_like_one_that_does_not_exist(cast: Cast, caller: Caller, name: str) -> None:
    with clinic_scope(cast.meadow.pk):
        foreign = {"course": cast.foreign_course.pk, "visit": walk_in(actor=cast.actor(cast.stranger), course=cast.foreign_course).pk}[name]
    answers = [caller.post("harbour/responses/", _answers(cast) | {name: str(wanted)}) for wanted in (foreign, uuid4())]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert answers[0].content == answers[1].content


def test_another_clinics_response_answers_like_what_does_not_exist(cast: Cast, caller: Caller) -> None:
    stranger = Caller(cast, cast.stranger)
    [foreign] = stranger.post("meadow/responses/", _answers(cast) | {"course": str(cast.foreign_course.pk)}).json()["responses"]
    answers = [caller.get(f"harbour/responses/{wanted}/") for wanted in (foreign, uuid4())]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert caller.get("harbour/scores/", course=str(cast.foreign_course.pk)).json()["results"] == []


@pytest.mark.parametrize(("path", "name"), [("responses", "instrument"), ("scores", "scale")])
def test_a_filter_with_an_unknown_key_is_refused_by_name(caller: Caller, path: str, name: str) -> None:
    for value in ("nonsense", "\x00", "x" * 100):
        answer = caller.get(f"harbour/{path}/", **{name: value})
        assert (answer.status_code, list(answer.json()["fields"])) == (400, [name])
        assert "nonsense" not in answer.content.decode()


def test_a_session_call_with_its_csrf_token_is_taken(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.therapist.user)
    client.get("/c/harbour/patients/new/")
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    answer: Any = client.post(
        "/api/v1/harbour/responses/", json.dumps(_answers(cast)), content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert answer.status_code == 201
    assert client.get("/api/v1/harbour/responses/").status_code == 200
