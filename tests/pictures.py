"""The README's pictures, taken anew from a demo that runs: `make run` in one terminal, `make pictures` in another.

Each user's first page, as the demo's own people see it. Nothing is retouched; the day's list follows the day on which it is taken.
"""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browsers import FLAGS, find_chromium

BASE = os.environ.get("BASE", "http://localhost:8000")
FOLDER = Path(__file__).parent.parent / "docs" / "screenshots"
PASSWORD = "backlight-demo"


def main() -> None:
    """Take the three pictures."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(playwright).executable, args=FLAGS)
        day = _signed_in(browser, "therapist", 820, 1000)
        day.goto("/c/harbour/today/")
        day.screenshot(path=FOLDER / "today.png")
        _question(browser, _open_survey(day)).screenshot(path=FOLDER / "survey.png")
        report = _signed_in(browser, "manager", 1366, 900)
        report.goto("/c/harbour/reports/")
        report.locator("main a", has_text="Outcome").first.click()
        report.wait_for_load_state()
        report.screenshot(path=FOLDER / "report.png")
        browser.close()


def _signed_in(browser: Browser, who: str, width: int, height: int) -> Page:
    page = browser.new_context(base_url=BASE, locale="en-GB", viewport={"width": width, "height": height}).new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", f"{who}@demo.example")
    page.fill("input[name=password]", PASSWORD)
    page.locator("form button[type=submit]").first.click()
    page.wait_for_load_state()
    return page


def _open_survey(day: Page) -> str:
    """The address of a survey that somebody on the day's list may answer on the own phone."""
    visits = [link.get_attribute("href") or "" for link in day.locator("a.rows__title").all()]
    for visit in (each for each in visits if "/visits/" in each):
        day.goto(visit)
        surveys = day.get_by_role("link", name="Survey")
        if surveys.count():
            surveys.first.click()
            day.wait_for_load_state()
            offered = day.get_by_role("link", name="Demo: open it here")
            if offered.count():
                return offered.first.get_attribute("href") or ""
    raise SystemExit("Nobody on the day's list has a survey that is open: mark somebody as arrived, and start again.")


def _question(browser: Browser, link: str) -> Page:
    page = browser.new_context(base_url=BASE, locale="en-GB", viewport={"width": 360, "height": 740}).new_page()
    page.goto(link)
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    english = page.get_by_text("English", exact=True)
    if english.count():  # the questions come in the patient's own language, the README does not
        english.first.click()
        page.wait_for_load_state()
    return page


if __name__ == "__main__":
    main()
