"""Passkeys in a real Chromium, with an authenticator of its own making (WebAuthn.addVirtualAuthenticator)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import CDPSession, Page, expect

from clinic.models import PlatformEvent
from tests.browser.staff import accessibility_faults
from tests.cast import PASSWORD, Cast, give_password

pytestmark = pytest.mark.django_db(transaction=True)
Opener = Callable[..., Page]


class Finger:
    """A built-in authenticator that verifies its user, or does not."""

    def __init__(self, page: Page) -> None:
        self.devtools: CDPSession = page.context.new_cdp_session(page)
        self.devtools.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        self.id = self.devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]

    def verifies(self, yes: bool) -> None:
        self.devtools.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": yes})

    def keys(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.devtools.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]
        return found


def _sign_in(page: Page, cast: Cast) -> None:
    user = give_password(cast.therapist)
    page.goto("/accounts/login/")
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/c/harbour/today/")


def _sign_out(page: Page) -> None:
    page.goto("/account/")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url(lambda url: "/account/" not in url)


def _add(page: Page, name: str) -> None:
    page.goto("/accounts/2fa/webauthn/add/")
    page.fill("input[name=name]", name)
    page.get_by_role("button", name="Add this passkey").click()


def test_a_passkey_is_added_signs_in_alone_is_renamed_and_removed(committed_cast: Cast, browser_page: Opener) -> None:
    page = browser_page(width=820, height=1180)
    finger = Finger(page)
    _sign_in(page, committed_cast)
    _add(page, "Desk")
    page.wait_for_url("**/recovery-codes/")
    assert len(finger.keys()) == 1
    assert Authenticator.objects.get(type="webauthn").data["name"] == "Desk"

    _sign_out(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/c/harbour/today/")
    newest = PlatformEvent.objects.filter(action="sign_in").order_by("-at").first()
    assert newest is not None
    assert (newest.user_id, newest.detail) == (committed_cast.therapist.user_id, {"by": ["webauthn"]})

    page.goto("/account/")
    expect(page.get_by_text("Passkey, also without the password")).to_be_visible()
    assert accessibility_faults(page) == []
    page.get_by_role("link", name="Rename Desk").click()
    page.fill("input[name=name]", "Tablet")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove… Tablet").click()
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()
    assert not Authenticator.objects.exists()


def test_a_passkey_is_the_second_step_after_the_password_and_confirms_who_one_is(committed_cast: Cast, browser_page: Opener) -> None:
    page = browser_page(width=360, height=740)
    Finger(page)
    _sign_in(page, committed_cast)
    _add(page, "Phone")
    page.wait_for_url("**/recovery-codes/")
    _sign_out(page)
    page.goto("/accounts/login/")
    page.fill("input[name=login]", committed_cast.therapist.user.email)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/2fa/authenticate/")
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/c/harbour/today/")
    page.goto("/accounts/2fa/webauthn/reauthenticate/?next=/account/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/account/")


def test_without_finger_or_key_nothing_is_signed_in_and_the_page_says_so(committed_cast: Cast, browser_page: Opener) -> None:
    page = browser_page(width=1366, height=768)
    finger = Finger(page)
    _sign_in(page, committed_cast)
    _add(page, "Desk")
    page.wait_for_url("**/recovery-codes/")
    _sign_out(page)
    finger.verifies(False)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("It was cancelled, or took too long. You can try again.")).to_be_visible()
    page.goto("/c/harbour/today/")
    page.wait_for_url("**/accounts/login/**")


def test_without_a_script_the_page_says_that_passkeys_need_one(committed_cast: Cast, browser_page: Opener) -> None:
    page = browser_page(width=360, height=740, scripts=False)
    page.goto("/accounts/login/")
    assert "<noscript><p>Passkeys need JavaScript" in page.content()  # emulation leaves the element itself unrendered
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)
