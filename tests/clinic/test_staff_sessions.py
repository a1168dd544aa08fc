"""Staff sessions end by themselves; hosts, forwarded addresses and `next` are never taken at their word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from clinic.models import AuditEvent
from clinic.scoping import clinic_scope
from tests.callers import proved
from tests.cast import PASSWORD, Cast, give_password

MORNING = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
PAGE = "/c/harbour/patients/"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def _signed_in(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.therapist.user)
    assert client.get(PAGE).status_code == 200
    return client


def _turned_away(client: Client) -> bool:
    answer = client.get(PAGE)
    return answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/")


@pytest.mark.django_db
def test_a_session_without_use_ends_after_the_idle_time_and_not_before(cast: Cast, clock: time_machine.Traveller) -> None:
    client = _signed_in(cast)
    clock.shift(timedelta(seconds=settings.SESSION_IDLE_SECONDS - 1))
    assert not _turned_away(client)
    clock.shift(timedelta(seconds=settings.SESSION_IDLE_SECONDS + 61))
    assert _turned_away(client)


@pytest.mark.django_db
def test_a_session_in_steady_use_ends_after_the_absolute_time(cast: Cast, clock: time_machine.Traveller) -> None:
    client = _signed_in(cast)
    steps = settings.SESSION_ABSOLUTE_SECONDS // 600
    for _ in range(steps):
        clock.shift(timedelta(seconds=600))
        assert not _turned_away(client)
    clock.shift(timedelta(seconds=60))
    assert _turned_away(client)


@pytest.mark.django_db
def test_a_cookie_kept_from_an_ended_session_opens_nothing(cast: Cast, clock: time_machine.Traveller) -> None:
    client = _signed_in(cast)
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/accounts/logout/")
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert _turned_away(thief)


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "localhost:80:80", "[::1].evil"])
def test_another_host_name_is_not_answered(host: str) -> None:
    answer = Client(raise_request_exception=False).get("/accounts/login/", headers={"Host": host})
    assert answer.status_code == 400
    assert host not in answer.content.decode()


@pytest.mark.django_db
def test_a_forged_forwarded_host_changes_no_address_and_a_forged_caller_no_trace(cast: Cast) -> None:
    forged = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-For": "203.0.113.7",
        "X-Forwarded-Proto": "https",
        "Forwarded": "host=evil.example",
    }
    answer = Client().get(PAGE, headers=forged)
    assert answer.status_code == 302
    assert "evil" not in answer.headers["Location"] + str(answer.headers)
    client = Client(headers=forged)
    client.force_login(cast.therapist.user)
    assert client.get(f"/c/harbour/patients/{cast.ada.pk}/").status_code == 200
    with clinic_scope(cast.harbour.pk):
        assert AuditEvent.objects.get(action="record.read").address == "127.0.0.1"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("forwarded", "kept"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("2001:db8::7", "2001:db8::7"),
        ("203.0.113.7:5678", "127.0.0.1"),
        ("unknown", "127.0.0.1"),
        ("[2001:db8::7]:443", "127.0.0.1"),
        ("_hidden, ", "127.0.0.1"),
        ("203.0.113.7' OR 1=1", "127.0.0.1"),
    ],
)
def test_what_a_trusted_proxy_forwards_is_kept_when_it_is_an_address(cast: Cast, settings: Any, forwarded: str, kept: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client = Client(headers={"X-Forwarded-For": forwarded})
    client.force_login(cast.therapist.user)
    assert client.get(f"/c/harbour/patients/{cast.ada.pk}/").status_code == 200
    with clinic_scope(cast.harbour.pk):
        assert AuditEvent.objects.get(action="record.read").address == kept


ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "http:///evil.example",
    " https://evil.example",
    "https://localhost@evil.example/",
    "https://localhost.evil.example/",
    "%2F%2Fevil.example",
    "data:text/html,x",
    "\thttps://evil.example",
]


@pytest.mark.django_db
@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_never_leads_elsewhere(cast: Cast, target: str) -> None:
    give_password(cast.therapist)
    form = {"login": cast.therapist.user.email, "password": PASSWORD, "next": target}
    answer = Client().post("/accounts/login/", form)
    assert answer.status_code == 302
    # As a browser reads it: against the page it is on, back-slashes as slashes.
    there = urlsplit(urljoin("http://testserver/accounts/login/", answer.headers["Location"].replace("\\", "/")))
    assert (there.scheme, there.netloc) == ("http", "testserver")


EXPORT = "/c/harbour/reports/outcome/table.csv?by=laser"


@pytest.mark.django_db
def test_an_export_asks_for_the_password_again_when_that_was_long_ago_and_then_leads_back(cast: Cast) -> None:
    user = give_password(cast.manager)
    client = Client()
    client.force_login(user)
    proved(client, user, seconds_ago=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 1)
    assert client.get("/c/harbour/reports/outcome/").status_code == 200
    asked = client.get(EXPORT)
    assert asked.status_code == 302
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/?next=")
    wrong = client.post(asked.headers["Location"], {"password": "not it"})
    assert wrong.status_code == 200
    assert client.get(EXPORT).status_code == 302
    back = client.post(asked.headers["Location"], {"password": PASSWORD})
    assert back.headers["Location"] == EXPORT
    assert client.get(EXPORT).status_code == 200


def test_a_proof_lasts_five_minutes_at_most() -> None:
    assert settings.ACCOUNT_REAUTHENTICATION_TIMEOUT <= 5 * 60


@pytest.mark.django_db
def test_signing_in_counts_as_proof_for_a_while(cast: Cast, clock: time_machine.Traveller) -> None:
    user = give_password(cast.manager)
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    clock.shift(timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT - 60))
    assert client.get(EXPORT).status_code == 200
    clock.shift(timedelta(seconds=120))
    assert client.get(EXPORT).status_code == 302


@pytest.mark.django_db
def test_a_proof_is_not_asked_of_whoever_may_not_export_at_all(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.therapist.user)
    assert client.get(EXPORT).status_code == 403
