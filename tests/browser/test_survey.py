"""The survey on a phone: 360 and 320 px, without script, by keyboard, at twice the text size, with links that are used or gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clinic.scoping import clinic_scope
from outcomes.models import Invitation, Response, SurveyDraft
from outcomes.services.invitations import invite, link_of
from sessions.models import Visit
from sessions.services.visits import book_visit
from tests.browser.staff import sign_in
from tests.cast import Cast

ROOT = Path(__file__).resolve().parents[2]
Opener = Callable[..., Page]
KEYS = ("nprs-back-7d", "nprs-leg-7d", "rmdq-24")


def _invitation(cast: Cast, **more: Any) -> Invitation:
    with clinic_scope(cast.harbour.pk):
        wanted = {"occasion": "baseline", "due_on": timezone.now().date(), "instruments": KEYS, **more}
        return invite(actor=cast.actor(), course=cast.ada_course, **wanted)


def _path(invitation: Invitation) -> str:
    return link_of(invitation).removeprefix("http://localhost")


def _answers(cast: Cast) -> dict[str, dict[str, Any]]:
    with clinic_scope(cast.harbour.pk):
        return {response.instrument: response.answers for response in Response.objects.all()}


def _layouts(cast: Cast) -> set[str]:
    with clinic_scope(cast.harbour.pk):
        return set(Response.objects.values_list("layout", flat=True))


def _fits(page: Page) -> bool:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")) == 0


def _faults(page: Page) -> list[Any]:
    page.evaluate((ROOT / "tests/data/vendor/axe-core/axe.min.js").read_text())
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})")
    assert len(found["passes"]) > 5
    return [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found["violations"]]


def _next(page: Page) -> None:
    page.get_by_role("button", name="Next").click()


def _to_the_check_page(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_role("button", name="Start").click()
    page.get_by_label("6", exact=True).check(force=True)
    _next(page)
    page.get_by_label("2", exact=True).check(force=True)
    _next(page)
    page.get_by_label("I change position frequently").check()
    _next(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")


@pytest.mark.parametrize(("width", "scripts"), [(360, True), (320, True), (320, False)])
def test_a_patient_answers_on_a_phone(committed_cast: Cast, browser_page: Opener, width: int, scripts: bool) -> None:
    page = browser_page(width=width, height=740, scripts=scripts)
    _to_the_check_page(page, _path(_invitation(committed_cast)))
    page.get_by_label("I did, by myself").check()
    page.get_by_role("button", name="Send the answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your answers were received.")
    assert "/s/" not in page.url
    assert _answers(committed_cast)["nprs-back-7d"] == {"back": 6}
    assert _answers(committed_cast)["rmdq-24"]["r02"] is True
    assert _layouts(committed_cast) == {"boxes-1 row, ticks-1" if scripts else "boxes-1, ticks-1"}


def test_eleven_equal_boxes_none_chosen_and_a_tap_does_not_move_on(committed_cast: Cast, browser_page: Opener) -> None:
    page = browser_page(width=320, height=740)
    page.goto(_path(_invitation(committed_cast)))
    page.get_by_role("button", name="Start").click()
    sizes = page.locator(".nprs__cell").evaluate_all("all => all.map(e => e.getBoundingClientRect()).map(r => [r.width, r.height])")
    assert len(sizes) == 11
    assert min(width for width, _ in sizes) >= 24
    assert min(height for _, height in sizes) >= 44
    expect(page.locator("input:checked")).to_have_count(0)
    page.get_by_label("6", exact=True).check(force=True)
    expect(page).to_have_url(page.url)
    assert page.url.endswith("/survey/1/")


def test_a_question_passed_over_by_mistake_is_said_where_the_reader_is(committed_cast: Cast, browser_page: Opener) -> None:
    page = browser_page(width=360, height=740)
    page.goto(_path(_invitation(committed_cast)))
    page.get_by_role("button", name="Start").click()
    _next(page)
    expect(page.locator("#error-summary")).to_be_focused()
    assert page.title().startswith("Error:")
    assert _faults(page) == []


def test_the_whole_survey_by_keyboard_alone(committed_cast: Cast, browser_page: Opener) -> None:
    page = browser_page(width=360, height=740)
    page.goto(_path(_invitation(committed_cast, instruments=KEYS[:1])))
    _tab_to(page, "button[name=start]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/survey/1/")
    _tab_to(page, "input[type=radio]")
    page.keyboard.press("7")
    _tab_to(page, "button.btn-primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**/survey/check/")
    _tab_to(page, "input[name=answered_by]")
    page.keyboard.press("Space")
    _tab_to(page, "button.btn-primary")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you. Your answers were received.")
    assert _answers(committed_cast) == {"nprs-back-7d": {"back": 7}}


def _tab_to(page: Page, selector: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached by Tab on {page.url}")


def test_nothing_is_cut_at_320_px_and_twice_the_text_size_and_the_list_is_noted(committed_cast: Cast, browser_page: Opener) -> None:
    page = browser_page(width=320, height=740)
    large = "document.documentElement.style.setProperty('font-size', '200%')"
    page.goto(_path(_invitation(committed_cast, instruments=KEYS[:1])))
    page.evaluate(large)
    assert _fits(page)
    page.get_by_role("button", name="Start").click()
    page.evaluate(large)
    assert _fits(page)
    expect(page.locator("input[name=layout]")).to_have_value("list")
    page.get_by_label("3", exact=True).check(force=True)
    _next(page)
    page.evaluate(large)
    assert _fits(page)
    page.get_by_label("Someone helped me").check()
    page.get_by_role("button", name="Send the answers").click()
    page.evaluate(large)
    assert _fits(page)
    assert _layouts(committed_cast) == {"boxes-1 list"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_on_any_page(committed_cast: Cast, browser_page: Opener, scheme: str) -> None:
    page, path = browser_page(width=360, height=740, color_scheme=scheme), _path(_invitation(committed_cast))
    page.goto(path)
    assert _faults(page) == []
    _to_the_check_page(page, path)
    assert _faults(page) == []
    for number in (1, 3):
        page.goto(f"/survey/{number}/")
        assert _faults(page) == []
    page.goto("/survey/check/")
    page.get_by_label("I did, by myself").check()
    page.get_by_role("button", name="Send the answers").click()
    page.get_by_label("Your year of birth").fill("1958")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Your answers so far")).to_be_visible()
    assert _faults(page) == []


def test_a_survey_begun_on_one_phone_goes_on_with_another_after_the_year_of_birth(committed_cast: Cast, browser_page: Opener) -> None:
    path = _path(_invitation(committed_cast))
    first = browser_page(width=360, height=740)
    first.goto(path)
    first.get_by_role("button", name="Start").click()
    first.get_by_label("6", exact=True).check(force=True)
    _next(first)
    second = browser_page(width=320, height=740)
    second.goto(path)
    second.get_by_role("button", name="Start").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("You have begun already")
    assert _faults(second) == []
    second.get_by_label("Your year of birth").fill("1958")
    second.get_by_role("button", name="Go on").click()
    expect(second.get_by_text("Question 2 of 3")).to_be_visible()


def test_an_expired_link_says_what_to_do_and_a_used_one_when_it_was_used(committed_cast: Cast, browser_page: Opener) -> None:
    page = browser_page(width=360, height=740)
    page.goto(_path(_invitation(committed_cast, days=-1)))
    expect(page.get_by_role("heading", level=1)).to_have_text("This link no longer works")
    assert _faults(page) == []
    page.get_by_role("button", name="Send me a new link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    used = _path(_invitation(committed_cast, occasion="during", instruments=KEYS[:1]))
    page.goto(used)
    page.get_by_role("button", name="Start").click()
    page.get_by_label("3", exact=True).check(force=True)
    _next(page)
    page.get_by_label("I did, by myself").check()
    page.get_by_role("button", name="Send the answers").click()
    other = browser_page(width=360, height=740)
    other.goto(used)
    expect(other.get_by_role("heading", level=1)).to_have_text("Your answers were received")
    assert _faults(other) == []


def _handed_over(cast: Cast, browser_page: Opener, address: str) -> tuple[Page, Visit]:
    with clinic_scope(cast.harbour.pk):
        visit = book_visit(actor=cast.actor(), course=cast.ada_course, planned_for=timezone.now(), therapist=cast.therapist)
    page = browser_page(width=820, height=1180)
    sign_in(page, cast, cast.therapist, address)
    page.goto(f"/c/harbour/visits/{visit.pk}/surveys/")
    page.get_by_role("button", name="Prepare the survey").click()
    expect(page.locator(".qr svg path")).to_have_count(1)
    assert _faults(page) == []
    page.clock.install()
    page.get_by_role("button", name="Hand over this tablet").click()
    expect(page.get_by_text("Question 1 of 3")).to_be_visible()
    return page, visit


def test_a_tablet_left_alone_asks_then_closes_and_keeps_the_answers(committed_cast: Cast, browser_page: Opener, live_server: Any) -> None:
    page, _visit = _handed_over(committed_cast, browser_page, live_server.url)
    page.get_by_label("6", exact=True).check(force=True)
    _next(page)
    expect(page.get_by_text("Question 2 of 3")).to_be_visible()
    question = page.get_by_role("heading", name="Still there?")
    expect(question).to_be_hidden()
    page.clock.fast_forward("01:31")
    expect(question).to_be_visible()
    page.get_by_role("button", name="Yes, go on").click()
    expect(question).to_be_hidden()
    page.clock.fast_forward("01:31")
    page.clock.fast_forward("00:31")
    expect(page.get_by_role("heading", level=1)).to_have_text("Please give the tablet back")
    page.goto("/survey/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is open here")
    with clinic_scope(committed_cast.harbour.pk):
        assert SurveyDraft.objects.get().answers == {"nprs-back-7d": {"back": 6}}


def test_after_the_tablet_is_given_back_neither_staff_nor_patient_pages_are_reached(
    committed_cast: Cast, browser_page: Opener, live_server: Any
) -> None:
    cast = committed_cast
    page, visit = _handed_over(cast, browser_page, live_server.url)
    page.goto("/c/harbour/today/")
    assert "/accounts/login/" in page.url
    page.goto("/survey/")
    page.get_by_label("6", exact=True).check(force=True)
    _next(page)
    page.get_by_role("button", name="Skip this question").click()
    page.get_by_role("button", name="Skip this question").click()
    page.get_by_label("I did, by myself").check()
    page.get_by_role("button", name="Send the answers").click()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Please give the tablet back")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is open here")
    with clinic_scope(cast.harbour.pk):
        assert set(Response.objects.values_list("mode", flat=True)) == {"tablet"}
        assert Visit.objects.get(pk=visit.pk).state == "booked"
