"""How a person signs in and where they are signed in, as their own page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic.models import PlatformEvent, SignedInBrowser, User

RECOVERY_CODES = 10
_SHOWN = 10

EVENTS: dict[str, str | Promise] = {
    "sign_in": _("Signed in"),
    "second_factor_refused": _("A wrong code was entered"),
    "second_factor.add": _("A second factor was added"),
    "second_factor.add.totp": _("The authenticator app was set up"),
    "second_factor.add.webauthn": _("A passkey was added"),
    "second_factor.add.recovery_codes": _("Recovery codes were made"),
    "second_factor.remove": _("A second factor was removed"),
    "second_factor.remove.totp": _("The authenticator app was removed"),
    "second_factor.remove.webauthn": _("A passkey was removed"),
    "second_factor.remove.recovery_codes": _("The recovery codes were removed with the last second factor"),
    "second_factor.reset": _("All second factors were removed by an administrator"),
    "recovery_codes.renew": _("New recovery codes were made"),
    "recovery_code.use": _("A recovery code was used"),
    "password.change": _("The password was changed"),
    "password.reset": _("A new password was set by a link from a mail"),
}
_METHODS: dict[str, str | Promise] = {
    "password": _("password"),
    "totp": _("authenticator app"),
    "webauthn": _("passkey"),
    "recovery_codes": _("recovery code"),
}


@dataclass(frozen=True)
class Factor:
    """An authenticator app or a passkey."""

    id: int
    name: str
    added_at: datetime
    used_at: datetime | None
    works_alone: bool


@dataclass(frozen=True)
class OpenSignIn:
    """A browser in which this person is signed in."""

    id: UUID
    browser: str
    system: str
    since: datetime
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True)
class SignInEvent:
    """Something that happened to this person's sign-in."""

    at: datetime
    words: str | Promise
    methods: tuple[str | Promise, ...]
    worth_a_look: bool


@dataclass(frozen=True)
class OwnSignIn:
    """All of it."""

    app: Factor | None
    passkeys: tuple[Factor, ...]
    codes_left: int | None
    browsers: tuple[OpenSignIn, ...]
    events: tuple[SignInEvent, ...]

    @property
    def has_factor(self) -> bool:
        """Whether a sign-in asks for more than the password."""
        return self.app is not None or bool(self.passkeys)


def own_sign_in(user: User, session_key: str | None) -> OwnSignIn:
    """One person's factors, open sessions and newest events; four statements."""
    rows = list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))
    kinds = Authenticator.Type
    codes = next((row for row in rows if row.type == kinds.RECOVERY_CODES), None)
    return OwnSignIn(
        app=next((_factor(row) for row in rows if row.type == kinds.TOTP), None),
        passkeys=tuple(_factor(row) for row in rows if row.type == kinds.WEBAUTHN),
        codes_left=None if codes is None else RECOVERY_CODES - int(codes.data["used_mask"]).bit_count(),
        browsers=open_sign_ins(user, session_key),
        events=_events(user),
    )


def _factor(row: Authenticator) -> Factor:
    extensions = row.data.get("credential", {}).get("clientExtensionResults", {})
    alone = bool(extensions.get("credProps", {}).get("rk"))
    return Factor(row.pk, row.data.get("name", ""), row.created_at, row.last_used_at, alone)


def open_sign_ins(user: User, session_key: str | None) -> tuple[OpenSignIn, ...]:
    """Where this person is signed in now, this browser first, then the one used last."""
    noted = {row.session_key: row for row in SignedInBrowser.objects.filter(user=user)}
    now = timezone.now()
    found = []
    for session in Session.objects.filter(session_key__in=noted, expire_date__gt=now):
        row, seen = noted[session.session_key], _last_use(session.get_decoded(), user, now)
        if seen is not None:
            at = max(seen, row.signed_in_at)
            is_this = row.session_key == session_key
            found.append(OpenSignIn(row.pk, row.browser, row.system, row.signed_in_at, at, is_this))
    return tuple(sorted(found, key=lambda one: (not one.is_this, -one.seen_at.timestamp())))


def _last_use(stored: dict[str, Any], user: User, now: datetime) -> datetime | None:
    """When a session was last used, to the minute; None for one that has ended, though its row is still there."""
    if stored.get(SESSION_KEY) != str(user.pk) or not constant_time_compare(stored.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
        return None
    moment = now.timestamp()
    started, seen = stored.get("started_at", moment), stored.get("seen_at")
    if moment - started > settings.SESSION_ABSOLUTE_SECONDS:
        return None
    if seen is None:  # signed in, and no page since
        return datetime.fromtimestamp(0, UTC)
    return None if moment - seen > settings.SESSION_IDLE_SECONDS else datetime.fromtimestamp(seen, UTC)


def _events(user: User) -> tuple[SignInEvent, ...]:
    rows = PlatformEvent.objects.filter(user=user, action__in=EVENTS).order_by("-at")[:_SHOWN]
    return tuple(
        SignInEvent(
            at=row.at,
            words=EVENTS.get(f"{row.action}.{row.detail.get('type')}", EVENTS[row.action]),
            methods=tuple(_METHODS[method] for method in row.detail.get("by", ()) if method in _METHODS) if row.action == "sign_in" else (),
            worth_a_look=row.action in {"second_factor_refused", "second_factor.reset", "recovery_code.use", "password.reset"},
        )
        for row in rows
    )
