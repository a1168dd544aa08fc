"""Every page of the product, found by the resolver itself, judged by axe: light on a wide window, dark on a phone.

A page is whatever `tests/house/access.csv` says answers a GET with 200 for somebody; a route that is none stands below with a reason.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from clinic.checks import THIRD_PARTY, routes
from clinic.models import Membership, StaffInvitation
from clinic.scoping import clinic_scope
from clinic.services import staff_invitations
from clinic.services.emergency import name_for_emergencies
from outcomes.models import Invitation
from outcomes.services import invitations
from sessions.models import Visit
from sessions.services.reminders import cannot_come_link
from sessions.services.visits import book_visit
from tests.browser.staff import AXE
from tests.callers import proved
from tests.cast import Cast
from tests.house.test_access import TABLE, World, _routes, world  # noqa: F401 - a fixture, on the committed cast

pytestmark = pytest.mark.django_db(transaction=True)

Opener = Callable[..., Page]
WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
JUDGE = """async rules => {
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));  // the new colours are on the screen
  const told = node => node.html.slice(0, 120) + (node.any[0] ? ` (${node.any[0].message.slice(0, 160)})` : '');
  const found = await axe.run(document, {runOnly: rules, resultTypes: ['violations'], elementRef: false});
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const faults = found.violations.map(fault => fault.id + ': ' + fault.nodes.map(told).join(' | '));
  return wide > 0 ? [...faults, `scrolls sideways by ${wide} px`] : faults;
}"""

NO_PAGE = {
    "export_file": "a download",
    "audit_table": "a download",
    "report_table": "a download",
    "health_live": "for machines",
    "health_ready": "for machines",
    "healthz": "for machines",
    "readyz": "for machines",
    "metrics": "for machines",
    "home": "leads on to the first page of one's clinic; with several clinics, the test below",
    "messages_release": "leads back to the outbox",
    "inbox": "the demo's letters: the test below",
    "emergency": "only for people who are named: the test below",
    "setup": "only where no clinic is, and every page here has one; tests/clinic/test_setup.py walks it without a browser",
    "calendar_feed": "for calendars",
    "survey_again": "leads back to the first question",
}
PATIENTS = {
    "survey_link",
    "survey",
    "survey_step",
    "survey_check",
    "survey_done",
    "survey_language",
    "survey_close",
    "staff_join",
    "cannot_come",
}


@pytest.fixture
def cast(committed_cast: Cast) -> Cast:
    """The other process, the browser, has to see them."""
    return committed_cast


@dataclass
class Judge:
    """One browser page per kind of caller; each address is loaded once and judged twice."""

    open: Opener
    base: str
    cast: Cast

    def __post_init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.faults: list[str] = []
        self.seen = 0

    def page(self, caller: str) -> Page:
        if caller not in self.pages:
            page = self.pages[caller] = self.open(**WIDE, reduced_motion="reduce")  # colours change at once, not over 150 ms
            page.add_init_script(path=AXE)
            if caller != "anonymous":
                member: Membership = getattr(self.cast, caller)
                client = Client()
                client.force_login(member.user)
                proved(client, member.user)
                cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
                page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.base}])
        return self.pages[caller]

    def visit(self, name: str, address: str, caller: str, status: int = 200) -> None:
        page = self.page(caller)
        page.emulate_media(color_scheme="light")
        answer = page.goto(address)
        assert answer is not None
        if answer.status != status or "text/html" not in (answer.header_value("content-type") or ""):
            self.faults.append(f"{name} for {caller}: {answer.status} {answer.header_value('content-type')}")
            return
        self.judge(name, page)

    def judge(self, name: str, page: Page) -> None:
        """What axe says of the page as it stands: light and wide, then dark and narrow."""
        self.seen += 1
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        self.faults += [f"{name}, light, 1366: {fault}" for fault in page.evaluate(JUDGE, RULES)]
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        self.faults += [f"{name}, dark, 360: {fault}" for fault in page.evaluate(JUDGE, RULES)]


@pytest.fixture
def judge(browser_page: Opener, live_server: Any, cast: Cast) -> Judge:
    return Judge(browser_page, live_server.url, cast)


def _answers() -> dict[str, dict[str, str]]:
    with TABLE.open(encoding="utf-8") as file:
        return {row.pop("route"): row for row in csv.DictReader(file)}


def _pages() -> Iterator[tuple[Any, str]]:
    """Each route that is a page, with a caller who may see it."""
    answers = _answers()
    for route in _routes():
        callers = [caller for caller, status in answers[route.name].items() if status == "200"]
        if callers and not route.name.startswith("api_") and route.name not in NO_PAGE:
            yield route, callers[0]


def test_every_route_is_a_page_that_is_judged_or_says_why_not() -> None:
    pages = {route.name for route, _ in _pages()}
    presses = {name for name, row in _answers().items() if "405" in row.values() and "200" not in row.values()}
    programs = {name for name in _answers() if name.startswith("api_")}
    rest = {route.name for route in _routes()} - pages - presses - programs - PATIENTS
    assert rest == set(NO_PAGE)
    assert len(pages) > 40


def test_axe_finds_no_fault_on_any_page_of_the_staff(judge: Judge, world: World) -> None:  # noqa: F811
    for route, caller in _pages():
        judge.visit(route.name, world.address(route, world.own), caller)
    judge.visit("not found", "/c/harbour/nothing/", "therapist", 404)
    judge.visit("refused", "/c/harbour/today/", "manager", 403)
    assert not judge.faults, "\n".join(judge.faults)


def _theirs() -> list[str]:
    paths = {"/" + path for path, _ in routes() if path.startswith(tuple(THIRD_PARTY)) and "<" not in path}
    return sorted(paths - {"/accounts/2fa/recovery-codes/download/", "/accounts/2fa/webauthn/login/"})  # a file, and data for the script


def test_axe_finds_no_fault_on_the_pages_of_signing_in(judge: Judge) -> None:
    for path in _theirs():
        for caller in ("anonymous", "administrator"):
            page = judge.page(caller)
            page.goto(path)
            if page.url.partition("?")[0].endswith(path):  # others lead on to a page that is judged by itself
                judge.judge(f"{path} for {caller}", page)
    assert not judge.faults, "\n".join(judge.faults)
    assert judge.seen >= 10


def _press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def test_axe_finds_no_fault_on_a_patients_way_through_a_survey(judge: Judge, world: World) -> None:  # noqa: F811
    with clinic_scope(judge.cast.harbour.pk):
        link = invitations.link_of(Invitation.objects.select_related("clinic").get(pk=world.own["invitation"]))
    judge.visit("survey_link", link.removeprefix(settings.SITE_URL), "anonymous")
    page = judge.page("anonymous")
    _press(page, "Start")
    judge.judge("survey_step", page)
    _press(page, "Next")
    assert page.title().startswith("Error")
    judge.judge("survey_step with an error", page)
    while page.get_by_role("button", name="Next", exact=True).count():
        page.get_by_label("3", exact=True).check(force=True)
        _press(page, "Next")
    judge.judge("survey_check", page)
    page.get_by_label("I did, by myself").check()
    _press(page, "Send the answers")
    judge.judge("survey_done", page)
    judge.visit("an unknown link", f"{reverse('survey_link', kwargs={'token': 'unknown'})}", "anonymous", 404)
    assert not judge.faults, "\n".join(judge.faults)


def test_axe_finds_no_fault_on_the_page_behind_a_reminder(judge: Judge, cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        visit = book_visit(actor=cast.actor(), course=cast.ada_course, planned_for=timezone.now() + timedelta(days=3))
        link = cannot_come_link(Visit.objects.select_related("clinic", "course__patient").get(pk=visit.pk))
    judge.visit("cannot_come", link.removeprefix(settings.SITE_URL), "anonymous")
    page = judge.page("anonymous")
    _press(page, "I cannot come")
    judge.judge("cannot_come, told", page)
    judge.visit("cannot_come, gone", reverse("cannot_come", kwargs={"token": "unknown"}), "anonymous", 404)
    assert not judge.faults, "\n".join(judge.faults)


def test_axe_finds_no_fault_on_a_colleagues_way_in(judge: Judge, world: World) -> None:  # noqa: F811
    with clinic_scope(judge.cast.harbour.pk):
        link = staff_invitations.link_of(StaffInvitation.objects.select_related("clinic").get(pk=world.own["invited"]))
    judge.visit("staff_join", link.removeprefix(settings.SITE_URL), "anonymous")
    judge.visit("staff_join, gone", reverse("staff_join", kwargs={"token": "unknown"}), "anonymous", 404)
    assert not judge.faults, "\n".join(judge.faults)


def test_axe_finds_no_fault_on_the_pages_of_an_emergency(judge: Judge, cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        name_for_emergencies(actor=cast.actor(cast.administrator), member=cast.front_desk, may=True)
    judge.visit("emergency", "/c/harbour/emergency/", "front_desk")
    page = judge.page("front_desk")
    _press(page, "Open the record for an hour")
    assert page.title().startswith("Error")
    judge.judge("emergency with an error", page)
    page.get_by_label("Whose record?").fill(cast.ada.record_number)
    page.get_by_label("What is the emergency?").fill("Unconscious in the waiting room")
    _press(page, "Open the record for an hour")
    page.get_by_text("Opened in an emergency, to be read until").wait_for()
    judge.judge("a record in an emergency", page)
    judge.visit("emergencies with one", "/c/harbour/audit/emergencies/", "administrator")
    assert not judge.faults, "\n".join(judge.faults)
