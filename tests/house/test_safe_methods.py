"""Reading changes nothing: mail scanners, previews and prefetching browsers open every link they find."""

from __future__ import annotations

import pytest
from django.test import Client

from clinic.models import Clinic
from clinic.scoping import clinic_scope
from outcomes.models import Invitation
from outcomes.services.invitations import token_of
from tests.house.test_access import World, _routes, _rows_of, world

__all__ = ["world"]

# What a safe request may leave behind: the trace that it was made.
TRACES = {"clinic_auditevent"}


def _clinical(world: World) -> dict[str, str]:
    return {table: rows for table, rows in _rows_of(world.cast.harbour.pk).items() if table not in TRACES}


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_no_route_changes_a_row_by_a_safe_method_whoever_asks(world: World, method: str) -> None:
    before = _clinical(world)
    for caller in ("anonymous", "therapist", "manager", "front_desk", "administrator"):
        client = world.client(caller)
        for route in _routes():
            getattr(client, method)(world.address(route, world.own))
            assert _clinical(world) == before, (route.name, caller)


@pytest.mark.django_db
def test_opening_a_survey_link_ten_times_leaves_it_as_it_was(world: World) -> None:
    with clinic_scope(world.cast.harbour.pk):
        token = token_of(Invitation.objects.get(pk=world.own["invitation"]))
    link = f"/s/{Clinic.objects.get(pk=world.cast.harbour.pk).link_prefix}.{token}"
    before = _clinical(world)
    client = Client()
    for _ in range(10):
        assert client.get(link).status_code == client.head(link).status_code == 200
    assert _clinical(world) == before
    assert client.post(link).status_code == 302
