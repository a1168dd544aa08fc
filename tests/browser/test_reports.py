"""The outcome report in a real browser: who is missing stands first, no script is needed, page and file say the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from clinic.scoping import clinic_scope
from outcomes.registry import instruments
from outcomes.services.responses import record_response
from sessions.services.courses import end_course, open_course
from tests.browser.staff import accessibility_faults, sign_in
from tests.callers import proved
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)

Opener = Callable[..., Page]
# Facts 6.2: ten people before and after; mean change −1.90 (95 % CI −3.462 to −0.338), five of ten better by 2 or more.
PAIRS = ((7, 4), (6, 5), (8, 3), (5, 5), (9, 6), (4, 4), (7, 2), (6, 6), (8, 5), (7, 8))
ADDRESS = "reports/outcome/?scale=pain.back.7d"


def _ended_courses(cast: Cast) -> None:
    now = timezone.now()
    [item] = instruments()["nprs-back-7d"].items
    with clinic_scope(cast.harbour.pk):
        for before, after in PAIRS:
            course = open_course(
                actor=cast.actor(), patient=cast.ada, complaint="chronic_low_back_pain", started_on=(now - timedelta(days=40)).date()
            )
            for value, occasion, days in ((before, "baseline", 40), (after, "discharge", 1)):
                record_response(
                    actor=cast.actor(),
                    course=course,
                    answers={"nprs-back-7d": {item.id: value}},
                    occasion=occasion,
                    mode="tablet",
                    answered_by="patient",
                    occurred_at=now - timedelta(days=days),
                    zone="Europe/Berlin",
                )
            end_course(actor=cast.actor(), course=course, ended_on=now.date(), reason="completed")


def _open(cast: Cast, live_server: Any, browser_page: Opener, **options: Any) -> Page:
    _ended_courses(cast)
    page = browser_page(**options)
    sign_in(page, cast, cast.manager, live_server.url)
    page.goto(f"{live_server.url}/c/harbour/{ADDRESS}")
    return page


def test_who_is_missing_stands_above_the_outcome_and_no_script_is_needed(
    committed_cast: Cast, live_server: Any, browser_page: Opener
) -> None:
    page = _open(committed_cast, live_server, browser_page, scripts=False)
    text = page.locator("main").inner_text()
    places = [
        text.index(words)
        for words in ("Who is in, who is missing", "10 of 10 courses have both", "Mean change", "is not the effect of laser")
    ]
    assert places == sorted(places)
    assert "−1.9 points (95 % CI −3.5 to −0.3)" in text
    assert "5 of 10, 50 % (95 % CI 24 to 76)" in text


def _in_order(cells: list[str]) -> list[str]:
    """The words of a row, whichever cells they stand in."""
    return " ".join(cells).replace("−", "-").replace(",", " ").split()


def test_the_file_says_what_the_page_says_with_the_caveat(committed_cast: Cast, live_server: Any, browser_page: Opener) -> None:
    page = _open(committed_cast, live_server, browser_page)
    shown = [
        row.all_inner_texts()
        for row in [page.locator("main tbody tr").nth(n).locator("th, td") for n in range(page.locator("main tbody tr").count())]
    ]
    client = Client()
    client.force_login(committed_cast.manager.user)
    proved(client, committed_cast.manager.user)
    sheet = client.get("/c/harbour/reports/outcome/table.csv?scale=pain.back.7d").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(sheet)))
    assert len(shown) >= 5
    # A change is a number of its own in the file, its unit and interval beside it.
    assert [row for row in shown if _in_order(row) not in [_in_order(other) for other in rows]] == []
    assert ["Mean change", "-1.9"] in [row[:2] for row in rows]
    assert ["Mean improvement", "+1.9"] in [row[:2] for row in rows]
    assert "is not the effect of laser" in sheet


def test_the_report_has_no_accessibility_fault_and_fits_a_phone(committed_cast: Cast, live_server: Any, browser_page: Opener) -> None:
    page = _open(committed_cast, live_server, browser_page, width=360, height=800)
    assert accessibility_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
