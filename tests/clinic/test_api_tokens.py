"""Tokens speak for one member in one clinic, until they expire, are revoked, or the member goes."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.api_tokens import hash_token, holder_of_token
from clinic.models import ApiToken, AuditEvent, PlatformEvent
from clinic.scoping import clinic_scope
from clinic.services.organisation import change_staff
from clinic.writes import SYSTEM_COMMAND, Actor, audited, writes
from tests.callers import Caller
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@writes("test.token")
def _change(*, actor: Actor, token: ApiToken, **fields: object) -> None:
    for name, value in fields.items():
        setattr(token, name, value)
    token.save()
    audited(token)


def _created(**options: object) -> str:
    out = StringIO()
    usual: dict[str, Any] = {"clinic": "harbour", "email": "Therapist@harbour.example", "name": "lab", "stdout": out}
    call_command("create_api_token", **usual | options)
    return out.getvalue().strip()


def test_the_command_prints_a_token_that_works_and_keeps_only_its_hash(cast: Cast) -> None:
    token = _created()
    assert Client().get("/api/v1/harbour/courses/", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    with clinic_scope(cast.harbour.pk):
        stored = ApiToken.objects.get()
        secret = token.split("_", 2)[2]
        assert (stored.token_hash, stored.name, stored.membership_id) == (hash_token(secret), "lab", cast.therapist.pk)
        assert secret not in repr(vars(stored))
        assert AuditEvent.objects.get(action="api_token.create").object_id == stored.pk


@pytest.mark.parametrize("wrong", [{"clinic": "nowhere"}, {"email": "stranger@meadow.example"}, {"days": 0}, {"days": 100_000}])
def test_the_command_refuses_whom_it_does_not_find(cast: Cast, wrong: dict[str, object]) -> None:
    with pytest.raises(CommandError):
        _created(**wrong)


def test_a_token_opens_its_own_clinic_only(cast: Cast) -> None:
    caller = Caller(cast)
    assert caller.get("harbour/courses/").status_code == 200
    foreign, nowhere = caller.get("meadow/courses/"), caller.get("nowhere/courses/")
    assert foreign.status_code == nowhere.status_code == 401
    assert foreign.content == nowhere.content


def test_a_secret_with_another_clinics_prefix_opens_nothing(cast: Cast) -> None:
    caller = Caller(cast)
    secret = caller.token.split("_", 2)[2]
    caller.token = f"bl_{cast.meadow.link_prefix}_{secret}"
    assert caller.get("meadow/courses/").status_code == 401
    assert caller.get("harbour/courses/").status_code == 401


@pytest.mark.parametrize("token", ["", "bl_", "bl__", "x", "bl_a_b_c", "é", "bl_%00_x", "x" * 5000])
def test_what_is_no_token_is_told_nothing_but_that(cast: Cast, token: str) -> None:
    answer = Client().get("/api/v1/harbour/courses/", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["error"], answer.headers["WWW-Authenticate"]) == (401, "not_authenticated", "Bearer")
    assert PlatformEvent.objects.filter(action="refused").count() == 1


@pytest.mark.parametrize("change", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now() - timedelta(seconds=1)}])
def test_a_revoked_or_expired_token_is_refused_at_once(cast: Cast, change: dict[str, object]) -> None:
    caller = Caller(cast)
    with clinic_scope(cast.harbour.pk):
        _change(actor=SYSTEM_COMMAND, token=ApiToken.objects.get(), **change)
    assert caller.get("harbour/courses/").status_code == 401


def test_a_token_ends_with_its_member_and_with_its_person(cast: Cast) -> None:
    caller = Caller(cast)
    cast.therapist.user.is_active = False
    cast.therapist.user.save()
    assert caller.get("harbour/courses/").status_code == 401
    cast.therapist.user.is_active = True
    cast.therapist.user.save()
    assert caller.get("harbour/courses/").status_code == 200
    with clinic_scope(cast.harbour.pk):
        change_staff(actor=SYSTEM_COMMAND, member=cast.therapist, roles=["therapist"], is_active=False)
    assert caller.get("harbour/courses/").status_code == 401


def test_a_token_may_do_what_its_member_may_do(cast: Cast) -> None:
    desk, manager = Caller(cast, cast.front_desk), Caller(cast, cast.manager)
    assert desk.get("harbour/patients/").status_code == 200
    for caller, path in ((desk, "courses"), (desk, "visits"), (desk, "responses"), (manager, "patients"), (manager, "scores")):
        answer = caller.get(f"harbour/{path}/")
        assert (answer.status_code, answer.json()["error"]) == (403, "forbidden"), path


def test_a_token_opens_no_pages_and_reads_no_schema_that_a_stranger_could_not(cast: Cast) -> None:
    caller = Caller(cast)
    page = Client().get("/c/harbour/today/", headers={"Authorization": f"Bearer {caller.token}"})
    assert page.status_code == 302
    assert Client().get("/api/v1/schema/").status_code == 200


def test_finding_the_member_takes_one_statement_also_as_the_first_of_a_connection(cast: Cast) -> None:
    caller = Caller(cast)
    assert holder_of_token(caller.token, "harbour") is not None  # its use is noted once an hour
    with CaptureQueriesContext(connection) as queries:
        holder = holder_of_token(caller.token, "harbour")
    assert holder is not None
    member = holder.member
    assert (member.pk, member.roles, member.clinic.slug, len(queries)) == (cast.therapist.pk, ["therapist"], "harbour", 1)
    assert holder_of_token(caller.token, "meadow") is None


@pytest.mark.parametrize(
    "setting", ["enable_nestloop", "enable_hashjoin", "enable_mergejoin", "enable_indexscan", "enable_seqscan", "enable_material"]
)
def test_finding_the_member_does_not_depend_on_the_planners_choice(cast: Cast, setting: str) -> None:
    caller = Caller(cast)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {setting} = off")
    assert holder_of_token(caller.token, "harbour") is not None
