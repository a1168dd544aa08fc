"""Sign-in is by invitation: there is no sign-up. Sign-ins, refused tries and changes to how one signs in go to the platform's audit."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from clinic.encryption import seal, unseal
from clinic.services.second_factors import note_event
from clinic.services.signed_in import forget_sign_in, note_sign_in


def lately_proved(request: HttpRequest) -> bool:
    """Whether this person has given a password, passkey or code within the time that a step-up allows; signing in counts."""
    records = get_authentication_records(request, request.user)
    newest = max((record["at"] for record in records), default=0.0)
    return bool(time.time() - newest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


def record_sign_in_event(request: HttpRequest, action: str, user: Any, **detail: Any) -> None:
    """Tell the platform's audit what happened to this person's sign-in."""
    address = ClosedAccounts(request).get_client_ip(request) or None
    note_event(action=action, user=user, request_id=getattr(request, "request_id", ""), address=address, detail=detail)


class ClosedAccounts(DefaultAccountAdapter):
    """allauth's hooks, as Backlight uses them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse:
        methods = [record.get("type") or record["method"] for record in get_authentication_records(request, user)]
        record_sign_in_event(request, "sign_in", user, by=methods)
        note_sign_in(user=user, session=request.session, agent=request.headers.get("User-Agent", ""))
        answer: HttpResponse = super().post_login(request, user, **options)
        return answer

    def logout(self, request: HttpRequest) -> None:
        forget_sign_in(session=request.session)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        # The address that was typed is not stored: it may be a mistyped one of a person who has no account here.
        record_sign_in_event(request, "sign_in_refused", None)
        super().authentication_failed(request, **credentials)

    def is_reauthentication_required(self, *, app: str, **options: Any) -> bool:
        # One rule for allauth's pages and ours.
        return bool(super().is_reauthentication_required(app=app, **options)) and not lately_proved(context.request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("own_sign_in")


class SecondFactors(DefaultMFAAdapter):
    """allauth's second factors, with their secrets sealed by the installation's own keys."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This was not accepted. A code works once and for about a minute: wait for the next one and try again."
        ),
    }

    def encrypt(self, text: str) -> str:
        return seal(text).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return str(unseal(encrypted_text.encode("ascii")))

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Backlight"}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002  allauth's name
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}
