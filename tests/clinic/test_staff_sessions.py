"""Staff sessions end by themselves; hosts, forwarded addresses and `next` are never taken at their word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from tests.cast import Cast

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
    from clinic.models import AuditEvent
    from clinic.scoping import clinic_scope

    with clinic_scope(cast.harbour.pk):
        assert AuditEvent.objects.get(action="record.read").address == "127.0.0.1"


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
    from tests.cast import PASSWORD, give_password

    give_password(cast.therapist)
    form = {"login": cast.therapist.user.email, "password": PASSWORD, "next": target}
    answer = Client().post("/accounts/login/", form)
    assert answer.status_code == 302
    # As a browser reads it: against the page it is on, back-slashes as slashes.
    there = urlsplit(urljoin("http://testserver/accounts/login/", answer.headers["Location"].replace("\\", "/")))
    assert (there.scheme, there.netloc) == ("http", "testserver")
