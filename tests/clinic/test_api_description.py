"""The interface's description is valid OpenAPI 3, names every operation and every refusal, and keeps to what is answered."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from drf_spectacular.validation import validate_schema

from clinic.api.schema import description
from clinic.checks import routes
from clinic.permissions import ROLES
from clinic.scoping import clinic_scope
from clinic.services.organisation import change_staff
from clinic.writes import SYSTEM_COMMAND
from tests.callers import Caller
from tests.cast import Cast


def _operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in description()["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


@pytest.mark.django_db
def test_the_published_description_is_valid_and_open_to_everyone() -> None:
    answer = Client().get("/api/v1/schema/")
    assert answer.status_code == 200
    published = json.loads(answer.content)
    validate_schema(published)
    assert published["openapi"].startswith("3.")


def test_making_the_description_needs_no_guess(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", "/dev/null")
    assert capsys.readouterr().err == ""


def test_every_route_of_the_interface_is_described() -> None:
    ours = {"/" + re.sub(r"<\w+:(\w+)>", r"{\1}", path) for path, _view in routes() if path.startswith("api/v1/<")}
    assert len(ours) > 40
    assert ours == set(description()["paths"])


def test_every_operation_says_what_it_does_and_how_it_refuses() -> None:
    for path, method, operation in _operations():
        place = (path, method)
        assert operation["description"], place
        refusals = {"400", "401", "403"} | ({"404"} if path.count("{") > 1 else set())
        refusals |= {"409", "413", "415"} if method in {"post", "patch"} else set()
        assert refusals <= set(operation["responses"]), place
        for status in refusals:
            [content] = operation["responses"][status]["content"].values()
            assert content["schema"] == {"$ref": "#/components/schemas/ErrorShape"}, place
        assert operation["security"] == [{"token": []}], place


def test_every_creating_operation_takes_an_idempotency_key() -> None:
    posts = [operation for path, method, operation in _operations() if method in {"post", "patch"} and not path.endswith("/search/")]
    assert len(posts) > 25
    for operation in posts:
        assert {"name": "Idempotency-Key", "in": "header"}.items() <= _parameter(operation, "Idempotency-Key").items()


def _parameter(operation: dict[str, Any], name: str) -> dict[str, Any]:
    [found] = [each for each in operation["parameters"] if each["name"] == name]
    return dict(found)


@pytest.mark.django_db
def test_every_described_filter_is_understood_and_no_other(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        change_staff(actor=SYSTEM_COMMAND, member=cast.therapist, roles=list(ROLES), is_active=True)
    caller = Caller(cast)
    fitting = {
        **dict.fromkeys(("course", "patient"), str(cast.ada.pk)),
        **dict.fromkeys(("day", "first", "last", "ended_from", "ended_until"), "2026-03-02"),
        **dict.fromkeys(("running", "in_use"), "true"),
        "person": str(cast.therapist.user_id),
        "device": str(cast.device.pk),
        "action": "audit.read",
        "before": "1000",
        "record_number": "1",
        "page_size": "5",
        **dict.fromkeys(("since", "until"), "2026-03-02T09:00:00Z"),
        "instrument": "nprs-back-7d",
        "scale": "pain.back.7d",
    }
    lists = [(path, operation) for path, method, operation in _operations() if method == "get" and path.count("{") == 1]
    assert len(lists) > 12
    for path, operation in lists:
        address = path.replace("/api/v1/{clinic}", "harbour")
        named = {each["name"] for each in operation["parameters"] if each["in"] == "query"}
        for name in named - {"cursor"}:
            [asked] = [each["schema"] for each in operation["parameters"] if each["name"] == name]
            fits = asked["enum"][0] if "enum" in asked else fitting[name]
            assert caller.get(address, **{name: fits}).status_code == 200, (path, name)
        for unknown in ("patient__identity__sealed", "ordering", "clinic", "id", *(set(fitting) - named)):
            answer = caller.get(address, **{unknown: "x"})
            assert (answer.status_code, list(answer.json()["fields"])) == (400, [unknown]), (path, unknown)
