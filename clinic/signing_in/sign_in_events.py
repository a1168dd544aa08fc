"""What allauth tells of second factors and passwords: to the audit, and out with the person's other sessions.

Listening to allauth is the only way to hear of it: it has no hook for these. We send no signals of our own.
"""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

from clinic.services.second_factors import use_code
from clinic.services.sign_in_mails import tell_of_change
from clinic.services.signed_in import note_sign_in, renew_key, sign_out_others
from clinic.signing_in.accounts import ClosedAccounts, record_sign_in_event
from clinic.writes import Actor


def listen() -> None:
    """Connect once, when the product starts."""
    for heard, by in (
        (mfa.authenticator_added, _added),
        (mfa.authenticator_removed, _removed),
        (mfa.authenticator_reset, _renewed),
        (mfa.authenticator_used, _used),
        (mfa.authentication_failed, _refused),
        (account.password_changed, _password_changed),
        (account.password_set, _password_changed),
        (account.password_reset, _password_reset),
        (account.authentication_step_completed, _step),
    ):
        heard.connect(by, dispatch_uid=f"clinic.{by.__name__}.{id(heard)}")


def _added(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    record_sign_in_event(request, "second_factor.add", user, type=authenticator.type)
    if authenticator.type == Authenticator.Type.TOTP:
        use_code(authenticator, request.POST.get("code", ""))  # the code that proved the app is not one to sign in with
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:  # which come with the factor
        sign_out_others(user=user, session=request.session)
        _tell(request, user, "staff_factor_added")


def _removed(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    record_sign_in_event(request, "second_factor.remove", user, type=authenticator.type)
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:  # which go with the last factor
        sign_out_others(user=user, session=request.session)
        _tell(request, user, "staff_factor_removed")


def _renewed(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    record_sign_in_event(request, "recovery_codes.renew", user)
    sign_out_others(user=user, session=request.session)
    _tell(request, user, "staff_codes_renewed")


def _used(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        record_sign_in_event(request, "recovery_code.use", user)


def _refused(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    record_sign_in_event(request, "second_factor_refused", user, type=authenticator.type)


def _password_changed(request: HttpRequest, user: Any, **_: Any) -> None:
    record_sign_in_event(request, "password.change", user)
    if request.user.is_authenticated:
        sign_out_others(user=user, session=request.session)
        note_sign_in(user=user, session=request.session, agent=request.headers.get("User-Agent", ""))
    _tell(request, user, "staff_password_changed")


def _password_reset(request: HttpRequest, user: Any, **_: Any) -> None:
    record_sign_in_event(request, "password.reset", user)
    user.end_sessions()
    _tell(request, user, "staff_password_changed")


def _tell(request: HttpRequest, user: Any, kind: str) -> None:
    """Write to the person: whoever has taken over a browser can change this, but does not read their mail."""
    address = ClosedAccounts(request).get_client_ip(request) or None
    actor = Actor(Actor.STAFF, user_id=user.pk, request_id=getattr(request, "request_id", ""), address=address)
    tell_of_change(actor=actor, user=user, kind=kind)


def _step(request: HttpRequest, user: Any, **told: Any) -> None:
    if told.get("reauthenticated"):
        renew_key(session=request.session)
