"""A therapist's whole shift on the clinic's tablet: 25 people in one day, with everything that comes between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clinic.scoping import clinic_scope
from clinic.services.patients import register_patient
from outcomes.models import Invitation, Response
from outcomes.services.invitations import link_of
from sessions.models import Course, LaserApplication, Visit, VisitDraft
from sessions.records import LaserRecord, OtherRecord, VisitRecord
from sessions.services.courses import open_course
from sessions.services.visits import book_visit, mark_arrived, sign_visit
from tests.browser.staff import accessibility_faults, sign_in
from tests.cast import Cast
from tests.running import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

Opener = Callable[..., Page]
PEOPLE = 25


@dataclass
class Shift:
    """The tablet, the day and the people of it by number."""

    cast: Cast
    page: Page
    visits: list[Visit]

    def today(self, tab: str = "mine") -> None:
        self.page.goto(f"/c/harbour/today/?tab={tab}")

    def row(self, number: int) -> Any:
        return self.page.locator(".rows__item").filter(has=self.page.locator(f'a[href$="/visits/{self.visits[number].pk}/"]'))

    def arrive(self, number: int) -> None:
        self.row(number).get_by_role("button", name="Arrived").click()
        self.page.wait_for_url("**/surveys/")

    def open(self, number: int) -> None:
        self.row(number).locator("a.rows__title").click()
        expect(self.page.locator("[data-sign]")).to_be_visible()

    def pain(self, when: str, value: int) -> None:
        self.page.locator(f'label:has(input[name="pain_{when}"][value="{value}"])').click()

    def after(self, value: int) -> None:
        """Pain after the treatment, and no reaction to it."""
        self.pain("after", value)
        self.page.locator('label:has(input[name="reaction"][value="none"])').click()

    def finish(self, before: int = 5, after: int = 3) -> None:
        """Same as last time, pain, no reaction, sign."""
        self.page.locator("[data-copy-former]").click()
        self.pain("before", before)
        self.after(after)
        self.sign()

    def sign(self) -> None:
        here = self.page.url
        self.page.locator("[data-sign]").click()
        self.page.wait_for_url(lambda url: url != here)

    def stored(self, number: int) -> Visit:
        with clinic_scope(self.cast.harbour.pk):
            found: Visit = Visit.objects.get(pk=self.visits[number].pk)
            return found


def _came_before(cast: Cast, course: Course, *, laser: bool) -> None:
    site = LaserRecord(
        device_id=cast.device.pk,
        handpiece_id=cast.handpiece.pk,
        region="lumbar",
        technique="scanning_contact",
        average_power_w=Decimal(12),
        emission_s=Decimal(420),
        treated_area_cm2=Decimal(500),
    )
    manual = OtherRecord(kind="manual_therapy", code="joint_mobilisation", minutes=15)
    record = VisitRecord(
        occurred_at=timezone.now() - timedelta(days=3),
        pain_before=7,
        pain_after=5,
        laser=(site,) if laser else (),
        other=(manual,),
        warnings_confirmed=True,
    )
    past = book_visit(actor=cast.actor(), course=course, planned_for=record.occurred_at, therapist=cast.therapist)
    sign_visit(actor=cast.actor(), visit=past, record=record)


def _the_day(cast: Cast) -> list[Visit]:
    """25 people, every one treated with laser three days ago except number 5; the first at half past seven, one every 20 minutes."""
    start = timezone.localtime(timezone=cast.harbour.zone).replace(hour=7, minute=30, second=0, microsecond=0)
    visits = []
    with clinic_scope(cast.harbour.pk):
        for number in range(PEOPLE):
            name = "Bartholomew-Maximilian Featherstonehaugh-Cholmondeley" if number == 7 else f"Shift {number:02}"
            person = register_patient(actor=cast.actor(), given_name="Pat", family_name=name)
            course = open_course(actor=cast.actor(), patient=person, complaint="sciatica", started_on=cast.ada_course.started_on)
            _came_before(cast, course, laser=number != 5)
            at = start + timedelta(minutes=20 * number)
            visits.append(book_visit(actor=cast.actor(), course=course, planned_for=at, therapist=cast.therapist))
    return visits


@pytest.fixture
def shift(committed_cast: Cast, live_server: Any, browser_page: Opener) -> Shift:
    page = browser_page(width=820, height=1180)
    sign_in(page, committed_cast, committed_cast.therapist, live_server.url)
    return Shift(committed_cast, page, _the_day(committed_cast))


def test_a_shift_with_twenty_five_people_and_everything_between(shift: Shift, live_server: Any, browser_page: Opener) -> None:
    shift.today()
    expect(shift.page.locator(".rows__item")).to_have_count(PEOPLE)
    _an_interrupted_note_waits(shift)
    _people_who_do_not_come(shift)
    _somebody_walks_in(shift)
    _two_tabs_never_overwrite_each_other(shift)
    _settings_change_and_two_taps_sign_once(shift)
    _a_visit_without_laser(shift)
    _the_survey_by_phone_and_read_out(shift, browser_page)
    _the_tablet_in_the_patients_hand(shift, live_server)
    _what_was_signed_is_amended(shift)
    _the_rest_of_the_day(shift)


def _an_interrupted_note_waits(shift: Shift) -> None:
    """A note half-written, another patient treated meanwhile; sign and next leads back to it, with every word."""
    page = shift.page
    shift.arrive(0)
    page.get_by_role("link", name="Go on to the visit without it").click()
    shift.pain("before", 6)
    page.get_by_text("More: note").click()
    page.locator('[name="note"]').fill("Slept badly, then")
    page.get_by_role("link", name="Today", exact=True).first.click()
    wait_until(lambda: _drafted(shift, 0) == "Slept badly, then", what="the draft of the page that was left")
    shift.today()
    expect(shift.row(0).get_by_text("draft")).to_be_visible()
    shift.arrive(1)
    shift.today()
    shift.open(1)
    shift.finish()
    page.wait_for_url(f"**/visits/{shift.visits[0].pk}/")  # the one who still waits
    expect(page.locator('input[name="pain_before"][value="6"]')).to_be_checked()
    expect(page.locator('[name="note"]')).to_have_value("Slept badly, then")
    shift.finish(before=6)
    assert (shift.stored(0).note, shift.stored(0).pain_before, shift.stored(1).state) == ("Slept badly, then", 6, "signed")


def _drafted(shift: Shift, number: int) -> str:
    with clinic_scope(shift.cast.harbour.pk):
        draft = VisitDraft.objects.filter(visit=shift.visits[number]).first()
        return draft.form["note"][0] if draft else ""


def _people_who_do_not_come(shift: Shift) -> None:
    shift.today()
    for number, why, button in ((2, "", "Did not come"), (3, "ill", "Cancelled by the patient")):
        row = shift.row(number)
        row.get_by_text("Not coming").click()
        if why:
            row.get_by_label("Reason, if known").select_option(why)
        row.get_by_role("button", name=button).click()
    expect(shift.row(3)).to_contain_text("late, ill")
    shift.row(2).get_by_role("button", name="Take back").click()
    expect(shift.row(2).get_by_role("button", name="Arrived")).to_be_visible()
    assert (shift.stored(2).state, shift.stored(3).state) == ("booked", "cancelled_by_patient")


def _somebody_walks_in(shift: Shift) -> None:
    """Found with one key, offered what is due, treated without a booking."""
    page = shift.page
    page.keyboard.press("/")
    page.keyboard.type("angela")
    page.keyboard.press("Enter")
    page.locator("main a.rows__title").first.click()
    page.get_by_role("button", name="New visit now").click()
    page.get_by_role("link", name="Go on to the visit without it").click()
    expect(page.locator("[data-sign]")).to_be_visible()
    other = page.locator("details", has=page.get_by_role("heading", name="Other treatment of the day"))
    if other.get_attribute("open") is None:
        other.locator("summary").click()
    page.select_option('[name="other-0-treatment"]', "education:stay_active")
    shift.after(2)
    shift.sign()
    with clinic_scope(shift.cast.harbour.pk):
        walked = Visit.objects.filter(course=shift.cast.ada_course).latest("id")
        assert (walked.state, walked.pain_after) == ("signed", 2)


def _two_tabs_never_overwrite_each_other(shift: Shift) -> None:
    page = shift.page
    shift.today()
    shift.open(4)
    second = page.context.new_page()
    second.goto(page.url)
    second.locator('label:has(input[name="pain_before"][value="8"])').click()
    expect(second.locator("[data-saved]")).to_contain_text("Saved")
    shift.pain("before", 4)
    conflict = page.locator("[data-conflict-rows] tr", has_text="Pain now, before the treatment")
    expect(conflict).to_contain_text("8")
    page.get_by_role("button", name="Take the other version").click()
    expect(page.locator('input[name="pain_before"][value="8"]')).to_be_checked()
    second.close()
    page.locator("[data-copy-former]").click()
    shift.after(7)
    shift.sign()
    assert (shift.stored(4).pain_before, shift.stored(4).pain_after) == (8, 7)


def _settings_change_and_two_taps_sign_once(shift: Shift) -> None:
    page = shift.page
    shift.today()
    shift.open(6)
    page.locator("[data-copy-former]").click()
    page.get_by_text("Settings of site 1").click()
    page.fill('[name="laser-0-emission_s"]', "300")
    expect(page.locator("[data-dose]").first).to_contain_text("3\u00a0600\u00a0J")
    shift.pain("before", 5)
    shift.after(5)
    here = page.url
    page.evaluate("() => { const sign = document.querySelector('[data-sign]'); sign.click(); sign.click(); }")
    page.wait_for_url(lambda url: url != here)
    with clinic_scope(shift.cast.harbour.pk):
        laser = LaserApplication.objects.get(visit=shift.visits[6])
        assert (laser.emission_s, laser.energy_computed_j, laser.copied_from is not None) == (300, 3600, True)


def _a_visit_without_laser(shift: Shift) -> None:
    page = shift.page
    shift.today()
    shift.open(5)
    expect(page.locator("[data-copy-former]")).to_have_count(0)
    page.select_option('[name="other-0-treatment"]', "manual_therapy:joint_mobilisation")
    page.fill('[name="other-0-minutes"]', "20")
    page.locator("[data-sign]").click()
    expect(page.locator("[data-error-summary]")).to_contain_text("Pain after the treatment is missing")
    shift.after(4)
    shift.sign()
    with clinic_scope(shift.cast.harbour.pk):
        assert not LaserApplication.objects.filter(visit=shift.visits[5]).exists()
        assert shift.stored(5).state == Visit.State.SIGNED


def _invitation_of(shift: Shift, number: int) -> Invitation:
    with clinic_scope(shift.cast.harbour.pk):
        found: Invitation = Invitation.objects.filter(course=shift.visits[number].course_id).latest("id")
        return found


def _answer(page: Page) -> None:
    """Every question of a survey on the patient's side: the same rating each time, the first line of a list."""
    expect(page.get_by_text("Question 1 of")).to_be_visible()
    while page.get_by_role("button", name="Next").count():
        if page.get_by_label("3", exact=True).count():
            page.get_by_label("3", exact=True).check(force=True)
        else:
            page.locator('main input[type="checkbox"]').first.check()
        _press(page, "Next")
    page.get_by_label("I did, by myself").check()
    _press(page, "Send the answers")


def _press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def _answered(shift: Shift, number: int) -> set[str]:
    with clinic_scope(shift.cast.harbour.pk):
        return set(Response.objects.filter(course=shift.visits[number].course_id).values_list("mode", flat=True))


def _the_survey_by_phone_and_read_out(shift: Shift, browser_page: Opener) -> None:
    page = shift.page
    shift.today()
    shift.arrive(7)
    expect(page.locator(".qr svg")).to_be_visible()
    phone = browser_page(width=360, height=740)
    phone.goto(link_of(_invitation_of(shift, 7)).removeprefix("http://localhost"))
    _press(phone, "Start")
    _answer(phone)
    wait_until(lambda: _answered(shift, 7), what="the phone's answer")
    shift.today()
    expect(shift.row(7)).to_contain_text("answered")
    shift.arrive(8)
    page.get_by_role("link", name="Read the questions out").click()
    for scale in page.locator(".entry fieldset").all():
        if scale.get_by_label("4", exact=True).count():
            scale.get_by_label("4", exact=True).check(force=True)
    page.get_by_role("button", name="Store the answers").click()
    wait_until(lambda: _answered(shift, 8) == {"read_aloud"}, what="the answers read out")


def _the_tablet_in_the_patients_hand(shift: Shift, live_server: Any) -> None:
    page = shift.page
    shift.today()
    shift.arrive(9)
    page.get_by_role("button", name="Hand over this tablet").click()
    _answer(page)
    wait_until(lambda: _answered(shift, 9) == {"tablet"}, what="the tablet's answer")
    page.goto("/c/harbour/today/")
    assert "login" in page.url  # the day is out of the patient's reach
    sign_in(page, shift.cast, shift.cast.therapist, live_server.url)


def _what_was_signed_is_amended(shift: Shift) -> None:
    page = shift.page
    shift.today()
    shift.row(1).locator("a.rows__title").click()
    page.get_by_text("Amend this visit").click()
    page.get_by_label("Reason").fill("typing error")
    page.locator('[name="text"]').fill("It was the left side.")
    page.get_by_role("button", name="Add the addendum").click()
    expect(page.locator("#addenda ~ article")).to_contain_text("typing error")
    page.get_by_role("link", name="Record", exact=True).first.click()
    expect(page.locator(".timeline")).to_contain_text("amended")
    assert accessibility_faults(page) == []


def _the_rest_of_the_day(shift: Shift) -> None:
    """The front desk takes everybody else in; "sign and next" leads from one to the next until nobody waits."""
    page = shift.page
    rest = [2, *range(10, PEOPLE)]
    with clinic_scope(shift.cast.harbour.pk):
        for number in rest:
            mark_arrived(actor=shift.cast.actor(), visit=shift.visits[number])
    shift.today()
    shift.open(2)
    for _number in [*rest, 7, 8, 9]:
        shift.finish()
    page.wait_for_url("**/today/")
    expect(page.get_by_text("0 unsigned")).to_be_visible()
    shift.today()
    expect(page.locator(".rows__item--done")).to_have_count(PEOPLE)  # one was cancelled, one walked in
    assert accessibility_faults(page) == []
    page.goto("/c/harbour/tasks/")
    assert accessibility_faults(page) == []
