"""Ids and fields that are somebody else's: of another patient of the same clinic, of a column that no caller may set, of no filter at all.

Ids of another clinic stand in test_bad_input (forms), test_access (addresses) and tests/clinic/test_api_input.py (bodies).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.utils import timezone

from clinic.api.schema import description
from clinic.exporting.tables import tables_about
from clinic.permissions import ROLES
from clinic.scoping import clinic_scope
from clinic.services.organisation import change_staff
from clinic.services.worklist import open_task
from clinic.writes import SYSTEM_COMMAND
from outcomes.services.invitations import invite
from outcomes.services.responses import record_response
from sessions.models import Handpiece
from sessions.services.devices import agree_protocol, register_device, retire_protocol
from sessions.services.visits import walk_in
from tests.callers import Caller
from tests.cast import PROTOCOL_SETTINGS, Cast
from tests.house.test_access import World, _routes, _rows_of, world
from tests.house.test_bad_input import _UUID, WITHOUT_A_PAGE, Form, _all_forms, _posted, client

__all__ = ["client", "world"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def bens(world: World) -> dict[str, UUID]:
    """Everything that another patient of the same clinic has, by what an address calls it."""
    cast = world.cast
    with clinic_scope(cast.harbour.pk):
        visit = walk_in(actor=SYSTEM_COMMAND, course=cast.ben_course)
        invited = invite(
            actor=SYSTEM_COMMAND, course=cast.ben_course, occasion="baseline", due_on=timezone.localdate(), instruments=["nprs-back-7d"]
        )
        answered = record_response(
            actor=SYSTEM_COMMAND,
            course=cast.ben_course,
            answers={"nprs-leg-7d": {"leg": 5}},
            occasion="baseline",
            mode="paper",
            answered_by="patient",
            occurred_at=timezone.now(),
            zone="UTC",
        )
        task = open_task(actor=SYSTEM_COMMAND, kind="call", patient=cast.ben, subject_id=visit.pk)
    return {
        "patient": cast.ben.pk,
        "course": cast.ben_course.pk,
        "plan": cast.ben_plan.pk,
        "visit": visit.pk,
        "invitation": invited.pk,
        "given": UUID(str(answered.responses[0])),
        "task": task.pk,
    }


def _kept_about(cast: Cast) -> dict[str, str]:
    """A fingerprint of each table's part about Ben, but for who has read it."""
    with clinic_scope(cast.harbour.pk):
        about = tables_about([cast.ben.pk])
        return {
            table.name: hashlib.sha256(repr(sorted(map(repr, table.rows()))).encode()).hexdigest()
            for table in about
            if "audit" not in table.name
        }


def test_no_form_of_one_patient_changes_another_whose_id_stands_in_it(client: Client, world: World, bens: dict[str, UUID]) -> None:
    before, wrong, tried = _kept_about(world.cast), [], 0
    about_ada = {str(world.own[name]) for name in ("patient", "course", "visit", "invitation", "given", "task")}
    for form in _all_forms(client, world):
        if not any(each in form.address for each in about_ada):
            continue
        for name, value in form.fields:
            for of in ("patient", "course", "visit", "invitation") if _UUID.search(value) and name != "client_key" else ():
                other = bens[of]
                sent = {**dict(form.fields), name: _UUID.sub(str(other), value)}
                with _posted(client, form, "&".join(f"{key}={each}" for key, each in sent.items()).encode()) as answer:
                    tried += 1
                    if answer.status_code >= 500 or (answer.status_code < 400 and _kept_about(world.cast) != before):
                        wrong.append(f"{form.route}: {name} = a {of} of somebody else: {answer.status_code}")
    assert tried >= 16
    assert wrong == []


def test_nothing_that_is_sent_beside_an_address_moves_it_to_another_patient(client: Client, world: World, bens: dict[str, UUID]) -> None:
    """What an address names is not taken from a body or a query, however it is called there."""
    before = _kept_about(world.cast)
    smuggled = "&".join(f"{name}={each}&{name}_id={each}" for name, each in bens.items())
    for route in _routes():
        names = set(route.parameters) & set(bens)
        if not names or route.name.startswith("api_"):
            continue
        address = world.address(route, world.own)
        fields = tuple((each, "1") for each in WITHOUT_A_PAGE.get(route.name, ()))
        with _posted(client, Form(route.name, f"{address}?{smuggled}", fields), smuggled.encode()) as answer:
            assert answer.status_code < 500, route.name
            assert answer.status_code >= 400 or _kept_about(world.cast) == before, route.name


@pytest.fixture
def caller(world: World) -> Caller:
    with clinic_scope(world.cast.harbour.pk):
        change_staff(actor=SYSTEM_COMMAND, member=world.cast.therapist, roles=list(ROLES), is_active=True)
    return Caller(world.cast)


def _operations() -> Iterator[tuple[str, str, set[str], set[str]]]:
    """Every writing call: path, method, the fields that it offers, and those of them that hold an id."""
    told = description()
    for path, methods in told["paths"].items():
        for method in sorted({"post", "patch"} & set(methods)):
            body = methods[method].get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            shape = told["components"]["schemas"].get(body.get("$ref", "").rpartition("/")[2], body)
            offered = shape.get("properties", {})
            yield path, method, set(offered), {name for name, each in offered.items() if '"uuid"' in json.dumps(each)}


def _send(caller: Caller, method: str, path: str, body: object) -> Any:
    headers = {"Authorization": f"Bearer {caller.token}"}
    return getattr(caller.client, method)(path, json.dumps(body).encode(), content_type="application/json", headers=headers)


def test_no_column_of_any_table_can_be_set_by_a_call_that_does_not_offer_it(world: World, caller: Caller) -> None:
    ours = [model for model in apps.get_models() if model._meta.app_label in {"clinic", "treatment", "outcomes"}]
    columns = {name for model in ours for field in model._meta.concrete_fields for name in (field.name, field.attname)}
    columns |= {"score", "role", "is_staff", "is_superuser", "created_by", "created_at", "signed_at", "clinic", "id", "pk"}
    before, tried = _rows_of(world.cast.harbour.pk), 0
    for path, method, offered, _ids in _operations():
        address = path.format(**{name: str(value) for name, value in world.own.items()})
        body = dict.fromkeys(sorted(columns - offered), "1")
        with transaction.atomic():
            answer = _send(caller, method, address, body)
            transaction.set_rollback(True)
        assert answer.status_code == 400, (method, path, answer.content)
        assert len(set(answer.json()["fields"]) & set(body)) > 0, (method, path)  # twenty are named in one refusal
        tried += len(body)
    assert tried > 5_000
    assert {name for name, rows in _rows_of(world.cast.harbour.pk).items() if rows != before[name]} <= _OF_CALLS


_OF_CALLS = {"clinic_auditevent", "clinic_auditcounter", "clinic_callcount", "clinic_apitoken", "clinic_idempotencykey"}
# Every id that a body may hold, by the schema; a new one has to be thought about here.
IDS_IN_BODIES = {
    "patient",
    "course",
    "visit",
    "device",
    "handpiece",
    "protocol",
    "therapist",
    "responsible",
    "receiver",
    "room",
    "deputy",
    "other",  # the record to merge with
    "client_key",  # the caller's own
    "laser",  # device_id, handpiece_id and protocol_id of each site
}


def test_every_id_that_a_body_may_hold_is_known_to_these_tests() -> None:
    assert {name for _path, _method, _offered, ids in _operations() for name in ids} - IDS_IN_BODIES == set()


def test_ids_that_do_not_belong_together_are_refused_at_their_field(world: World, caller: Caller, bens: dict[str, UUID]) -> None:
    cast = world.cast
    with clinic_scope(cast.harbour.pk):
        spare = register_device(
            actor=SYSTEM_COMMAND,
            name="Spare",
            maker="Example Optics",
            model="EO-12",
            laser_class="4",
            maximum_power_w=Decimal(15),
            wavelengths_nm=[Decimal(810), Decimal(980)],
            handpieces=[("Cone", Decimal("3.1416"))],
        )
        cone = Handpiece.objects.get(device=spare)
        theirs = agree_protocol(
            actor=SYSTEM_COMMAND, name="Other", device=spare, handpiece=cone, region="lumbar", source="Team", settings=PROTOCOL_SETTINGS
        )
        retire_protocol(actor=SYSTEM_COMMAND, protocol=theirs)
    site = {"device_id": str(cast.device.pk), "region": "lumbar", "technique": "scanning_contact", "average_power_w": "12"}
    site |= {"emission_s": "420", "treated_area_cm2": "500"}
    visit = {"course": str(cast.ada_course.pk), "pain_before": 6, "pain_after": 4, "laser": [site]}
    plan = {"planned_visits": 6, "visits_per_week": "1", "review_on": "2027-01-01"}
    protocol = {"name": "New", "device": str(cast.device.pk), "region": "lumbar", "source": "Team", "technique": "scanning_contact"}
    before = _kept_about(cast)
    for path, body, field in [
        ("visits/", visit | {"visit": str(bens["visit"])}, "visit"),
        ("visits/", visit | {"laser": [site | {"handpiece_id": str(cone.pk)}]}, "laser.0.handpiece_id"),
        ("visits/", visit | {"laser": [site | {"protocol_id": str(theirs.pk)}]}, "laser.0.protocol_id"),
        (f"courses/{cast.ada_course.pk}/plan/", plan | {"protocol": str(theirs.pk)}, "protocol"),
        ("protocols/", protocol | {"handpiece": str(cone.pk)}, "handpiece"),
    ]:
        answer = caller.post(f"harbour/{path}", body)
        assert (answer.status_code, list(answer.json().get("fields", {}))) == (400, [field]), (path, field, answer.content)
    assert _kept_about(cast) == before


UNKNOWN = (
    "order=id",
    "ordering=-id",
    "sort=name",
    "fields=all",
    "patient__record_number=1",
    "pk__gt=0",
    "clinic=meadow",
    "page=99999",
    "id=1",
)


def test_no_list_takes_an_order_a_relation_or_a_page_that_it_does_not_offer(world: World, caller: Caller) -> None:
    headers, asked = {"Authorization": f"Bearer {caller.token}"}, 0
    for path, methods in description()["paths"].items():
        if "get" not in methods or "{clinic}" not in path:
            continue
        address = path.format(**{name: str(value) for name, value in world.own.items()})
        offered = {each["name"] for each in methods["get"].get("parameters", []) if each["in"] == "query"}
        tried = [each for each in UNKNOWN if each.partition("=")[0] not in offered]
        tried += ["page_size=101", "page_size=0", "page_size=-1", "cursor=zzz"] if "page_size" in offered else []
        for query in tried:
            answer = caller.client.get(f"{address}?{query}", headers=headers)
            assert (answer.status_code, list(answer.json()["fields"])) == (400, [query.partition("=")[0]]), (path, query, answer.content)
            asked += 1
    assert asked > 150
