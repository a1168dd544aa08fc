"""Scopes, last use and limits of programs' tokens."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.api.schema import description
from clinic.api_scopes import EVERY_SCOPE, offered_to, operations, scope_of
from clinic.api_tokens import create_api_token
from clinic.models import ApiToken, CallCount, Membership
from clinic.permissions import ROLES
from clinic.scoping import clinic_scope
from clinic.services.organisation import change_staff
from clinic.signing_in.rate_limits import forget_counts
from clinic.writes import SYSTEM_COMMAND
from tests.cast import Cast

pytestmark = pytest.mark.django_db

_ID = "01890000-0000-7000-8000-000000000000"
_OPERATIONS = [
    (method, path, operation["operationId"])
    for path, methods in description()["paths"].items()
    for method, operation in methods.items()
    if "{clinic}" in path
]


def _token(member: Membership, scopes: list[str]) -> str:
    with clinic_scope(member.clinic_id):
        return create_api_token(actor=SYSTEM_COMMAND, membership=member, name="lab", scopes=scopes)


def _call(token: str, method: str, path: str) -> Any:
    address = re.sub(r"\{[^}]+\}", _ID, path.replace("{clinic}", "harbour").replace("{report}", "outcome"))
    body = {} if method == "get" else {"data": b"{}", "content_type": "application/json"}
    return getattr(Client(), method)(address, **body, headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def everything(cast: Cast) -> Membership:
    """A member who holds every role: whatever is refused to their token is refused for its scope."""
    with clinic_scope(cast.harbour.pk):
        change_staff(actor=SYSTEM_COMMAND, member=cast.therapist, roles=list(ROLES), is_active=True)
    return cast.therapist


@pytest.mark.parametrize(("method", "path", "name"), _OPERATIONS, ids=[name for _method, _path, name in _OPERATIONS])
def test_an_operation_needs_its_scope_and_no_other(everything: Membership, method: str, path: str, name: str) -> None:
    scope = scope_of(path, method)
    assert scope in EVERY_SCOPE
    without = _call(_token(everything, [each for each in EVERY_SCOPE if each != scope]), method, path)
    assert (without.status_code, without.json()["error"]) == (403, "scope_missing")
    assert without.json()["message"] == f"This token lacks the scope {scope}."
    assert _call(_token(everything, [scope]), method, path).status_code not in (401, 403, 500)


def test_every_operation_of_the_description_names_its_scope() -> None:
    for path, methods in description()["paths"].items():
        for method, operation in methods.items():
            if "{clinic}" in path:
                assert operation["x-scope"] == scope_of(path, method)
                assert f"Scope: `{operation['x-scope']}`" in operation["description"]


def test_no_operation_lies_outside_of_the_areas() -> None:
    assert len(operations()) == len(_OPERATIONS)
    assert {each.scope for each in operations()} <= set(EVERY_SCOPE)


def test_a_scope_gives_nothing_that_the_owner_may_not(cast: Cast) -> None:
    assert "devices:write" not in offered_to(cast.therapist)
    assert {"patients:read", "visits:write"} <= set(offered_to(cast.therapist))
    refused = _call(_token(cast.therapist, list(EVERY_SCOPE)), "get", "/api/v1/{clinic}/audit/")
    assert (refused.status_code, refused.json()["error"]) == (403, "forbidden")


def test_looking_for_a_patient_is_reading_although_it_is_asked_with_a_body(cast: Cast) -> None:
    assert scope_of("/api/v1/harbour/patients/search/", "POST") == "patients:read"
    assert scope_of("/api/v1/harbour/patients/", "POST") == "patients:write"
    assert scope_of("/api/v1/harbour/courses/1/trend/", "GET") == "scores:read"
    assert scope_of("/api/v1/harbour/courses/1/visits/", "POST") == "visits:write"


def test_a_use_is_noted_once_an_hour(cast: Cast) -> None:
    token = _token(cast.therapist, ["courses:read"])
    with CaptureQueriesContext(connection) as first:
        assert _call(token, "get", "/api/v1/{clinic}/courses/").status_code == 200
    with clinic_scope(cast.harbour.pk):
        used = ApiToken.objects.get().last_used_at
    assert used is not None
    assert abs(timezone.now() - used) < timedelta(minutes=5)
    with CaptureQueriesContext(connection) as second:
        _call(token, "get", "/api/v1/{clinic}/courses/")
    assert (_notes(first), _notes(second)) == (1, 0)
    with clinic_scope(cast.harbour.pk), connection.cursor() as cursor:
        cursor.execute("UPDATE clinic_apitoken SET last_used_at = last_used_at - interval '61 minutes'")
    with CaptureQueriesContext(connection) as third:
        _call(token, "get", "/api/v1/{clinic}/courses/")
    assert _notes(third) == 1


def _notes(queries: CaptureQueriesContext) -> int:
    return sum("UPDATE clinic_apitoken" in each["sql"] for each in queries)


def _a_minute_later() -> None:
    """By the database's clock, which is the one that counts: what was counted lies a minute further back."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clinic_callcount SET started_at = started_at - interval '60 seconds'")


def test_a_token_that_calls_too_often_is_told_when_to_come_again_and_may_after_the_minute(cast: Cast, settings: Any) -> None:
    settings.API_CALLS_PER_MINUTE = 3
    token, other = _token(cast.therapist, ["courses:read"]), _token(cast.therapist, ["courses:read"])
    path = "/api/v1/{clinic}/courses/"
    assert [_call(token, "get", path).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = _call(token, "get", path)
    assert refused.json()["error"] == "too_many_calls"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert _call(other, "get", path).status_code == 200
    _a_minute_later()
    assert _call(token, "get", path).status_code == 200


def test_refused_calls_count_too_and_guessing_tokens_ends_at_the_address(cast: Cast, settings: Any) -> None:
    settings.API_CALLS_PER_MINUTE = 1
    tries = [_call(f"bl_x_{number}", "get", "/api/v1/{clinic}/courses/").status_code for number in range(6)]
    assert tries == [401, 401, 401, 401, 429, 429]


def test_strangers_share_the_limit_of_their_address(cast: Cast, settings: Any) -> None:
    settings.API_ANONYMOUS_CALLS_PER_MINUTE = 2
    assert [Client().get("/api/v1/harbour/courses/").status_code for _ in range(3)] == [401, 401, 429]
    assert Client().get("/accounts/login/").status_code == 200


def test_a_signed_in_person_has_a_limit_of_their_own_and_pages_are_not_counted(cast: Cast, settings: Any) -> None:
    settings.API_CALLS_PER_MINUTE = 2
    client = Client()
    client.force_login(cast.therapist.user)
    assert [client.get("/api/v1/harbour/courses/").status_code for _ in range(3)] == [200, 200, 429]
    assert client.get("/c/harbour/today/").status_code == 200


def test_counting_takes_one_statement_and_none_on_pages(cast: Cast) -> None:
    token = _token(cast.therapist, ["courses:read"])
    with CaptureQueriesContext(connection) as queries:
        _call(token, "get", "/api/v1/{clinic}/courses/")
    assert sum("clinic_callcount" in each["sql"] for each in queries) == 1
    with CaptureQueriesContext(connection) as queries:
        Client().get("/accounts/login/")
    assert sum("clinic_callcount" in each["sql"] for each in queries) == 0


def test_old_counts_are_forgotten_and_young_ones_kept(cast: Cast) -> None:
    _call(_token(cast.therapist, ["courses:read"]), "get", "/api/v1/{clinic}/courses/")
    assert (CallCount.objects.count(), forget_counts()) == (2, 0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clinic_callcount SET started_at = started_at - interval '2 hours'")
    assert (forget_counts(), CallCount.objects.count()) == (2, 0)
