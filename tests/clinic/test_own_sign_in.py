"""One's own page about signing in: where one is signed in, what happened, and signing out elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.models import Membership, PlatformEvent, SignedInBrowser
from clinic.signing_in.browser_names import browser_and_system
from tests.cast import PASSWORD, Cast, give_password

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
TABLET = (
    "Mozilla/5.0 (Linux; Android 14; SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Safari/537.36"
)
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def _sign_in(member: Membership, agent: str = FIREFOX) -> Client:
    client = Client(headers={"User-Agent": agent})
    answer = client.post("/accounts/login/", {"login": member.user.email, "password": PASSWORD})
    assert answer.status_code == 302
    assert client.get("/account/").status_code == 200
    return client


def _page(client: Client) -> str:
    content: str = client.get("/account/").content.decode()
    return content


def _is_out(client: Client) -> bool:
    return bool(client.get("/account/").status_code == 302)


@pytest.mark.parametrize(
    ("agent", "names"),
    [
        (FIREFOX, ("Firefox", "Windows")),
        (IPHONE, ("Safari", "iPhone")),
        (EDGE, ("Edge", "Windows")),
        (TABLET, ("Samsung Internet", "Android")),
        (MAC, ("Chrome", "macOS")),
        ("curl/8.0", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_browser_is_named_as_people_name_it(agent: str, names: tuple[str, str]) -> None:
    assert browser_and_system(agent) == names


def test_the_page_lists_where_one_is_signed_in_this_browser_first(cast: Cast, clock: time_machine.Traveller) -> None:
    give_password(cast.therapist)
    desk = _sign_in(cast.therapist)
    clock.shift(timedelta(minutes=5))
    phone = _sign_in(cast.therapist, IPHONE)
    shown = _page(desk)
    assert shown.index("Firefox on Windows") < shown.index("this browser") < shown.index("Safari on iPhone")
    assert shown.count("Sign out there") == 1
    assert "2 Mar 2026, 08:00" in shown  # the clinic's zone
    assert _page(phone).index("Safari on iPhone") < _page(phone).index("Firefox on Windows")


def test_nothing_tells_where_a_browser_stands(cast: Cast) -> None:
    give_password(cast.therapist)
    _sign_in(cast.therapist)
    row = SignedInBrowser.objects.values().get()
    assert set(row) == {"id", "user_id", "session_key", "browser", "system", "signed_in_at"}
    assert "127.0.0.1" not in str(row)
    assert "140.0" not in str(row)


def test_signing_out_another_browser_ends_it_and_no_other(cast: Cast) -> None:
    give_password(cast.therapist)
    desk, phone, tablet = _sign_in(cast.therapist), _sign_in(cast.therapist, IPHONE), _sign_in(cast.therapist, TABLET)
    row = SignedInBrowser.objects.get(system="iPhone")
    assert "Signed out there." in desk.post(f"/account/browsers/{row.pk}/sign-out/", follow=True).content.decode()
    assert (_is_out(desk), _is_out(phone), _is_out(tablet)) == (False, True, False)
    assert "Safari on iPhone" not in _page(desk)


def test_somebody_elses_sign_in_cannot_be_ended_and_looks_like_none(cast: Cast) -> None:
    for member in (cast.therapist, cast.manager):
        give_password(member)
    own, other = _sign_in(cast.therapist), _sign_in(cast.manager, IPHONE)
    row = SignedInBrowser.objects.get(system="iPhone")
    assert own.post(f"/account/browsers/{row.pk}/sign-out/").status_code == 404
    assert own.post(f"/account/browsers/{uuid4()}/sign-out/").status_code == 404
    assert not _is_out(other)
    assert "Safari on iPhone" not in _page(own)


def test_signing_out_everywhere_else_leaves_this_browser_only(cast: Cast) -> None:
    give_password(cast.therapist)
    desk, phone = _sign_in(cast.therapist), _sign_in(cast.therapist, IPHONE)
    unlisted = Client()
    unlisted.force_login(cast.therapist.user)
    former = desk.session.session_key
    assert "Signed out in 1 other browser." in desk.post("/account/browsers/others/sign-out/", follow=True).content.decode()
    assert (_is_out(desk), _is_out(phone), _is_out(unlisted)) == (False, True, True)
    assert desk.session.session_key != former
    assert _page(desk).count("this browser") == 1


def test_a_session_that_ended_by_itself_is_not_listed(cast: Cast, clock: time_machine.Traveller) -> None:
    give_password(cast.therapist)
    _sign_in(cast.therapist, IPHONE)
    clock.shift(timedelta(seconds=settings.SESSION_IDLE_SECONDS + 61))
    assert "Safari on iPhone" not in _page(_sign_in(cast.therapist))


def test_signing_out_takes_the_browser_off_the_list(cast: Cast) -> None:
    give_password(cast.therapist)
    _sign_in(cast.therapist, IPHONE).post("/accounts/logout/")
    assert not SignedInBrowser.objects.exists()


def test_a_new_password_signs_out_everywhere_else(cast: Cast) -> None:
    give_password(cast.therapist)
    desk, phone = _sign_in(cast.therapist), _sign_in(cast.therapist, IPHONE)
    new = {"oldpassword": PASSWORD, "password1": "another long word for tests", "password2": "another long word for tests"}
    done = desk.post("/accounts/password/change/", new, follow=True)
    assert done.request["PATH_INFO"] == "/account/"
    assert "The password is changed. You were signed out everywhere else." in done.content.decode()
    assert (_is_out(desk), _is_out(phone)) == (False, True)
    assert PlatformEvent.objects.filter(action="password.change", user=cast.therapist.user).count() == 1
    assert _page(desk).count("this browser") == 1


def test_the_page_tells_what_happened_and_to_nobody_else(cast: Cast) -> None:
    for member in (cast.therapist, cast.manager):
        give_password(member)
    _sign_in(cast.therapist)
    PlatformEvent.objects.create(action="recovery_code.use", user=cast.manager.user)
    assert 'Signed in <span class="muted">(password)</span>' in _page(_sign_in(cast.therapist))
    assert "A recovery code was used" not in _page(_sign_in(cast.therapist))
    assert "<strong>A recovery code was used</strong>" in _page(_sign_in(cast.manager))


def test_the_page_asks_the_database_equally_often_for_one_browser_and_for_thirty(cast: Cast) -> None:
    give_password(cast.therapist)
    desk = _sign_in(cast.therapist)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get("/account/").status_code == 200
        return len(queries)

    asked()
    one = asked()
    for _ in range(29):
        _sign_in(cast.therapist, IPHONE)
    assert _page(desk).count("Sign out there") == 29
    assert asked() == one
    assert one <= 13
