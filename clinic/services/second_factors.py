"""Second factors of people's sign-in: authenticator apps, passkeys, recovery codes. They belong to a person, not to a clinic."""

from __future__ import annotations

import time
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction

from clinic.models import PlatformEvent, User
from clinic.writes import Actor

_PERIOD_SECONDS = 30  # RFC 6238's, which is what authenticator apps assume


@transaction.atomic
def remove_second_factors(*, actor: Actor, user: User) -> int:
    """Take away every second factor of a person who is locked out, recovery codes too, and sign them out everywhere.

    Returns how many factors there were, recovery codes not counted; none is no error. The platform's audit tells of it; the caller
    audits for the clinic, and has made sure that it is this person who asks.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    types = sorted(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    Authenticator.objects.filter(user=person).delete()
    if types:
        person.end_sessions()
        user.session_mark = person.session_mark
        told = {"types": types, "by": str(actor.user_id or actor.kind)}
        note_event(action="second_factor.reset", user=person, request_id=actor.request_id, address=actor.address, detail=told)
    return len([kind for kind in types if kind != Authenticator.Type.RECOVERY_CODES])


def note_event(*, action: str, user: User | None, request_id: str, address: str | None, detail: dict[str, Any] | None = None) -> None:
    """One line of the platform's audit about somebody's sign-in."""
    PlatformEvent.objects.create(action=action, user=user, request_id=request_id, address=address, detail=detail or {})


def use_code(authenticator: Authenticator, code: str) -> bool:
    """Whether this code of an authenticator app is newer than the last accepted one, which it then becomes (RFC 6238, section 5.2).

    A code is good for a minute and a half, because clocks differ: without this, whoever reads it over a shoulder could use it too.
    """
    with transaction.atomic():
        row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
        step = _step_of(decrypt(row.data["secret"]), code)
        if step is None or step <= row.data.get("last_step", -1):
            return False
        row.data["last_step"] = step
        row.save(update_fields=["data"])
    return True


def _step_of(secret: str, code: str) -> int | None:
    """Which thirty seconds a code belongs to, among those that are accepted and the one that may have ended since."""
    now = int(time.time()) // _PERIOD_SECONDS
    tolerance: int = settings.MFA_TOTP_TOLERANCE
    steps = range(now + tolerance, now - tolerance - 2, -1)
    return next((step for step in steps if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step)))), None)
