"""Light or dark: chosen per browser, drawn by the server, and nothing else can be put into the page that way."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast

pytestmark = pytest.mark.django_db


def opening(client: Client) -> str:
    return str(client.get("/accounts/login/").content.decode().partition("<body")[0])


def test_the_choice_is_drawn_by_the_server_and_kept_by_the_browser(client: Client) -> None:
    assert "data-theme" not in opening(client)
    assert 'name="color-scheme" content="light dark"' in opening(client)
    answer = client.post("/look/", {"theme": "dark", "next": "/accounts/login/"})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
    cookie = answer.cookies["look"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"], cookie["max-age"]) == ("dark", True, "Lax", 31_536_000)
    assert '<html lang="en" dir="ltr" data-theme="dark">' in opening(client)
    assert 'name="color-scheme" content="dark"' in opening(client)


def test_the_device_decides_again_when_the_choice_is_taken_back(client: Client) -> None:
    client.post("/look/", {"theme": "light"})
    assert 'data-theme="light"' in opening(client)
    client.post("/look/", {"theme": ""})
    assert "data-theme" not in opening(client)


def test_only_light_and_dark_are_believed(client: Client) -> None:
    client.cookies["look"] = '"><script>'
    assert "data-theme" not in opening(client)
    assert "look" not in client.post("/look/", {"theme": "neon"}).cookies or client.cookies["look"].value == ""


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_it_never_leads_elsewhere(client: Client, elsewhere: str) -> None:
    assert client.post("/look/", {"theme": "dark", "next": elsewhere})["Location"] == "/"


def test_looking_changes_nothing_by_a_get(client: Client) -> None:
    assert client.get("/look/", {"theme": "dark"}).status_code == 405
    assert "data-theme" not in opening(client)


def test_the_account_menu_marks_what_holds_now(client: Client, cast: Cast) -> None:
    client.force_login(cast.therapist.user)
    client.cookies["look"] = "dark"
    page = client.get("/c/harbour/today/").content.decode()
    assert 'value="dark" aria-current="true"' in page
    assert page.count('name="theme"') == 3
    assert '<input type="hidden" name="next" value="/c/harbour/today/">' in page
