"""The components in a real browser, under the policy the product sends: sizes, keys, focus, and no accessibility fault."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).resolve().parents[2]
POLICY = "; ".join(f"{name} {' '.join(values)}" for name, values in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items())


class Handler(SimpleHTTPRequestHandler):
    """Files of one folder, with the product's content policy on each."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        """Say nothing."""


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("gallery")
    # In a process of its own, because Django's settings can be chosen only once.
    subprocess.run([sys.executable, "-m", "tests.browser.gallery", str(folder)], check=True, cwd=ROOT)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def visit(browser: Browser, address: str, width: int = 360, **options: Any) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 740}, **options).new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.goto(address, wait_until="networkidle")
    assert faults == []
    return page


def test_a_rating_box_at_320_px_is_wide_and_high_enough(browser: Browser, gallery: str) -> None:
    page = visit(browser, f"{gallery}/survey-nprs.html", 320)
    sizes = page.locator(".nprs__cell").evaluate_all(
        "all => all.map(e => [e.getBoundingClientRect().width, e.getBoundingClientRect().height])"
    )
    assert len(sizes) == 11
    assert min(width for width, _ in sizes) >= 24  # WCAG 2.5.8
    assert min(height for _, height in sizes) >= 44
    expect(page.locator("input:checked")).to_have_count(0)


def test_an_error_does_not_change_the_layout_a_person_answers_in(browser: Browser, gallery: str) -> None:
    for name in ("survey-nprs", "survey-error"):
        page = visit(browser, f"{gallery}/{name}.html", 320)
        assert page.locator("input[name=layout]").input_value() == "row"


def test_the_boxes_become_a_list_at_200_percent_text_and_the_layout_is_noted(browser: Browser, gallery: str) -> None:
    page = visit(browser, f"{gallery}/survey-nprs.html", 320)
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    expect(page.locator("input[name=layout]")).to_have_value("list")
    expect(page.locator(".nprs__cell .nprs__anchor").first).to_be_visible()


@pytest.mark.parametrize("name", ["staff-errors", "staff-rtl", "survey-error", "survey-vas"])
def test_nothing_scrolls_sideways_at_320_px_and_200_percent_text(browser: Browser, gallery: str, name: str) -> None:
    page = visit(browser, f"{gallery}/{name}.html", 320)
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_digits_choose_in_the_scale_that_has_the_focus(browser: Browser, gallery: str) -> None:
    page = visit(browser, f"{gallery}/survey-nprs.html")
    page.locator("#id_nprs_0").focus()
    page.keyboard.press("7")
    expect(page.locator("input:checked")).to_have_value("7")
    page.keyboard.press("1")
    page.keyboard.press("0")
    expect(page.locator("input:checked")).to_have_value("10")
    assert page.url.endswith("/survey-nprs.html")


def test_the_error_summary_has_the_focus_and_its_link_leads_to_the_control(browser: Browser, gallery: str) -> None:
    page = visit(browser, f"{gallery}/survey-error.html")
    expect(page.locator("#error-summary")).to_be_focused()
    page.locator("#error-summary a").click()
    expect(page.locator("#id_nprs_0")).to_be_focused()


def test_the_line_is_marked_by_a_tap_and_moved_by_keys_and_buttons(browser: Browser, gallery: str) -> None:
    page = visit(browser, f"{gallery}/survey-vas.html")
    number, line = page.locator("input[name=vas]"), page.locator(".vas__line")
    expect(page.locator(".vas")).to_have_attribute("data-touched", "no")
    expect(line).not_to_have_attribute("aria-valuenow", "0")
    width = line.bounding_box()["width"]  # type: ignore[index]
    line.click(position={"x": width / 4, "y": 30})
    expect(number).to_have_value("25")
    assert page.locator("[data-line-px]").input_value() == str(round(width))
    page.keyboard.press("ArrowRight")
    page.get_by_label("A little higher").click()
    expect(number).to_have_value("27")


def test_without_script_the_line_is_a_number_field(browser: Browser, gallery: str) -> None:
    page = visit(browser, f"{gallery}/survey-vas.html", java_script_enabled=False)
    expect(page.locator("input[name=vas]")).to_be_visible()
    expect(page.locator(".vas__line")).to_be_hidden()


def test_single_keys_find_and_help_but_do_nothing_while_typing(browser: Browser, gallery: str) -> None:
    page = visit(browser, f"{gallery}/staff.html", 1366)
    page.keyboard.press("/")
    expect(page.locator("#find-patient")).to_be_focused()
    page.keyboard.type("a/?")
    expect(page.locator("#find-patient")).to_have_value("a/?")
    expect(page.locator("dialog[open]")).to_have_count(0)
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.locator("#shortcuts-off").check()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.locator("#shortcuts")).to_be_hidden()


def test_every_component_is_shown(gallery: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{gallery}/shown.txt")
    shown = set(page.locator("body").inner_text().split())
    there = {f"clinic/components/{path.name}" for path in ROOT.glob("*/templates/*/components/*.html")}
    assert len(there) > 15
    assert there - shown == set()


@pytest.mark.parametrize(
    ("name", "scheme"),
    [
        ("staff-errors", "light"),
        ("staff", "dark"),
        ("survey-error", "light"),
        ("survey-vas", "dark"),
        ("survey-rtl", "light"),
        ("404", "dark"),
    ],
)
def test_axe_finds_no_fault(browser: Browser, gallery: str, name: str, scheme: str) -> None:
    page = visit(browser, f"{gallery}/{name}.html", 820, color_scheme=scheme)
    page.evaluate((ROOT / "tests/data/vendor/axe-core/axe.min.js").read_text())
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})")
    assert len(found["passes"]) > 5
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found["violations"]] == []
