"""The lists of the interface cost the same for one row as for two hundred, and say nothing of the other clinic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic.permissions import ROLES
from clinic.scoping import clinic_scope
from clinic.services.messages import queue_message
from clinic.services.organisation import add_staff, change_staff
from clinic.services.worklist import open_task
from clinic.writes import SYSTEM_COMMAND
from outcomes.services.invitations import invite
from sessions.services.devices import agree_protocol, register_device
from tests.callers import Caller
from tests.cast import PROTOCOL_SETTINGS, Cast

pytestmark = pytest.mark.django_db

LISTS = ["tasks", "staff", "messages", "audit", "devices", "equipment", "protocols", "invitations"]


@pytest.fixture
def caller(cast: Cast) -> Caller:
    with clinic_scope(cast.harbour.pk):
        change_staff(actor=SYSTEM_COMMAND, member=cast.therapist, roles=list(ROLES), is_active=True)
    return Caller(cast)


def _task(cast: Cast, number: int) -> None:
    open_task(actor=SYSTEM_COMMAND, kind="follow_up", patient=cast.ada, subject_id=uuid4())


def _message(cast: Cast, number: int) -> None:
    queue_message(actor=SYSTEM_COMMAND, patient=cast.ada, kind="invitation", subject_id=uuid4(), business_key=str(uuid4()))


def _member(cast: Cast, number: int) -> None:
    add_staff(actor=SYSTEM_COMMAND, email=f"{uuid4()}@harbour.example", name="Nils", roles=["manager"])


def _device(cast: Cast, number: int) -> None:
    label: dict[str, Any] = {"maker": "M", "model": "M", "laser_class": "4", "maximum_power_w": Decimal(10)}
    wavelengths, name = [Decimal(810)], str(uuid4())
    register_device(actor=SYSTEM_COMMAND, name=name, wavelengths_nm=wavelengths, handpieces=[("Ball", None)], **label)


def _protocol(cast: Cast, number: int) -> None:
    about: dict[str, Any] = {"name": str(uuid4()), "region": "lumbar", "source": "The team"}
    agree_protocol(actor=SYSTEM_COMMAND, device=cast.device, handpiece=None, settings=PROTOCOL_SETTINGS, **about)


def _invitation(cast: Cast, number: int) -> None:
    due = date(2026, 1, 1) + timedelta(days=number)
    invite(actor=SYSTEM_COMMAND, course=cast.ada_course, occasion="during", due_on=due, instruments=["nprs-back-7d"])


MAKERS: dict[str, Callable[[Cast, int], None]] = {
    "tasks": _task,
    "audit": _task,
    "messages": _message,
    "staff": _member,
    "devices": _device,
    "equipment": _device,
    "protocols": _protocol,
    "invitations": _invitation,
}


@pytest.mark.parametrize("of", LISTS)
def test_a_list_takes_no_more_statements_for_200_rows_than_for_one(cast: Cast, caller: Caller, of: str) -> None:
    counts, made = [], 0
    for more in (1, 29, 170):
        with clinic_scope(cast.harbour.pk):
            for number in range(made, made + more):
                MAKERS[of](cast, number)
        made += more
        with CaptureQueriesContext(connection) as queries:
            answer = caller.get(f"harbour/{of}/")
        assert (answer.status_code, len(answer.json()["results"]) > 0) == (200, True)
        counts.append(len(queries))
    assert max(counts) == counts[0], counts  # fewer where nobody of the staff stands on the page
