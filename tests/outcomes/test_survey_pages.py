"""The patient's pages by plain requests: the link, one question at a time, sending once, and what nobody else may see."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.models import Message
from clinic.operation.logs import HideSecrets
from clinic.scoping import clinic_scope
from outcomes.models import Invitation, Response, SurveyDraft
from outcomes.services.invitations import invite, link_of, renew_link, revoke
from tests.cast import Cast

KEYS = ("nprs-back-7d", "nprs-leg-7d", "rmdq-24")
SITE = "http://localhost"


def _invitation(cast: Cast, **more: Any) -> Invitation:
    with clinic_scope(cast.harbour.pk):
        wanted = {"occasion": "baseline", "due_on": timezone.now().date(), "instruments": KEYS, **more}
        return invite(actor=cast.actor(), course=cast.ada_course, **wanted)


def _path(invitation: Invitation) -> str:
    return link_of(invitation).removeprefix(SITE)


def _begin(client: Client, invitation: Invitation, **more: str) -> None:
    response = client.post(_path(invitation), {"start": "1", "language": "en", **more})
    assert (response.status_code, response["Location"]) == (302, "/survey/")


def _answer_all(client: Client, back: str = "6", leg: str = "2") -> None:
    assert client.post("/survey/1/", {"nprs-back-7d-back": back, "layout": "row"})["Location"] == "/survey/2/"
    assert client.post("/survey/2/", {"nprs-leg-7d-leg": leg, "layout": "row"})["Location"] == "/survey/3/"
    assert client.post("/survey/3/", {"rmdq-24-ticked": ["r01", "r02", "r05"]})["Location"] == "/survey/check/"


def _send(client: Client, shown: str | None = None, **more: str) -> HttpResponse:
    if shown is None:
        shown = _shown(client)
    return client.post("/survey/check/", {"answered_by": "patient", "shown": shown, **more})  # type: ignore[return-value]


def _shown(client: Client) -> str:
    found = re.search(r'name="shown" value="([0-9a-f]{64})"', client.get("/survey/check/").content.decode())
    assert found
    return found.group(1)


def _responses(cast: Cast) -> dict[str, Response]:
    with clinic_scope(cast.harbour.pk):
        return {response.instrument: response for response in Response.objects.all()}


def test_looking_at_the_link_changes_nothing_and_names_nobody(cast: Cast, client: Client) -> None:
    invitation = _invitation(cast)
    for method in ("get", "head", "options"):
        for _ in range(3):
            response = getattr(client, method)(_path(invitation))
    page = client.get(_path(invitation))
    text = page.content.decode()
    assert "3 questions" in text
    assert cast.harbour.name in text
    for secret in ("Ángela", "Bugspriet ", "1958", cast.ada.record_number):
        assert secret not in text.replace(cast.harbour.name, "")
    assert (page["Referrer-Policy"], page["Cache-Control"]) == ("no-referrer", "no-store")
    assert list(client.cookies) == []
    assert response.status_code == 405
    with clinic_scope(cast.harbour.pk):
        assert Invitation.objects.get().state == "open"


def test_start_swaps_the_secret_for_a_cookie_and_an_address_that_says_nothing(cast: Cast, client: Client) -> None:
    _begin(client, _invitation(cast))
    cookie = client.cookies["backlight-survey"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert client.get("/survey/")["Location"] == "/survey/1/"


def test_a_survey_is_answered_page_by_page_and_stored_with_how_it_came_about(cast: Cast, client: Client) -> None:
    _begin(client, _invitation(cast))
    first = client.get("/survey/1/").content.decode()
    assert "Question 1 of 3" in first
    assert first.count('type="radio"') == 11
    assert "checked" not in first
    _answer_all(client)
    assert _responses(cast) == {}
    check = client.get("/survey/check/").content.decode()
    assert "6 of 10" in check
    assert "3 sentences ticked" in check
    sent = _send(client, device_time="2026-11-23T09:00:00.000Z", zone="Europe/Lisbon")
    assert sent["Location"] == "/survey/done/"
    stored = _responses(cast)
    assert stored["nprs-back-7d"].answers == {"back": 6}
    assert sum(answer is True for answer in stored["rmdq-24"].answers.values()) == 3
    back = stored["nprs-back-7d"]
    assert (back.mode, back.answered_by, back.zone, back.layout) == ("mail", "patient", "Europe/Lisbon", "boxes-1 row, ticks-1")
    assert back.device_time is not None
    assert {response.receipt for response in stored.values()} == {back.receipt}
    done = client.get("/survey/done/").content.decode()
    assert str(back.receipt)[-4:].upper() in done
    assert "not watched live" in done
    assert "Call 112" in done


@pytest.mark.parametrize("number", [1, 3])
def test_next_without_an_answer_is_refused_with_a_summary_and_skip_goes_on(cast: Cast, client: Client, number: int) -> None:
    _begin(client, _invitation(cast))
    refused = client.post(f"/survey/{number}/", {})
    assert refused.status_code == 422
    assert "error-summary" in refused.content.decode()
    assert "<title>Error:" in refused.content.decode()
    assert client.post(f"/survey/{number}/", {"skip": "1"}).status_code == 302
    with clinic_scope(cast.harbour.pk):
        assert set(SurveyDraft.objects.get().answers[KEYS[number - 1]].values()) == {None}


def test_a_sentence_and_none_of_them_contradict_each_other(cast: Cast, client: Client) -> None:
    _begin(client, _invitation(cast))
    both = client.post("/survey/3/", {"rmdq-24-ticked": ["r01", "none_of_these"]})
    assert both.status_code == 422
    assert client.post("/survey/3/", {"rmdq-24-ticked": ["none_of_these"]}).status_code == 302


def test_change_leads_back_to_the_check_page_and_earlier_answers_stay(cast: Cast, client: Client) -> None:
    _begin(client, _invitation(cast))
    _answer_all(client)
    page = client.get("/survey/1/?change=1").content.decode()
    assert re.search(r'value="6"[^>]*checked', page)
    assert client.post("/survey/1/", {"nprs-back-7d-back": "4", "change": "1"})["Location"] == "/survey/check/"
    _send(client)
    assert _responses(cast)["nprs-back-7d"].answers == {"back": 4}
    assert _responses(cast)["nprs-leg-7d"].answers == {"leg": 2}


def test_who_answered_has_to_be_said(cast: Cast, client: Client) -> None:
    _begin(client, _invitation(cast))
    _answer_all(client)
    assert client.post("/survey/check/", {"shown": _shown(client)}).status_code == 422
    assert client.post("/survey/check/", {"shown": _shown(client), "answered_by": "helped"}).status_code == 302
    assert {response.answered_by for response in _responses(cast).values()} == {"helped"}


def test_sending_twice_shows_the_same_receipt_and_other_answers_are_refused(cast: Cast, client: Client) -> None:
    invitation = _invitation(cast)
    _begin(client, invitation)
    _answer_all(client)
    shown = _shown(client)
    _send(client, shown)
    receipt = next(iter(_responses(cast).values())).receipt
    assert _send(client, shown)["Location"] == "/survey/done/"
    other = _send(client, "0" * 64)
    assert other.status_code == 409
    assert "answered before" in other.content.decode()
    assert {response.receipt for response in _responses(cast).values()} == {receipt}
    used = client.get(_path(invitation))
    assert (used.status_code, "Your answers were received" in used.content.decode()) == (200, True)


def test_answers_changed_in_another_window_are_shown_again_before_they_are_sent(cast: Cast, client: Client) -> None:
    _begin(client, _invitation(cast))
    _answer_all(client)
    shown = _shown(client)
    client.post("/survey/1/", {"nprs-back-7d-back": "9"})
    assert _send(client, shown)["Location"] == "/survey/check/?changed=1"
    assert _responses(cast) == {}


def test_the_same_link_resumes_on_another_device_after_the_year_of_birth(cast: Cast, client: Client) -> None:
    invitation = _invitation(cast)
    _begin(client, invitation)
    client.post("/survey/1/", {"nprs-back-7d-back": "6"})
    other = Client()
    _begin(other, invitation)
    for path in ("/survey/", "/survey/1/", "/survey/check/"):
        assert other.get(path)["Location"] == "/survey/again/"
    wrong = other.post("/survey/again/", {"year": "1959"})
    assert "not the year" in wrong.content.decode()
    assert other.post("/survey/again/", {"year": "1958"})["Location"] == "/survey/"
    assert other.get("/survey/")["Location"] == "/survey/2/"


def test_whoever_does_not_know_the_year_may_begin_again_without_seeing_the_answers(cast: Cast, client: Client) -> None:
    invitation = _invitation(cast)
    _begin(client, invitation)
    client.post("/survey/1/", {"nprs-back-7d-back": "6"})
    other = Client()
    _begin(other, invitation)
    other.post("/survey/again/", {"anew": "1"})
    assert other.get("/survey/")["Location"] == "/survey/1/"
    assert "checked" not in other.get("/survey/1/").content.decode()


def test_the_own_course_shows_after_the_year_of_birth_and_five_wrong_years_are_the_end(cast: Cast, client: Client) -> None:
    _begin(client, _invitation(cast))
    _answer_all(client)
    _send(client)
    assert "on a scale that ends at 10" not in client.get("/survey/done/").content.decode()
    guesser = Client()
    guesser.cookies = client.cookies.copy()  # type: ignore[assignment]
    client.post("/survey/done/", {"year": "1958"})
    assert "It is 6 on a scale that ends at 10" in client.get("/survey/done/").content.decode()
    for year in range(1930, 1935):
        guesser.post("/survey/done/", {"year": str(year)})
    right = guesser.post("/survey/done/", {"year": "1958"})
    assert right.status_code == 200
    assert "too often" in right.content.decode()


def test_a_day_after_the_answers_neither_link_nor_cookie_opens_the_course(cast: Cast, client: Client) -> None:
    invitation = _invitation(cast)
    _begin(client, invitation)
    _answer_all(client)
    _send(client)
    client.post("/survey/done/", {"year": "1958"})
    with clinic_scope(cast.harbour.pk):
        answered_at = Invitation.objects.get(pk=invitation.pk).answered_at
    assert answered_at is not None
    with time_machine.travel(answered_at + timedelta(hours=23, minutes=59), tick=False):
        late = Client()
        _begin(late, invitation)
        late.post("/survey/done/", {"year": "1958"})
        assert "It is 6 on a scale that ends at 10" in late.get("/survey/done/").content.decode()
    with time_machine.travel(answered_at + timedelta(hours=24), tick=False):
        for holder in (client, late):
            assert "on a scale that ends at 10" not in holder.get("/survey/done/").content.decode()
            assert "on a scale that ends at 10" not in holder.post("/survey/done/", {"year": "1958"}).content.decode()
        pressed = Client().post(_path(invitation), {"start": "1", "language": "en"})
        assert pressed.status_code == 200
        assert "Show the receipt" not in pressed.content.decode()
        assert "backlight-survey" not in pressed.cookies


@pytest.mark.parametrize("how", ["expired", "revoked", "replaced", "unknown", "unknown clinic", "null character"])
def test_links_that_are_gone_show_one_and_the_same_page(cast: Cast, client: Client, how: str) -> None:
    invitation = _invitation(cast, days=-1 if how == "expired" else 14)
    path = _path(invitation)
    with clinic_scope(cast.harbour.pk):
        if how == "revoked":
            revoke(actor=cast.actor(), invitation=invitation)
        if how == "replaced":
            renew_link(actor=cast.actor(), invitation=invitation)
    if how == "unknown":
        path = path[:-5] + "AAAAA"
    if how == "null character":
        path = "/s/%00.x"
    if how == "unknown clinic":
        path = "/s/00000000.AAAA"
    page = client.get(path)
    assert page.status_code == 404
    assert "This link no longer works" in page.content.decode()
    assert "Send me a new link" in page.content.decode()
    assert client.post(path, {"start": "1"}).status_code == 404
    assert client.post(path, {"new_link": "1"}).status_code == 200


def test_a_new_link_goes_to_the_stored_address_only(cast: Cast, client: Client) -> None:
    path = _path(_invitation(cast, days=-1))
    page = client.post(path, {"new_link": "1", "email": "someone@else.example"})
    assert "Look into your mail" in page.content.decode()
    with clinic_scope(cast.harbour.pk):
        assert list(Message.objects.values_list("kind", "patient")) == [("new_link", cast.ada.pk)]


def test_without_a_cookie_or_with_a_forged_one_nothing_is_open(cast: Cast, client: Client) -> None:
    _invitation(cast)
    assert client.get("/survey/1/").status_code == 404
    client.cookies["backlight-survey"] = "eyJmb3JnZWQiOiB0cnVlfQ:1abc:xyz"
    assert client.get("/survey/check/").status_code == 404


def test_a_newer_link_makes_the_cookie_of_the_earlier_one_void(cast: Cast, client: Client) -> None:
    invitation = _invitation(cast)
    _begin(client, invitation)
    with clinic_scope(cast.harbour.pk):
        renew_link(actor=cast.actor(), invitation=invitation)
    assert client.get("/survey/1/").status_code == 404


def test_a_link_pressed_from_another_site_does_not_begin(cast: Cast, client: Client) -> None:
    response = client.post(_path(_invitation(cast)), {"start": "1"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (response.status_code, list(client.cookies)) == (200, [])


def test_the_language_can_be_chosen_at_any_time(cast: Cast, client: Client) -> None:
    _begin(client, _invitation(cast))
    assert client.post("/survey/language/", {"language": "de", "back": "/survey/1/"})["Location"] == "/survey/1/"
    page = client.get("/survey/1/")
    assert "Kreuzschmerzen" in page.content.decode()
    assert page["Content-Language"] == "de"
    assert client.post("/survey/language/", {"language": "xx", "back": "https://elsewhere.example/"})["Location"] == "/survey/"
    client.post("/survey/language/", {"language": "de"})
    _answer_all(client)
    _send(client)
    assert {response.language for response in _responses(cast).values() if response.instrument != "rmdq-24"} == {"de"}
    assert _responses(cast)["rmdq-24"].language == "en"


@pytest.mark.parametrize("keys", [("nprs-back-7d",), KEYS])
def test_sending_takes_ten_statements_whatever_the_number_of_items(cast: Cast, client: Client, keys: tuple[str, ...]) -> None:
    _begin(client, _invitation(cast, instruments=keys))
    if keys == KEYS:
        _answer_all(client)
    else:
        client.post("/survey/1/", {"nprs-back-7d-back": "6"})
    shown = _shown(client)
    with CaptureQueriesContext(connection) as queries:
        assert _send(client, shown)["Location"] == "/survey/done/"
    statements = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(statements) <= 10, [statement[:80] for statement in statements]


def test_closing_forgets_the_survey_in_this_browser(cast: Cast, client: Client) -> None:
    _begin(client, _invitation(cast))
    closed = client.post("/survey/close/")
    assert closed["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/survey/1/").status_code == 404


def test_a_survey_of_the_year_before_last_gets_no_new_link(cast: Cast, client: Client) -> None:
    path = _path(_invitation(cast, days=-1, due_on=timezone.now().date() - timedelta(days=400)))
    assert client.post(path, {"new_link": "1"}).status_code == 200
    with clinic_scope(cast.harbour.pk):
        assert Message.objects.count() == 0


def test_the_secret_of_a_link_reaches_no_log(cast: Cast) -> None:
    path = _path(_invitation(cast))
    line = logging.LogRecord("django.request", logging.ERROR, "", 0, "Internal Server Error: %s", (path,), None)
    for chosen in logging.getLogger().handlers:
        if any(isinstance(each, HideSecrets) for each in chosen.filters):
            chosen.handle(line)
            assert path not in line.getMessage()
            assert "/s/…" in line.getMessage()
            return
    pytest.fail("No handler hides secrets.")


def test_nobody_sends_answers_without_having_been_shown_them(cast: Cast, client: Client) -> None:
    invitation = _invitation(cast)
    _begin(client, invitation)
    _answer_all(client)
    other = Client()
    other.post(_path(invitation), {"start": "1", "language": "en"})
    for browser in (other, client):
        assert _send(browser, shown="")["Location"] == "/survey/check/?changed=1"
    assert _responses(cast) == {}
