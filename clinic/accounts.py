"""Sign-in is by invitation: there is no sign-up. Sign-ins and refused tries go to the platform's audit."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from clinic.models import PlatformEvent


def lately_proved(request: HttpRequest) -> bool:
    """Whether this person has given a password, passkey or code within the time that a step-up allows; signing in counts."""
    records = get_authentication_records(request, request.user)
    newest = max((record["at"] for record in records), default=0.0)
    return bool(time.time() - newest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


class ClosedAccounts(DefaultAccountAdapter):
    """allauth's hooks, as Backlight uses them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Any, **options: Any) -> HttpResponse:
        self._record(request, "sign_in", user)
        answer: HttpResponse = super().post_login(request, user, **options)
        return answer

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        # The address that was typed is not stored: it may be a mistyped one of a person who has no account here.
        self._record(request, "sign_in_refused", None)
        super().authentication_failed(request, **credentials)

    def _record(self, request: HttpRequest, action: str, user: Any) -> None:
        PlatformEvent.objects.create(
            action=action,
            user=user,
            request_id=getattr(request, "request_id", ""),
            address=self.get_client_ip(request) or None,
        )
