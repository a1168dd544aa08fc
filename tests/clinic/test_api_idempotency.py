"""A repeated call has one effect and one answer, also when the repetitions arrive at the same moment."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from clinic.models import IdempotencyKey
from clinic.scoping import clinic_scope
from outcomes.models import Response, Score
from sessions.models import Visit
from sessions.services.visits import book_visit
from tests.callers import Caller
from tests.cast import Cast

THREADS = 8


def _answers(cast: Cast, value: int = 7) -> dict[str, Any]:
    return {
        "course": str(cast.ada_course.pk),
        "occasion": "baseline",
        "occurred_at": "2026-03-02T09:00:00Z",
        "zone": "Europe/Berlin",
        "answers": {"nprs-back-7d": {"back": value}},
    }


def _visit(cast: Cast) -> dict[str, Any]:
    other = {"kind": "manual_therapy", "code": "joint_mobilisation", "minutes": 15}
    return {"course": str(cast.ada_course.pk), "pain_before": 6, "pain_after": 4, "other": [other]}


def _at_once(calls: list[tuple[Caller, str, dict[str, Any], str]]) -> list[Any]:
    """Make all calls at the same moment, each from a thread and connection of its own."""
    together = Barrier(len(calls))

    def call(path: str, body: dict[str, Any], key: str, token: str) -> Any:
        try:
            together.wait(timeout=20)
            headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
            return Client().post(f"/api/v1/{path}", json.dumps(body), content_type="application/json", headers=headers)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        waiting = [pool.submit(call, path, body, key, caller.token) for caller, path, body, key in calls]
        return [each.result(timeout=60) for each in waiting]


def test_eight_equal_calls_at_once_store_one_response_and_answer_alike(committed_cast: Cast) -> None:
    caller = Caller(committed_cast)
    answers = _at_once([(caller, "harbour/responses/", _answers(committed_cast), "same")] * THREADS)
    assert [answer.status_code for answer in answers] == [201] * THREADS
    assert len({answer.content for answer in answers}) == 1
    assert sum(answer.headers.get("Idempotent-Replay") == "true" for answer in answers) == THREADS - 1
    with clinic_scope(committed_cast.harbour.pk):
        assert (Response.objects.count(), Score.objects.count(), IdempotencyKey.objects.count()) == (1, 1, 1)


def test_eight_equal_visits_at_once_are_one_visit(committed_cast: Cast) -> None:
    caller = Caller(committed_cast)
    answers = _at_once([(caller, "harbour/visits/", _visit(committed_cast), "same")] * THREADS)
    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    with clinic_scope(committed_cast.harbour.pk):
        assert Visit.objects.get().pk.hex == answers[0].json()["id"].replace("-", "")


def test_of_different_bodies_under_one_key_at_once_one_wins_and_the_others_conflict(committed_cast: Cast) -> None:
    caller = Caller(committed_cast)
    answers = _at_once([(caller, "harbour/responses/", _answers(committed_cast, value), "same") for value in range(THREADS)])
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: THREADS - 1}
    with clinic_scope(committed_cast.harbour.pk):
        assert Response.objects.count() == 1


def test_after_refused_calls_at_once_the_key_is_still_free(committed_cast: Cast) -> None:
    caller = Caller(committed_cast)
    refused = _at_once([(caller, "harbour/responses/", _answers(committed_cast, 99), "same")] * THREADS)
    assert [answer.status_code for answer in refused] == [400] * THREADS
    assert caller.post("harbour/responses/", _answers(committed_cast), key="same").status_code == 201
    with clinic_scope(committed_cast.harbour.pk):
        assert (Response.objects.count(), IdempotencyKey.objects.count()) == (1, 1)


def test_a_key_belongs_to_its_client_its_address_and_its_clinic(cast: Cast) -> None:
    colleague = Caller(cast, cast.stranger)
    caller = Caller(cast)
    assert caller.post("harbour/responses/", _answers(cast), key="1").status_code == 201
    assert caller.post("harbour/visits/", _visit(cast), key="1").status_code == 201
    foreign = _answers(cast) | {"course": str(cast.foreign_course.pk)}
    assert colleague.post("meadow/responses/", foreign, key="1").status_code == 201


def test_the_order_of_a_bodys_fields_does_not_matter_and_its_values_do(cast: Cast) -> None:
    caller = Caller(cast)
    body = _answers(cast)
    first = caller.post("harbour/responses/", body, key="1")
    again = caller.post("harbour/responses/", dict(reversed(body.items())), key="1")
    assert (first.json(), again.headers["Idempotent-Replay"]) == (again.json(), "true")
    assert caller.post("harbour/responses/", body | {"language": "de"}, key="1").status_code == 409


def test_what_is_kept_of_a_call_holds_ids_only(cast: Cast) -> None:
    Caller(cast).post("harbour/responses/", _answers(cast), key="1")
    with clinic_scope(cast.harbour.pk):
        kept = IdempotencyKey.objects.get()
        assert set(kept.answer) == {"receipt", "responses"}
        assert kept.body_hash != ""


@pytest.mark.parametrize("key", ["x" * 121, "é", "a\tb"])
def test_a_key_that_is_not_acceptable_is_refused_by_name(cast: Cast, key: str) -> None:
    answer = Caller(cast).post("harbour/responses/", _answers(cast), key=key)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["Idempotency-Key"])


@pytest.mark.django_db
def test_a_key_used_about_one_visit_says_nothing_about_another(cast: Cast) -> None:
    caller = Caller(cast)
    with clinic_scope(cast.harbour.pk):
        courses = (cast.ada_course, cast.ben_course)
        first, second = (book_visit(actor=cast.actor(), course=course, planned_for=timezone.now()) for course in courses)
    assert caller.post(f"harbour/visits/{first.pk}/arrive/", {}, key="the same").status_code == 200
    assert caller.post(f"harbour/visits/{first.pk}/arrive/", {}, key="the same").headers["Idempotent-Replay"] == "true"
    assert caller.post(f"harbour/visits/{second.pk}/arrive/", {}, key="the same").status_code == 409
    with clinic_scope(cast.harbour.pk):
        assert Visit.objects.get(pk=second.pk).state == Visit.State.BOOKED
