"""A thousand calls that nobody would make, drawn from the description: none is a fault of ours, every answer is as described.

The same calls each time. Ids are those of real things in one call out of two, so that the calls get past the first door.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from clinic.permissions import ROLES
from clinic.scoping import clinic_scope
from clinic.services.organisation import change_staff
from clinic.writes import SYSTEM_COMMAND
from tests.callers import Caller
from tests.house.test_access import World, world

__all__ = ["world"]

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
FITTING, UNFIT = 16, 10


class Calls:
    """Sends drawn calls with a token that may do everything, and counts what came of them."""

    def __init__(self, world: World) -> None:
        with clinic_scope(world.cast.harbour.pk):
            change_staff(actor=SYSTEM_COMMAND, member=world.cast.therapist, roles=list(ROLES), is_active=True)
        self.headers = {"Authorization": f"Bearer {Caller(world.cast).token}"}
        self.ids = {name: str(value) for name, value in world.own.items()}
        self.ids |= {"device_id": self.ids["device"], "handpiece": str(world.cast.handpiece.pk), "therapist": str(world.cast.therapist.pk)}
        self.made, self.accepted = 0, 0

    def send(self, case: Any) -> None:
        """Send one call and hold its answer to the description."""
        self.made += 1
        if self.made % 2:
            case.path_parameters = {name: self.ids[name] for name in case.path_parameters}
            if isinstance(case.body, dict):
                case.body = {name: self._real(name, value) for name, value in case.body.items()}
        else:
            case.path_parameters = dict(case.path_parameters) | {"clinic": self.ids["clinic"]}
        answer = case.call_and_validate(headers=self.headers, checks=CHECKS)
        self.accepted += answer.status_code < 300

    def _real(self, name: str, value: Any) -> Any:
        return self.ids[name] if name in self.ids and isinstance(value, str) else value


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Between two requests the test's own transaction stays open, as Django's test client keeps it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
@pytest.mark.django_db
def test_a_thousand_drawn_calls_are_answered_as_described(world: World) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", app=get_wsgi_application())
    calls, operations = Calls(world), 0
    for drawn in schema.get_all_operations():
        operation: Any = drawn.ok()  # type: ignore[union-attr]
        operations += 1
        for mode, most in ((GenerationMode.POSITIVE, FITTING), (GenerationMode.NEGATIVE, UNFIT)):
            _try(calls, operation, mode, most)
    assert operations > 40
    assert calls.made >= 1000
    assert calls.accepted >= 200


def _try(calls: Calls, operation: Any, mode: GenerationMode, most: int) -> None:
    if mode == GenerationMode.NEGATIVE and operation.method == "get" and not operation.query:
        return  # an address alone leaves nothing to get wrong

    @settings(max_examples=most, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def drawn_calls(case: Any) -> None:
        calls.send(case)

    drawn_calls()
