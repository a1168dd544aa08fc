"""A clinic that asks everybody for a second factor: nothing of it opens without one, for pages and for the interface."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.test import Client
from django.urls import reverse

from clinic.models import AuditEvent, Clinic, Membership
from clinic.scoping import clinic_scope
from clinic.services.organisation import change_clinic
from clinic.writes import SYSTEM_COMMAND
from tests.callers import Caller, proved
from tests.cast import HARBOUR_CANARY, Cast, give_password
from tests.house.test_access import World, _routes, world

__all__ = ["world"]
pytestmark = pytest.mark.django_db
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def _client(member: Membership) -> Client:
    client = Client()
    client.force_login(member.user)
    proved(client, member.user)
    return client


def _ask_for_it(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        change_clinic(actor=SYSTEM_COMMAND, clinic=cast.harbour, require_second_factor=True)


def _switch(cast: Cast, client: Client, *, on: bool) -> Any:
    names = ("name", "telephone", "time_zone", "language", "country", "small_cell_minimum")
    sent = {name: getattr(cast.harbour, name) for name in names} | ({"require_second_factor": "on"} if on else {})
    return client.post("/c/harbour/settings/", sent)


def _asks(cast: Cast) -> bool:
    return Clinic.objects.get(pk=cast.harbour.pk).require_second_factor


def test_an_administrator_without_one_cannot_ask_the_others_for_it(cast: Cast) -> None:
    refused = _switch(cast, _client(cast.administrator), on=True)
    assert refused.status_code == 422
    assert refused.context["form"].errors.keys() == {"require_second_factor"}
    assert not _asks(cast)


def test_an_administrator_with_one_switches_it_on_and_off_and_the_audit_tells(cast: Cast) -> None:
    TOTP.activate(cast.administrator.user, KEY)
    client = _client(cast.administrator)
    assert "to set one up: 3 people at the moment." in client.get("/c/harbour/settings/").content.decode()
    assert _switch(cast, client, on=True).status_code == 302
    assert _asks(cast)
    assert _switch(cast, client, on=False).status_code == 302
    assert not _asks(cast)
    with clinic_scope(cast.harbour.pk):
        events = AuditEvent.objects.filter(action="clinic.change").order_by("sequence")
        assert [event.detail["after"] for event in events] == [{"require_second_factor": True}, {"require_second_factor": False}]


def test_the_switch_is_behind_a_step_up(cast: Cast) -> None:
    TOTP.activate(cast.administrator.user, KEY)
    client = _client(cast.administrator)
    proved(client, cast.administrator.user, seconds_ago=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 1)
    stale = client.session
    records = stale["account_authentication_methods"]
    stale["account_authentication_methods"] = records[-1:]
    stale.save()
    assert _switch(cast, client, on=True).headers["Location"].startswith("/accounts/reauthenticate/")
    assert not _asks(cast)


def test_every_page_of_the_clinic_leads_whoever_has_none_to_the_set_up(world: World) -> None:
    _ask_for_it(world.cast)
    setup, open_to_all, checked = reverse("own_sign_in"), [], 0
    for caller in ("therapist", "manager", "front_desk", "administrator"):
        for route in _routes():
            if route.parameters[:1] != ("clinic",):
                continue
            for method in ("get", "post"):
                answer = getattr(world.client(caller), method)(world.address(route, world.own))
                checked += 1
                if route.name.startswith("api_"):
                    good = answer.status_code == 403 and answer.json()["error"] == "second_factor_needed"
                else:
                    good = answer.status_code == 302 and answer.headers["Location"] == setup
                if not good:
                    open_to_all.append((route.name, caller, method, answer.status_code))
    assert checked > 400
    assert open_to_all == []


def test_the_set_up_names_the_clinic_and_opens_it_again(cast: Cast) -> None:
    _ask_for_it(cast)
    give_password(cast.therapist)
    client = _client(cast.therapist)
    page = client.get("/account/").content.decode()
    assert f"Harbour {HARBOUR_CANARY} asks everybody for a second factor" in page
    for route in ("mfa_activate_totp", "mfa_add_webauthn", "account_change_password"):
        assert client.get(reverse(route)).status_code == 200
    TOTP.activate(cast.therapist.user, KEY)
    assert client.get("/c/harbour/today/").status_code == 200
    assert "asks everybody" not in client.get("/account/").content.decode()


def test_recovery_codes_alone_are_no_second_factor(cast: Cast) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    _ask_for_it(cast)
    RecoveryCodes.activate(cast.therapist.user)
    assert _client(cast.therapist).get("/c/harbour/today/").headers["Location"] == "/account/"


def test_the_other_clinic_and_programs_are_not_asked(cast: Cast) -> None:
    program = Caller(cast)
    _ask_for_it(cast)
    assert _client(cast.stranger).get("/c/meadow/today/").status_code == 200
    assert program.get("harbour/courses/").status_code == 200


def test_somebody_who_is_asked_can_sign_out(cast: Cast) -> None:
    _ask_for_it(cast)
    client = _client(cast.therapist)
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/account/").headers["Location"].startswith("/accounts/login/")
