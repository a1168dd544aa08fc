"""Authenticator apps and recovery codes: set up, asked for, accepted once; nothing readable at rest."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from clinic.encryption import unseal
from clinic.models import Membership, PlatformEvent
from clinic.services.second_factors import remove_second_factors, use_code
from tests.callers import proved
from tests.cast import PASSWORD, Cast, give_password
from tests.one_time_codes import code_at

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 2, 7, 0, 5, tzinfo=UTC)
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
REFUSED = "This was not accepted."


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def _with_app(member: Membership) -> None:
    TOTP.activate(give_password(member), KEY)


def _to_second_step(member: Membership) -> Client:
    client = Client()
    answer = client.post("/accounts/login/", {"login": member.user.email, "password": PASSWORD})
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    return client


def _enter(client: Client, code: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": code})


def _now() -> str:
    return code_at(KEY, datetime.now(UTC).timestamp())


def _events(cast: Cast, action: str) -> list[dict[str, Any]]:
    rows = PlatformEvent.objects.filter(action=action, user=cast.therapist.user)
    return list(rows.values_list("detail", flat=True))


# RFC 6238, appendix B, SHA-1: the last six of the eight digits printed there.
VECTORS = [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")]


@pytest.mark.parametrize(("moment", "code"), VECTORS)
def test_the_codes_of_the_standard_are_accepted_at_their_moment(cast: Cast, moment: int, code: str) -> None:
    key = base64.b32encode(b"12345678901234567890").decode()
    assert code_at(key, moment) == code
    app = TOTP.activate(cast.therapist.user, key).instance
    with time_machine.travel(moment, tick=False):
        assert use_code(app, code)
        assert not use_code(app, code)
    with time_machine.travel(moment + 120, tick=False):
        assert not use_code(app, code)


def test_an_app_is_set_up_with_its_first_code_and_brings_recovery_codes(committed_cast: Cast, clock: time_machine.Traveller) -> None:
    client = Client()
    client.force_login(committed_cast.therapist.user)
    proved(client, committed_cast.therapist.user)
    page = client.get(reverse("mfa_activate_totp"))
    key = page.context["form"].secret
    assert f'src="data:image/svg+xml;base64,{page.context["totp_svg_data_uri"].partition(",")[2]}"' in page.content.decode()
    assert " ".join(re.findall("....", key)) in page.content.decode()
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert REFUSED in wrong.content.decode()
    assert not Authenticator.objects.exists()
    done = client.post(reverse("mfa_activate_totp"), {"code": code_at(key, MORNING.timestamp())})
    assert done.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert _events(committed_cast, "second_factor.add") == [{"type": "totp"}, {"type": "recovery_codes"}]
    shown = client.get(done.headers["Location"]).content.decode()
    codes = re.findall(r"<li>(\d{8})</li>", shown)
    assert len(set(codes)) == 10
    assert set(re.findall(r"^\d{8}$", client.get(reverse("mfa_download_recovery_codes")).content.decode(), re.MULTILINE)) == set(codes)


def test_secrets_are_sealed_at_rest(cast: Cast, clock: time_machine.Traveller) -> None:
    client = Client()
    client.force_login(cast.therapist.user)
    proved(client, cast.therapist.user)
    key = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_at(key, MORNING.timestamp())})
    app = Authenticator.objects.get(type="totp")
    codes = Authenticator.objects.get(type="recovery_codes")
    assert key not in json.dumps(app.data)
    assert unseal(app.data["secret"].encode()) == key
    readable = json.dumps(codes.data)
    assert not [code for code in codes.wrap().generate_codes() if code in readable]
    assert len(unseal(codes.data["seed"].encode())) == 80


def test_signing_in_asks_for_the_code_and_opens_nothing_before(cast: Cast, clock: time_machine.Traveller) -> None:
    _with_app(cast.therapist)
    client = _to_second_step(cast.therapist)
    assert client.get("/c/harbour/today/").status_code == 302
    assert _enter(client, "000000").status_code == 200
    assert client.get("/c/harbour/today/").status_code == 302
    assert _enter(client, _now()).status_code == 302
    assert client.get("/c/harbour/today/").status_code == 200
    assert _events(cast, "sign_in") == [{"by": ["password", "totp"]}]
    assert _events(cast, "second_factor_refused") == [{"type": "totp"}]


@pytest.mark.parametrize("later", [0, 45])
def test_a_code_that_was_used_is_refused_even_while_it_would_still_be_good(cast: Cast, clock: time_machine.Traveller, later: int) -> None:
    _with_app(cast.therapist)
    code = _now()
    assert _enter(_to_second_step(cast.therapist), code).status_code == 302
    clock.shift(timedelta(seconds=later))
    watcher = _to_second_step(cast.therapist)
    assert REFUSED in _enter(watcher, code).content.decode()
    assert watcher.get("/c/harbour/today/").status_code == 302
    clock.shift(timedelta(seconds=60))
    assert _enter(watcher, _now()).status_code == 302


def test_the_code_that_set_up_the_app_does_not_sign_in(committed_cast: Cast, clock: time_machine.Traveller) -> None:
    user = give_password(committed_cast.therapist)
    client = Client()
    client.force_login(user)
    proved(client, user)
    key = client.get(reverse("mfa_activate_totp")).context["form"].secret
    code = code_at(key, MORNING.timestamp())
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert REFUSED in _enter(_to_second_step(committed_cast.therapist), code).content.decode()


def test_a_clock_half_a_minute_off_is_borne_and_two_minutes_are_not(cast: Cast, clock: time_machine.Traveller) -> None:
    _with_app(cast.therapist)
    late = code_at(KEY, MORNING.timestamp() - 120)
    assert _enter(_to_second_step(cast.therapist), late).status_code == 200
    slow = code_at(KEY, MORNING.timestamp() - 30)
    assert _enter(_to_second_step(cast.therapist), slow).status_code == 302


def test_guessing_codes_is_stopped_after_five_tries_and_begins_anew_after_five_minutes(cast: Cast, clock: time_machine.Traveller) -> None:
    _with_app(cast.therapist)
    client = _to_second_step(cast.therapist)
    for _ in range(5):
        assert REFUSED in _enter(client, "000000").content.decode()
    stopped = _enter(client, _now())
    assert stopped.status_code == 200
    assert "Too many failed login attempts" in stopped.content.decode()
    clock.shift(timedelta(minutes=5, seconds=1))
    assert _enter(client, _now()).status_code == 302


def test_tries_at_many_addresses_do_not_make_it_forget_the_tries_at_one(cast: Cast) -> None:
    """The counts lie in a cache; 300 entries are what Django would keep of it."""
    cache.set("0-tries-at-one", [1, 2, 3, 4, 5], 300)
    for number in range(310):
        cache.set(f"tries-at-{number}", [1], 300)
    assert cache.get("0-tries-at-one") == [1, 2, 3, 4, 5]


def test_a_recovery_code_opens_once(cast: Cast, clock: time_machine.Traveller) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    _with_app(cast.therapist)
    first, second, *_ = RecoveryCodes.activate(cast.therapist.user).generate_codes()
    assert _enter(_to_second_step(cast.therapist), first).status_code == 302
    assert _events(cast, "recovery_code.use") == [{}]
    assert REFUSED in _enter(_to_second_step(cast.therapist), first).content.decode()
    assert _enter(_to_second_step(cast.therapist), second).status_code == 302


def test_new_recovery_codes_void_the_old_ones(committed_cast: Cast, clock: time_machine.Traveller) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    _with_app(committed_cast.therapist)
    old = RecoveryCodes.activate(committed_cast.therapist.user).generate_codes()
    client = Client()
    client.force_login(committed_cast.therapist.user)
    proved(client, committed_cast.therapist.user)
    assert client.post(reverse("mfa_generate_recovery_codes")).status_code == 302
    assert _events(committed_cast, "recovery_codes.renew") == [{}]
    assert REFUSED in _enter(_to_second_step(committed_cast.therapist), old[0]).content.decode()


def test_a_code_confirms_who_one_is_and_the_session_gets_a_new_key(cast: Cast, clock: time_machine.Traveller) -> None:
    _with_app(cast.manager)
    client = Client()
    client.force_login(cast.manager.user)
    proved(client, cast.manager.user, seconds_ago=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 1)
    page = "/c/harbour/reports/outcome/table.csv?by=laser"
    asked = client.get(page)
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/?next=")
    choice = client.get(asked.headers["Location"]).content.decode()
    [by_code] = re.findall(r'href="(/accounts/2fa/reauthenticate/[^"]*)"', choice)
    former = client.session.session_key
    assert REFUSED in client.post(by_code, {"code": "000000"}).content.decode()
    assert client.get(page).status_code == 302
    assert client.post(by_code, {"code": _now()}).headers["Location"] == page
    assert client.get(page).status_code == 200
    assert client.session.session_key != former
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = str(former)
    assert thief.get("/c/harbour/reports/").headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("route", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"])
def test_changing_factors_asks_for_proof_when_the_last_was_long_ago(cast: Cast, route: str) -> None:
    user = give_password(cast.therapist)
    client = Client()
    client.force_login(user)
    proved(client, user, seconds_ago=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 1)
    for answer in (client.get(reverse(route)), client.post(reverse(route), {"code": "1"})):
        assert answer.headers["Location"].startswith("/accounts/reauthenticate/")


RUBBISH = [
    "",
    "null",
    "[]",
    "{}",
    "7",
    '"text"',
    "{",
    '{"id": 1, "rawId": 2, "response": 3, "type": "public-key"}',
    '{"id": "a", "rawId": "a", "type": "public-key", "response": {}, "clientExtensionResults": {}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "YQ", "attestationObject": "YQ"}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30", "authenticatorData": "YQ", "signature": ""}}',
    '{"id": "YQ", "rawId": "YQ", "type": "public-key", "response": {"clientDataJSON": "e30", "userHandle": "\\u0000"}}',
    '{"response": {"userHandle": null}}',
]


@pytest.mark.parametrize("credential", RUBBISH)
def test_a_passkey_that_is_none_is_refused_without_a_fault(cast: Cast, clock: time_machine.Traveller, credential: str) -> None:
    _with_app(cast.therapist)
    at_second_step, stranger, own = _to_second_step(cast.therapist), Client(), Client()
    own.force_login(cast.therapist.user)
    proved(own, cast.therapist.user)
    for client, route in ((at_second_step, "mfa_authenticate"), (stranger, "mfa_login_webauthn"), (own, "mfa_add_webauthn")):
        client.get(reverse(route), headers={"Accept": "application/json"})
        assert client.post(reverse(route), {"credential": credential, "passwordless": "on"}).status_code in {200, 302}
    assert own.post(reverse("mfa_reauthenticate_webauthn"), {"credential": credential}).status_code == 302
    for client in (at_second_step, stranger):
        assert client.get("/c/harbour/today/").status_code == 302
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_a_locked_out_person_starts_again_with_the_password_alone(cast: Cast, clock: time_machine.Traveller) -> None:
    _with_app(cast.therapist)
    elsewhere = Client()
    elsewhere.force_login(cast.therapist.user)
    assert elsewhere.get("/c/harbour/today/").status_code == 200
    assert remove_second_factors(actor=cast.actor(cast.administrator), user=cast.therapist.user) == 1
    assert elsewhere.get("/c/harbour/today/").status_code == 302
    [event] = _events(cast, "second_factor.reset")
    assert event == {"types": ["totp"], "by": str(cast.administrator.user_id)}
    answer = Client().post("/accounts/login/", {"login": cast.therapist.user.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/"
