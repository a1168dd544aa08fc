"""Sign-in is by invitation: there is no sign-up. Sign-ins and refused tries go to the platform's audit."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from clinic.models import PlatformEvent


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
