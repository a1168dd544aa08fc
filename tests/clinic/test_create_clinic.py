"""`manage.py create_clinic` makes a clinic one can work in, or nothing at all."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from clinic.models import Clinic, Membership, Organisation, PlatformEvent, User
from clinic.scoping import clinic_scope

pytestmark = pytest.mark.django_db

PASSWORD = "four plain words here"
OPTIONS: dict[str, Any] = {
    "name": "Back Practice",
    "slug": "back-practice",
    "time_zone": "Europe/Vienna",
    "country": "AT",
    "admin_email": "Ann@Practice.example",
    "admin_name": "Ann Admin",
}


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLINIC_PASSWORD", PASSWORD)
    monkeypatch.setattr("sys.stdin", io.StringIO())


def _create(**changes: Any) -> str:
    said = io.StringIO()
    call_command("create_clinic", **{**OPTIONS, **changes}, stdout=said)
    return said.getvalue()


def test_the_first_administrator_can_sign_in_and_add_staff() -> None:
    assert "/c/back-practice/" in _create()
    clinic = Clinic.objects.get(slug="back-practice")
    assert (clinic.time_zone, clinic.country, clinic.organisation.name) == ("Europe/Vienna", "AT", "Back Practice")
    with clinic_scope(clinic.pk):
        assert Membership.objects.get().roles == ["administrator"]
    browser = Client()
    assert browser.post("/accounts/login/", {"login": "ann@practice.example", "password": PASSWORD}).status_code == 302
    assert browser.get("/c/back-practice/staff/new/").status_code == 200
    assert PlatformEvent.objects.filter(action="clinic.create", detail__clinic=str(clinic.pk)).exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"slug": "not a slug"}, "slug"),
        ({"time_zone": "Mars/Olympus"}, "time zone"),
        ({"admin_email": "nobody"}, "valid email"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_left_behind(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        _create(**changes)
    assert (Clinic.objects.count(), Organisation.objects.count(), User.objects.count()) == (0, 0, 0)


def test_a_weak_password_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLINIC_PASSWORD", "password1234")
    with pytest.raises(CommandError, match="too common"):
        _create()
    assert Clinic.objects.count() == 0


def test_an_address_is_given_once_only() -> None:
    _create()
    with pytest.raises(CommandError, match="already exists"):
        _create(admin_email="second@practice.example")
    assert Clinic.objects.count() == 1


def test_two_clinics_of_one_organisation_share_an_administrator() -> None:
    _create(organisation="Group")
    _create(organisation="Group", slug="second", name="Second")
    assert Organisation.objects.count() == 1
    assert User.objects.count() == 1
    browser = Client()
    browser.force_login(User.objects.get())
    page = browser.get("/").content.decode()
    assert "/c/back-practice/" in page
    assert "/c/second/" in page


def test_without_a_terminal_a_missing_answer_is_named() -> None:
    with pytest.raises(CommandError, match="Time zone"):
        _create(time_zone=None)
