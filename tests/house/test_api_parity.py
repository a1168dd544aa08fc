"""Whatever a page can do, a program can do: each page that takes a form has its endpoint, or a stated reason why a person does it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse

from clinic.api.schema import description
from clinic.permissions import ROLES, access_of
from clinic.scoping import clinic_scope
from clinic.services.organisation import change_staff
from clinic.writes import SYSTEM_COMMAND
from tests.house.test_access import World, _routes, world

__all__ = ["world"]

TABLE = Path(__file__).with_name("api_parity.csv")
LINKS = "survey"  # the patient's own pages, by a link that is no token


def _table() -> dict[str, dict[str, str]]:
    with TABLE.open(encoding="utf-8") as file:
        return {row["page"]: row for row in csv.DictReader(file)}


def _takes_forms(client: Client, address: str) -> bool:
    """Whether a POST gets further than "this address takes none". Its form is empty or wrong: that does not matter here."""
    answer: Any = client.post(address)
    return bool(answer.status_code != 405)


@pytest.mark.django_db
def test_every_page_that_takes_a_form_has_its_endpoint_or_a_reason(world: World) -> None:
    with clinic_scope(world.cast.harbour.pk):
        change_staff(actor=SYSTEM_COMMAND, member=world.cast.therapist, roles=list(ROLES), is_active=True)
    table = _table()
    pages = [route for route in _routes() if route.parameters[:1] == ("clinic",) and not route.name.startswith(("api_", LINKS))]
    missing = []
    for route in pages:
        client = world.client("therapist")  # a page may end the session
        if route.name not in table and _takes_forms(client, world.address(route, world.own)):
            missing.append(route.name)
    read_only = {"audit", "audit_table", "course", "devices", "export_file", "health", "inbox", "outbox", "paper_form", "patient"}
    read_only |= {"plan_print", "report", "report_table", "reports", "staff", "today", "worklist"}
    assert sorted(set(missing) - read_only) == []


def test_each_row_names_a_page_and_either_an_endpoint_that_writes_or_a_reason() -> None:
    names = {route.name for route in _routes()}
    written = {path for path, methods in description()["paths"].items() if {"post", "patch"} & set(methods)}
    parameters = {route.name: route.parameters for route in _routes()}
    wrong = []
    for page, row in _table().items():
        endpoints = row["endpoint"].split()
        paths = {_path(name, parameters[name]) for name in endpoints if name in names}
        if page not in names or bool(endpoints) == bool(row["reason"]) or not set(endpoints) <= names or not paths <= written:
            wrong.append(page)
    assert wrong == []


def test_a_page_that_asks_again_who_one_is_leaves_no_endpoint_that_does_not() -> None:
    """A session that somebody left open opens endpoints too; a program's token is not asked, wherever it is used."""
    parameters = {route.name: route.parameters for route in _routes()}
    pairs = [(page, endpoint) for page, row in _table().items() for endpoint in row["endpoint"].split()]
    asks = {name: _asks_again(name, parameters[name]) for pair in pairs for name in pair}
    assert asks["imports"]
    assert [(page, endpoint) for page, endpoint in pairs if asks[page] and not asks[endpoint]] == []


def _asks_again(name: str, parameters: tuple[str, ...]) -> bool:
    access = access_of(resolve(reverse(name, kwargs=_any_ids(parameters))).func)
    return access is not None and access.step_up


def _any_ids(parameters: tuple[str, ...]) -> dict[str, str]:
    return {each: f"00000000-0000-0000-0000-{place:012}" for place, each in enumerate(parameters)} | {"clinic": "the-clinic"}


def _path(name: str, parameters: tuple[str, ...]) -> str:
    """The address of an endpoint as the description writes it."""
    numbers = _any_ids(parameters)
    address = reverse(name, kwargs=numbers)
    for each, number in numbers.items():
        address = address.replace(number, "{" + each + "}")
    return address
