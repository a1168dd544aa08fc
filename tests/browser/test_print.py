"""What comes out of the printer: black on white whatever the screen shows, whose it is, from which clinic and when; nothing to press."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from clinic.scoping import clinic_scope
from sessions.models import Visit
from sessions.records import OtherRecord, VisitRecord
from sessions.services.visits import sign_visit, walk_in
from tests.browser.staff import sign_in
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)

Opener = Callable[..., Page]


@pytest.fixture
def paper(committed_cast: Cast, live_server: Any, browser_page: Opener) -> Page:
    """A therapist's browser that shows dark pages, and prints."""
    page = browser_page(width=820, height=1180, color_scheme="dark")
    sign_in(page, committed_cast, committed_cast.therapist, live_server.url)
    page.emulate_media(media="print", color_scheme="dark")
    return page


def _signed(cast: Cast) -> Visit:
    with clinic_scope(cast.harbour.pk):
        visit = walk_in(actor=cast.actor(), course=cast.ada_course)
        manual = OtherRecord(kind="manual_therapy", code="joint_mobilisation", minutes=15)
        record = VisitRecord(occurred_at=visit.planned_for, pain_before=6, pain_after=4, other=(manual,), warnings_confirmed=True)
        sign_visit(actor=cast.actor(), visit=visit, record=record)
    return visit


def _judge(page: Page) -> None:
    for selector in (".nav-main", ".search", ".account", ".look", ".btn", ".action-footer", ".skip-link"):
        assert page.locator(selector).evaluate_all("all => all.filter(e => e.getClientRects().length).length") == 0, selector
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"


def test_a_visit_note_and_a_record_say_whose_they_are_from_where_and_when(paper: Page, committed_cast: Cast) -> None:
    visit = _signed(committed_cast)
    for name, ids in (("visit", {"visit": visit.pk}), ("patient", {"patient": committed_cast.ada.pk})):
        paper.goto(reverse(name, kwargs={"clinic": "harbour", **ids}))
        _judge(paper)
        line = paper.locator(".print-line")
        expect(line).to_be_visible()
        expect(line).to_contain_text(committed_cast.harbour.name)
        expect(line).to_contain_text("printed")
        expect(line).to_contain_text(str(committed_cast.therapist.user))
        expect(paper.locator(".page-header, .page-header__lead").first).to_contain_text(f"record {committed_cast.ada.record_number}")


def test_reports_and_lists_print_without_what_can_be_pressed(paper: Page) -> None:
    for path in ("/c/harbour/reports/outcome/", "/c/harbour/today/"):
        paper.goto(path)
        _judge(paper)
        expect(paper.locator(".print-line")).to_be_visible()


def test_the_line_for_paper_is_not_on_the_screen(paper: Page) -> None:
    paper.emulate_media(media="screen")
    paper.goto("/c/harbour/today/")
    expect(paper.locator(".print-line")).to_be_hidden()
