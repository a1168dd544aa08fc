"""What one call costs in statements, by whoever makes it: set_config and the count of calls included, work of triggers not."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.callers import Caller
from tests.cast import Cast

pytestmark = pytest.mark.django_db

Call = Callable[[str, object | None], Any]
_SAVEPOINTS = ("SAVEPOINT", "RELEASE SAVEPOINT")


def _token(cast: Cast) -> Call:
    caller = Caller(cast)
    return lambda path, body: caller.get(path) if body is None else caller.post(path, body)


def _session(cast: Cast) -> Call:
    client = Client()
    client.force_login(cast.therapist.user)
    assert client.get("/api/v1/harbour/patients/").status_code == 200  # the time of last use is noted once a minute

    def call(path: str, body: object | None) -> Any:
        address = f"/api/v1/{path}"
        return client.get(address) if body is None else client.post(address, json.dumps(body), content_type="application/json")

    return call


def _answers(cast: Cast) -> dict[str, Any]:
    answers = {"nprs-back-7d": {"back": 7}, "rmdq-24": {f"r{n:02}": n % 2 == 0 for n in range(1, 25)}}
    when = {"occasion": "during", "occurred_at": "2026-10-05T09:00:00Z", "zone": "Europe/Berlin"}
    return {"course": str(cast.ada_course.pk), "answers": answers} | when


def _visit(cast: Cast) -> dict[str, Any]:
    setting = {"average_power_w": "12", "emission_s": 420, "treated_area_cm2": "500"}
    laser = {"device_id": str(cast.device.pk), "region": "lumbar", "technique": "scanning_contact"} | setting
    other = {"kind": "manual_therapy", "code": "joint_mobilisation", "grade": "III", "minutes": 15}
    when = {"course": str(cast.ada_course.pk), "occurred_at": "2026-09-07T10:00:00+02:00"}
    return when | {"laser": [laser], "other": [other], "pain_before": 6, "pain_after": 4}


CALLS: dict[str, tuple[str, Callable[[Cast], Any], int, int]] = {
    "trend": ("courses/{course}/trend/", lambda _cast: None, 5, 7),
    "submit": ("responses/", _answers, 10, 10),
    "visit": ("visits/", _visit, 15, 15),
}


@pytest.mark.parametrize("by", [_token, _session])
@pytest.mark.parametrize("what", CALLS)
def test_a_call_takes_few_statements(cast: Cast, by: Callable[[Cast], Call], what: str) -> None:
    path, body, by_token, by_session = CALLS[what]
    call, asked = by(cast), body(cast)
    with CaptureQueriesContext(connection) as queries:
        answer = call(f"harbour/{path.format(course=cast.ada_course.pk)}", asked)
    assert answer.status_code in {200, 201}, answer.json()
    statements = [query["sql"] for query in queries if not query["sql"].startswith(_SAVEPOINTS)]
    assert len(statements) <= (by_token if by is _token else by_session), statements
