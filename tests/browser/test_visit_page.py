"""The visit on one screen: few taps, a dose that appears while one types, drafts that survive, also without a script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from clinic.scoping import clinic_scope
from sessions.models import LaserApplication, Visit, VisitDraft
from sessions.records import LaserRecord, VisitRecord
from sessions.services.visits import save_draft, sign_visit, walk_in
from tests.browser.staff import accessibility_faults, sign_in
from tests.cast import Cast
from tests.running import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

Opener = Callable[..., Page]


def _former_and_new(cast: Cast) -> Visit:
    """Ada's last laser visit, signed, and today's, begun."""
    laser = LaserRecord(
        device_id=cast.device.pk,
        handpiece_id=cast.handpiece.pk,
        protocol_id=cast.protocol.pk,
        region="lumbar",
        technique="scanning_contact",
        average_power_w=Decimal(12),
        emission_s=Decimal(420),
        treated_area_cm2=Decimal(500),
    )
    record = VisitRecord(occurred_at=timezone.now(), pain_before=8, pain_after=7, reaction="mild", note="yesterday's words", laser=(laser,))
    with clinic_scope(cast.harbour.pk):
        former = walk_in(actor=cast.actor(), course=cast.ada_course)
        sign_visit(actor=cast.actor(), visit=former, record=replace(record, occurred_at=timezone.now() - timedelta(days=3)))
        return walk_in(actor=cast.actor(), course=cast.ada_course, therapist=cast.therapist)


def _open(cast: Cast, live_server: Any, browser_page: Opener, **options: Any) -> tuple[Page, Visit]:
    visit = _former_and_new(cast)
    page = browser_page(**options)
    sign_in(page, cast, cast.therapist, live_server.url)
    page.goto(f"{live_server.url}/c/harbour/visits/{visit.pk}/")
    return page, visit


def test_a_returning_patient_is_logged_in_at_most_twelve_taps(committed_cast: Cast, live_server: Any, browser_page: Opener) -> None:
    page, visit = _open(committed_cast, live_server, browser_page, width=820, height=1180)
    taps = [
        page.locator('label:has(input[name="pain_before"][value="6"]), input[name="pain_before"][value="6"]').first,
        page.locator("[data-copy-former]"),
        page.locator('label:has(input[name="pain_after"][value="4"]), input[name="pain_after"][value="4"]').first,
        page.locator('label:has(input[name="reaction"][value="none"])').first,
        page.locator("[data-sign]"),
    ]
    for tap in taps:
        tap.click()
    page.wait_for_url("**/today/")
    assert len(taps) + 1 <= 12  # the tap on the day's row included
    with clinic_scope(committed_cast.harbour.pk):
        signed = Visit.objects.get(pk=visit.pk)
        assert (signed.state, signed.pain_before, signed.pain_after, signed.reaction, signed.note) == ("signed", 6, 4, "none", "")
        laser = LaserApplication.objects.get(visit=signed)
        assert (laser.energy_computed_j, laser.copied_from is not None) == (Decimal(5040), True)


def test_settings_are_carried_with_their_date_and_findings_never(committed_cast: Cast, live_server: Any, browser_page: Opener) -> None:
    page, _visit = _open(committed_cast, live_server, browser_page)
    page.locator("[data-copy-former]").click()
    expect(page.locator('[name="laser-0-average_power_w"]')).to_have_value("12")
    expect(page.locator("[data-copied]")).to_contain_text("never carried over")
    assert page.locator('input[name="pain_before"]:checked, input[name="pain_after"]:checked, input[name="reaction"]:checked').count() == 0
    expect(page.locator('[name="note"]')).to_have_value("")


def test_the_dose_appears_while_one_types_and_a_missing_area_is_said(committed_cast: Cast, live_server: Any, browser_page: Opener) -> None:
    page, _visit = _open(committed_cast, live_server, browser_page)
    page.get_by_text("Settings of site 1").click()
    page.select_option('[name="laser-0-device"]', str(committed_cast.device.pk))
    page.select_option('[name="laser-0-technique"]', "scanning_contact")
    page.fill('[name="laser-0-average_power_w"]', "12")
    page.fill('[name="laser-0-emission_s"]', "420")
    dose = page.locator("[data-dose]").first
    expect(dose).to_contain_text("5\u00a0040\u00a0J")
    expect(dose).to_contain_text("not computable, because the treated area is not recorded")
    page.fill('[name="laser-0-treated_area_cm2"]', "500")
    expect(dose).to_contain_text("10.1\u00a0J/cm²")
    page.fill('[name="laser-0-energy_typed_j"]', "4500")
    expect(dose).to_contain_text("differs by more than 5 %")


def test_what_was_typed_survives_a_reload(committed_cast: Cast, live_server: Any, browser_page: Opener) -> None:
    page, visit = _open(committed_cast, live_server, browser_page)
    page.locator("[data-copy-former]").click()
    page.locator('label:has(input[name="pain_before"][value="6"]), input[name="pain_before"][value="6"]').first.click()

    def stored() -> bool:
        with clinic_scope(committed_cast.harbour.pk):
            draft = VisitDraft.objects.filter(visit=visit).first()
            return bool(draft and draft.form.get("pain_before") == ["6"])

    wait_until(stored, what="the draft")
    page.reload()
    expect(page.locator('[name="laser-0-emission_s"]')).to_have_value("420")
    expect(page.locator('input[name="pain_before"][value="6"]')).to_be_checked()


def test_without_a_script_the_server_shows_the_dose_and_signs(committed_cast: Cast, live_server: Any, browser_page: Opener) -> None:
    page, visit = _open(committed_cast, live_server, browser_page, scripts=False)
    page.get_by_text("Settings of site 1").click()
    page.select_option('[name="laser-0-device"]', str(committed_cast.device.pk))
    page.select_option('[name="laser-0-region"]', "lumbar")
    page.select_option('[name="laser-0-technique"]', "scanning_contact")
    page.fill('[name="laser-0-average_power_w"]', "12")
    page.fill('[name="laser-0-emission_s"]', "420")
    page.fill('[name="laser-0-treated_area_cm2"]', "500")
    page.get_by_role("button", name="Show the dose").click()
    expect(page.locator("[data-dose]").first).to_contain_text("5\u00a0040\u00a0J")
    page.locator("[data-sign]").click()
    expect(page.get_by_role("alert")).to_contain_text("Pain after the treatment is missing")
    page.check('input[name="pain_after"][value="4"]', force=True)
    page.locator('label:has(input[name="reaction"][value="none"])').click()
    page.locator("[data-sign]").click()
    page.wait_for_url("**/today/")
    with clinic_scope(committed_cast.harbour.pk):
        assert Visit.objects.get(pk=visit.pk).state == "signed"


def test_the_page_signs_by_keyboard_and_axe_finds_nothing(committed_cast: Cast, live_server: Any, browser_page: Opener) -> None:
    page, _visit = _open(committed_cast, live_server, browser_page, width=1366, height=768)
    assert accessibility_faults(page) == []
    page.locator("[data-copy-former]").press("Enter")
    page.locator('input[name="pain_after"][value="4"]').focus()
    page.keyboard.press("4")
    page.locator('input[name="reaction"][value="none"]').focus()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/today/")


def test_a_digit_sets_pain_where_the_scale_has_focus_and_nowhere_else(committed_cast: Cast, live_server: Any, browser_page: Opener) -> None:
    page, _visit = _open(committed_cast, live_server, browser_page)
    page.locator('input[name="pain_after"][value="0"]').focus()
    page.keyboard.press("7")
    expect(page.locator('input[name="pain_after"][value="7"]')).to_be_checked()
    page.locator("details", has_text="More: note").locator("summary").click()
    page.locator('[name="note"]').press_sequentially("3 / ? sets")
    expect(page.locator('[name="note"]')).to_have_value("3 / ? sets")
    expect(page.locator('input[name="pain_after"][value="7"]')).to_be_checked()
    page.locator('[name="note"]').press("Home")
    page.get_by_role("button", name="Exercises repeated and corrected.").click()
    expect(page.locator('[name="note"]')).to_have_value("Exercises repeated and corrected.3 / ? sets")


def test_a_chosen_protocol_fills_its_site_and_enter_in_a_field_sends_nothing(
    committed_cast: Cast, live_server: Any, browser_page: Opener
) -> None:
    page, _visit = _open(committed_cast, live_server, browser_page)
    page.get_by_text("Settings of site 1").click()
    page.select_option('[name="laser-0-protocol"]', str(committed_cast.protocol.pk))
    expect(page.locator('[name="laser-0-device"]')).to_have_value(str(committed_cast.device.pk))
    expect(page.locator("[data-dose]").first).to_contain_text("5\u00a0040\u00a0J")
    page.fill('[name="laser-0-emission_s"]', "210")
    page.locator('[name="laser-0-emission_s"]').press("Enter")
    expect(page.locator("[data-dose]").first).to_contain_text("2\u00a0520\u00a0J")
    expect(page.locator('[name="laser-0-emission_s"]')).to_have_value("210")


def test_a_draft_changed_elsewhere_is_shown_beside_this_one(committed_cast: Cast, live_server: Any, browser_page: Opener) -> None:
    page, visit = _open(committed_cast, live_server, browser_page)
    with clinic_scope(committed_cast.harbour.pk):
        save_draft(actor=committed_cast.actor(), visit=visit, form={"pain_before": ["8"]}, revision=0)
    page.locator('label:has(input[name="pain_before"][value="6"]), input[name="pain_before"][value="6"]').first.click()
    row = page.locator("[data-conflict-rows] tr", has_text="Pain now, before the treatment")
    expect(row).to_contain_text("6")
    expect(row).to_contain_text("8")
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Keep what is here").click()
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    with clinic_scope(committed_cast.harbour.pk):
        assert VisitDraft.objects.get(visit=visit).form["pain_before"] == ["6"]


def test_nothing_runs_out_of_a_phones_width(committed_cast: Cast, live_server: Any, browser_page: Opener) -> None:
    page, _visit = _open(committed_cast, live_server, browser_page, width=360, height=740)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_returning_patients_visit_fits_on_two_screens_of_a_tablet(committed_cast: Cast, live_server: Any, browser_page: Opener) -> None:
    page, _visit = _open(committed_cast, live_server, browser_page, width=820, height=1180)
    page.locator("[data-copy-former]").click()
    expect(page.locator("[data-dose]").first).to_contain_text("J")
    expect(page.locator('[name="laser-0-device"]')).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollHeight") < 2 * 1180 - 400
    assert accessibility_faults(page) == []


def test_two_taps_on_sign_make_one_request_and_ctrl_enter_signs_only_outside_of_text(
    committed_cast: Cast, live_server: Any, browser_page: Opener
) -> None:
    page, visit = _open(committed_cast, live_server, browser_page, width=820, height=1180)
    posts: list[str] = []
    page.on(
        "request", lambda request: posts.append(request.url) if request.method == "POST" and request.url.endswith(f"{visit.pk}/") else None
    )
    page.locator("[data-copy-former]").click()
    page.locator('label:has(input[name="pain_after"][value="3"]), input[name="pain_after"][value="3"]').first.click()
    page.locator('label:has(input[name="reaction"][value="none"])').first.click()
    page.locator("details", has_text="More: note").locator("summary").click()
    page.locator('[name="note"]').fill("Half a word")
    page.locator('[name="note"]').press("Control+Enter")
    expect(page.locator('[name="note"]')).to_be_visible()
    assert posts == []
    page.evaluate("() => { const sign = document.querySelector('[data-sign]'); sign.click(); sign.click(); }")
    page.wait_for_url("**/today/**")
    assert len(posts) == 1
    with clinic_scope(committed_cast.harbour.pk):
        assert Visit.objects.get(pk=visit.pk).note == "Half a word"


def test_ctrl_enter_signs_from_the_pain_scale_unless_shortcuts_are_off(
    committed_cast: Cast, live_server: Any, browser_page: Opener
) -> None:
    page, visit = _open(committed_cast, live_server, browser_page, width=820, height=1180)
    page.locator("[data-copy-former]").click()
    page.locator('label:has(input[name="reaction"][value="none"])').first.click()
    scale = page.locator('input[name="pain_after"][value="3"]')
    scale.focus()
    page.keyboard.press("3")
    page.keyboard.press("?")
    page.get_by_label("Turn shortcuts off on this device").check()
    page.keyboard.press("Escape")
    scale.focus()
    page.keyboard.press("Control+Enter")
    page.keyboard.press("/")
    expect(page.locator("#find-patient")).not_to_be_focused()
    page.evaluate("localStorage.clear()")
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    page.reload()
    page.keyboard.press("/")
    expect(page.locator("#find-patient")).to_be_focused()
    page.locator('input[name="pain_after"][value="3"]').focus()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/today/**")
    with clinic_scope(committed_cast.harbour.pk):
        assert Visit.objects.get(pk=visit.pk).pain_after == 3


def test_what_was_typed_is_kept_when_one_turns_away_at_once(committed_cast: Cast, live_server: Any, browser_page: Opener) -> None:
    page, visit = _open(committed_cast, live_server, browser_page, width=820, height=1180)
    page.locator("details", has_text="More: note").locator("summary").click()
    page.locator('[name="note"]').fill("In the middle of a")
    page.get_by_role("link", name="Record", exact=True).click()

    def kept() -> bool:
        with clinic_scope(committed_cast.harbour.pk):
            found: bool = VisitDraft.objects.filter(visit=visit, form__note=["In the middle of a"]).exists()
            return found

    wait_until(kept, what="the draft to arrive")
