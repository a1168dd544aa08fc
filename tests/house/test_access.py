"""Every route × every kind of caller × own and foreign data, from the resolver itself.

`access.csv` holds the expected answer to a GET, reviewed by hand: a route without a row fails, and a row without a route too. Foreign data
must answer exactly as what does not exist, carry no word of the other clinic, and stay unchanged; also when our own scoping is taken
away and PostgreSQL's walls stand alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from clinic.api_tokens import create_api_token
from clinic.checks import THIRD_PARTY
from clinic.models import ApiToken, AuditEvent, ImportBatch, Membership, User
from clinic.scoping import ClinicManager, ClinicQuerySet, clinic_scope, current_clinic_id
from clinic.services.imports import read_import, receive_import
from clinic.services.messages import queue_message
from clinic.services.staff_invitations import invite_staff
from clinic.services.worklist import open_task
from clinic.writes import SYSTEM_COMMAND
from outcomes.models import Invitation
from outcomes.services.invitations import invite
from outcomes.services.responses import record_response
from sessions.services.calendar import add_room, close_day
from sessions.services.visits import walk_in
from tests.callers import proved
from tests.cast import HARBOUR_CANARY, MEADOW_CANARY, Cast

TABLE = Path(__file__).with_name("access.csv")
CALLERS = ("anonymous", "therapist", "manager", "front_desk", "administrator", "stranger")


@dataclass(frozen=True)
class Route:
    """One named address and the names in it."""

    name: str
    parameters: tuple[str, ...]


def _routes(resolver: Any = None, prefix: str = "") -> Iterator[Route]:
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if path.startswith(tuple(THIRD_PARTY)):
            continue
        if isinstance(entry, URLResolver):
            yield from _routes(entry, path)
        elif isinstance(entry, URLPattern):
            yield Route(str(entry.name), tuple(re.findall(r"<(?:\w+:)?(\w+)>", path)))


def _table() -> dict[str, dict[str, str]]:
    with TABLE.open(encoding="utf-8") as file:
        return {row["route"]: row for row in csv.DictReader(file)}


@dataclass(frozen=True)
class World:
    """The cast with one visit, invitation and task in each clinic."""

    cast: Cast
    own: dict[str, Any]
    foreign: dict[str, Any]

    def client(self, caller: str) -> Client:
        client = Client(raise_request_exception=False)
        if caller != "anonymous":
            member: Membership = getattr(self.cast, caller)
            client.force_login(member.user)
            proved(client, member.user)
        return client

    def address(self, route: Route, ids: dict[str, Any]) -> str:
        return reverse(route.name, kwargs={name: ids[name] for name in route.parameters})


def _message(invitation: Invitation) -> UUID:
    """A message that failed, so that it can be tried again."""
    message = queue_message(
        actor=SYSTEM_COMMAND,
        patient=invitation.course.patient,
        kind="invitation",
        subject_id=invitation.pk,
        business_key=f"invitation:{invitation.pk}:test",
        due_at=timezone.now(),
    )
    return UUID(str(message.pk))


def _batch(cast: Cast) -> ImportBatch:
    """A patient list that waits for its columns to be named."""
    member = cast.administrator if current_clinic_id() == cast.harbour.pk else cast.stranger
    batch = receive_import(actor=SYSTEM_COMMAND, member=member, source="old", file=io.BytesIO(b"Phone\n030 23125 100\n"))
    read_import(actor=SYSTEM_COMMAND, batch=batch)
    return batch


def _key(cast: Cast) -> UUID:
    """A key of another program."""
    member = cast.administrator if current_clinic_id() == cast.harbour.pk else cast.stranger
    create_api_token(actor=SYSTEM_COMMAND, membership=member, name="calendar")
    return UUID(str(ApiToken.objects.get().pk))


def _things(cast: Cast, course: Any, ids: dict[str, Any]) -> dict[str, Any]:
    visit = walk_in(actor=SYSTEM_COMMAND, course=course)
    answered = record_response(
        actor=SYSTEM_COMMAND,
        course=course,
        answers={"nprs-leg-7d": {"leg": 5}},
        occasion="baseline",
        mode="paper",
        answered_by="patient",
        occurred_at=timezone.now(),
        zone="Europe/Berlin",
    )
    invitation: Invitation = invite(
        actor=SYSTEM_COMMAND, course=course, occasion="baseline", due_on=timezone.localdate(), instruments=["nprs-back-7d"], visit=visit
    )
    task = open_task(actor=SYSTEM_COMMAND, kind="call", patient=course.patient, subject_id=uuid4())
    more = {"visit": visit.pk, "invitation": invitation.pk, "task": task.pk, "course": course.pk, "given": answered.responses[0]}
    return (
        ids
        | more
        | {
            "report": "outcome",
            "token": "unknown",
            "number": 1,
            "how": "read_aloud",
            "message": _message(invitation),
            "export": uuid4(),
            "browser": uuid4(),
            "batch": _batch(cast).pk,
            "key": _key(cast),
            "room": add_room(actor=SYSTEM_COMMAND, name="Room").pk,
            "closed": close_day(actor=SYSTEM_COMMAND, day=date(2027, 5, 3)).pk,
            "invited": invite_staff(actor=SYSTEM_COMMAND, email="new@staff.example", name="Nia New", roles=["therapist"]).pk,
        }
    )


@pytest.fixture
def world(cast: Cast) -> World:
    with clinic_scope(cast.harbour.pk):
        ids = {"patient": cast.ada.pk, "device": cast.device.pk, "protocol": cast.protocol.pk, "member": cast.manager.pk}
        own = _things(cast, cast.ada_course, ids | {"clinic": "harbour"})
    with clinic_scope(cast.meadow.pk):
        ids = {
            "patient": cast.foreign_patient.pk,
            "device": cast.foreign_device.pk,
            "protocol": cast.foreign_protocol.pk,
            "member": cast.stranger.pk,
        }
        foreign = _things(cast, cast.foreign_course, ids | {"clinic": "harbour"})
    return World(cast, own, foreign)


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    assert sorted(_table()) == sorted({route.name for route in _routes()})


@pytest.mark.django_db
def test_each_caller_gets_the_answer_of_the_table(world: World) -> None:
    table, wrong = _table(), []
    for caller in CALLERS:
        client = world.client(caller)
        for route in _routes():
            expected = table[route.name][caller]
            answer = client.get(world.address(route, world.own))
            if str(answer.status_code) != expected:
                wrong.append(f"{route.name} for {caller}: {answer.status_code}, not {expected}")
            if caller in {"anonymous", "stranger"} and route.parameters[:1] == ("clinic",):
                assert HARBOUR_CANARY not in answer.content.decode() + str(answer.headers), route.name
    assert wrong == []


def _plain(answer: Any) -> tuple[int, str]:
    body = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", answer.content.decode())
    return answer.status_code, re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", body)


def _with_objects() -> list[Route]:
    plain = {"clinic", "report", "token", "number", "how"}
    return [route for route in _routes() if set(route.parameters) - plain]


def _random(ids: dict[str, Any]) -> dict[str, Any]:
    return {name: uuid4() if isinstance(value, UUID) else value for name, value in ids.items()}


def _rows_of(clinic_id: UUID) -> dict[str, str]:
    """A fingerprint of every table of one clinic."""
    found = {}
    with clinic_scope(clinic_id), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'clinic_id' "
            "WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND has_table_privilege(c.oid, 'SELECT')"
        )
        for (table,) in cursor.fetchall():
            # By clinic as well: a person signed in earlier in this transaction may see their own membership of another one.
            rows = f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM \"{table}\" t WHERE clinic_id = %s"
            cursor.execute(rows, [clinic_id])
            found[table] = cursor.fetchone()[0]
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_foreign_data_answers_exactly_as_what_does_not_exist_and_stays_unchanged(world: World, method: str) -> None:
    before = _rows_of(world.cast.meadow.pk)
    for caller in ("therapist", "administrator", "front_desk", "manager"):
        client = world.client(caller)
        for route in _with_objects():
            send: Callable[..., Any] = getattr(client, method)
            foreign = send(world.address(route, world.foreign))
            missing = send(world.address(route, _random(world.foreign)))
            assert _plain(foreign) == _plain(missing), (route.name, caller)
            assert foreign.status_code >= 400, (route.name, caller)
            assert MEADOW_CANARY not in foreign.content.decode() + str(foreign.headers), route.name
    assert _rows_of(world.cast.meadow.pk) == before


@pytest.mark.django_db
def test_without_our_own_scoping_the_second_wall_still_leaks_and_changes_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _rows_of(world.cast.meadow.pk)
    monkeypatch.setattr(ClinicManager, "get_queryset", lambda manager: ClinicQuerySet(manager.model, using=manager._db))
    for caller in ("therapist", "administrator", "manager"):
        client = world.client(caller)
        for route in _routes():
            for ids in (world.own, world.foreign):
                for send in (client.get, client.post):
                    answer: Any = send(world.address(route, ids))
                    assert MEADOW_CANARY not in answer.content.decode() + str(answer.headers), (route.name, caller)
    monkeypatch.undo()
    assert _rows_of(world.cast.meadow.pk) == before


@pytest.mark.django_db
def test_a_refusal_leaves_its_trace_after_the_rollback(world: World) -> None:
    world.client("manager").get(f"/c/harbour/patients/{world.cast.ada.pk}/")
    with clinic_scope(world.cast.harbour.pk):
        refused = AuditEvent.objects.get(action="refused")
        assert (refused.actor_user_id, refused.actor_roles, refused.detail) == (
            world.cast.manager.user_id,
            "manager",
            {"status": 403, "method": "GET"},
        )


@pytest.mark.django_db
def test_reading_a_record_leaves_its_trace_with_the_patient(world: World) -> None:
    assert world.client("therapist").get(f"/c/harbour/patients/{world.cast.ada.pk}/").status_code == 200
    with clinic_scope(world.cast.harbour.pk):
        read = AuditEvent.objects.get(action="record.read")
        assert (read.patient_id, read.actor_user_id) == (world.cast.ada.pk, world.cast.therapist.user_id)


@pytest.mark.django_db
def test_a_member_who_was_ended_is_refused_at_the_next_request(world: World) -> None:
    from clinic.services.organisation import change_staff

    client = world.client("therapist")
    assert client.get("/c/harbour/today/").status_code == 200
    with clinic_scope(world.cast.harbour.pk):
        change_staff(actor=SYSTEM_COMMAND, member=world.cast.therapist, roles=["therapist"], is_active=False)
    answer = client.get("/c/harbour/today/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/?next=/c/harbour/today/")
    client.force_login(User.objects.get(pk=world.cast.therapist.user_id))
    assert client.get("/c/harbour/today/").status_code == 404


@pytest.mark.django_db
def test_every_page_of_a_clinic_carries_the_headers_that_protect_it(world: World) -> None:
    client = world.client("therapist")
    for route in _routes():
        answer = client.get(world.address(route, world.own))
        assert answer.headers["Cache-Control"] == "no-store", route.name
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"], route.name
        assert answer.headers["X-Frame-Options"] == "DENY", route.name
        assert answer.headers["X-Content-Type-Options"] == "nosniff", route.name


@pytest.mark.django_db
def test_every_page_that_writes_by_cookie_refuses_a_forged_form(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.cast.therapist.user)
    proved(client, world.cast.therapist.user)
    for route in _routes():
        answer = client.post(world.address(route, world.own))
        # These links prove themselves by their own secret, not by a cookie: without one there is nothing to forge.
        allowed = {404} if route.name in {"survey_link", "cannot_come"} else {401, 403, 405}
        assert answer.status_code in allowed, (route.name, answer.status_code)
