"""No lost update: what a colleague saved since the page was opened is shown beside what was typed, never written over unseen."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from clinic.forms.seen import SeenForm
from clinic.models import Clinic, Membership, PatientIdentity
from clinic.scoping import clinic_scope
from sessions.models import Course, Device, Plan, Protocol
from tests.cast import Cast
from tests.house.test_access import World, _routes, world
from tests.house.test_each_field import _forms, _Reader, client

__all__ = ["client", "world"]

pytestmark = pytest.mark.django_db

# Route → the field that the colleague changes, to what; the field that is changed here, to what; and what is stored at last.
RECORDS: dict[str, tuple[tuple[str, str], tuple[str, str], Callable[[Cast], Any]]] = {
    "patient_edit": (
        ("phone", "030 555000"),
        ("email", "new@patients.example"),
        lambda cast: PatientIdentity.objects.get(patient=cast.ada).email,
    ),
    "course_edit": (("label", "arm B"), ("icd10_code", "M54.41"), lambda cast: Course.objects.get(pk=cast.ada_course.pk).icd10_code),
    "plan": (
        ("planned_visits", "9"),
        ("planned_visits", "12"),
        lambda cast: str(Plan.objects.filter(course=cast.ada_course).latest("version").planned_visits),
    ),
    "device_edit": (
        ("serial_number", "theirs"),
        ("serial_number", "mine"),
        lambda cast: Device.objects.get(pk=cast.device.pk).serial_number,
    ),
    "device_correct": (("maker", "Theirs"), ("model", "Mine"), lambda cast: Device.objects.get(pk=cast.device.pk).model),
    "protocol_edit": (
        ("source", "Theirs"),
        ("source", "Mine"),
        lambda cast: Protocol.objects.filter(device=cast.device).latest("version").source,
    ),
    "clinic_settings": (("telephone", "030 1"), ("name", "Mine"), lambda cast: Clinic.objects.get(pk=cast.harbour.pk).name),
    "staff_edit": (("name", "Theirs"), ("name", "Mine"), lambda cast: Membership.objects.get(pk=cast.manager.pk).display_name),
}
BESIDES = {"device_correct": {"reason": ["label read again"]}, "protocol_edit": {"confirmed": ["true"]}}


def _form(client: Client, world: World, name: str) -> tuple[str, dict[str, list[str]]]:
    """The address of a record's page, and its form as it stands in it."""
    [route] = [each for each in _routes() if each.name == name]
    address = world.address(route, world.own)
    reader = _Reader(address)
    reader.feed(client.get(address).content.decode())
    form = next(form for form in reader.found if "seen" in form.fields)
    return address, form.filled() | BESIDES.get(name, {})


@pytest.mark.parametrize("name", RECORDS)
def test_what_a_colleague_saved_meanwhile_is_shown_and_kept_until_somebody_chooses(client: Client, world: World, name: str) -> None:
    (theirs, their_value), (mine, my_value), stored = RECORDS[name]
    address, opened = _form(client, world, name)
    with clinic_scope(world.cast.harbour.pk):
        before = stored(world.cast)
    assert client.post(address, {**opened, theirs: their_value}).status_code == 302, "the colleague's, seen as it stands"
    stale = client.post(address, {**opened, mine: my_value})
    page = unescape(stale.content.decode())
    assert stale.status_code == 409
    assert "changed elsewhere since you opened the page" in page
    rows = {cells[0]: cells[1:] for cells in re.findall(r'<tr><th scope="row">([^<]*)</th><td>([^<]*)</td><td>([^<]*)</td></tr>', page)}
    said = [text for cells in rows.values() for text in cells]
    assert my_value in said
    assert any(their_value.lstrip("0").replace(" ", "") in text.replace(" ", "") for text in said)  # telephones are stored with +49
    with clinic_scope(world.cast.harbour.pk):
        kept = stored(world.cast)
        assert kept == (their_value if mine == theirs else before)
    reader = _Reader(address)
    reader.feed(stale.content.decode())
    again = next(form for form in reader.found if "seen" in form.fields).filled() | BESIDES.get(name, {})
    assert again[mine] == [my_value], "what was typed stands in the form still"
    assert client.post(address, again).status_code == 302
    with clinic_scope(world.cast.harbour.pk):
        assert stored(world.cast) == my_value


def test_every_form_that_is_filled_in_from_a_record_says_which_version_it_shows(client: Client, world: World) -> None:
    shown = {route for (route, names), _form in _forms(client, world).items() if "seen" in names}
    assert shown == set(RECORDS)


def test_a_version_is_that_of_what_the_form_shows_and_of_nothing_else(cast: Cast) -> None:
    from sessions.forms.devices import ChangeDeviceForm

    first, same, other = (ChangeDeviceForm(initial={"serial_number": each, "is_active": True}).version for each in ("a", "a", "b"))
    assert (first == same, first == other) == (True, False)
    stale = ChangeDeviceForm({"serial_number": "c", "seen": other}, initial={"serial_number": "a", "is_active": True})
    assert isinstance(stale, SeenForm)
    assert (stale.is_valid(), stale.status) == (False, 409)
    assert [(each.label, each.here, each.there) for each in stale.differences()] == [("Serial number", "c", "a"), ("In use", "", "True")]
