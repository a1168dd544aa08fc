"""The first clinic of an installation: who may set it up, and setting it up.

Whoever can read what the server prints may: it prints a code, once, and stores its hash. The code opens the setup page in one
browser; the page is closed for good as soon as there is a clinic.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from clinic.local.demo import SLUGS
from clinic.models import Clinic, Membership, Organisation, SetupCode
from clinic.permissions import ADMINISTRATOR
from clinic.scoping import clinic_scope
from clinic.services.operations import DEMO_WISHED, record_operation
from clinic.services.organisation import add_staff, create_clinic
from clinic.writes import Actor

# Without letters and digits that look alike: read from one screen, typed into another.
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
LENGTH, GROUP = 16, 4  # 78 bits
GOOD_FOR = timedelta(days=1)
MOST_WRONG_TRIES = 100
ADMITTED = "setup_code"
_ONE_SETUP = 0x5E7B  # PostgreSQL's advisory lock: two browsers must not both found the first clinic


class SetupRefused(ValueError):
    """There is a clinic already, or this browser was not admitted."""


def is_open() -> bool:
    """Whether the installation still waits for its first clinic."""
    return not Clinic.objects.exists()


def make_code() -> str:
    """A new code, as a person types it; every earlier one is void. Raises SetupRefused once there is a clinic."""
    with transaction.atomic():
        _alone()
        now = timezone.now()
        SetupCode.objects.filter(used_at=None, ends_at__gt=now).update(ends_at=now)
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        SetupCode.objects.create(code_hash=_hash(code), ends_at=now + GOOD_FOR)
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def admit(browser: MutableMapping[str, Any], typed: str) -> bool:
    """Let this browser (its session) onto the setup page, when it knows the code. Wrong ones are counted, and too many void it."""
    found = _valid().select_for_update().first()
    if found is None:
        return False
    if not hmac.compare_digest(found.code_hash, _hash("".join(letter for letter in typed.upper() if letter in LETTERS))):
        SetupCode.objects.filter(pk=found.pk).update(wrong_tries=F("wrong_tries") + 1)
        return False
    browser[ADMITTED] = str(found.pk)
    return True


def admit_to_setup(browser: MutableMapping[str, Any]) -> None:
    """Let the browser in which the demo has just been removed set up what comes after it."""
    admit(browser, make_code())


def is_admitted(browser: MutableMapping[str, Any]) -> bool:
    """Whether this browser has typed the code that is valid now."""
    return _valid().filter(pk=browser.get(ADMITTED)).exists() if browser.get(ADMITTED) else False


def set_up(
    *, actor: Actor, browser: MutableMapping[str, Any], clinic: dict[str, Any], administrator: dict[str, Any], demo: bool
) -> Membership:
    """Found the first clinic with its first administrator, use the code up, and ask for a demo beside it when that is wished.

    Raises SetupRefused, and ValidationError for what a clinic or a password cannot be.
    """
    with transaction.atomic():
        _alone()
        code = _valid().select_for_update().filter(pk=browser.get(ADMITTED)).first() if browser.get(ADMITTED) else None
        if code is None:
            raise SetupRefused
        organisation = Organisation.objects.create(name=clinic.pop("organisation") or clinic["name"])
        founded = create_clinic(actor=actor, organisation=organisation, slug=_slug(clinic["name"]), **clinic)
        member = _administrator(actor, founded.pk, administrator)
        code.used_at = timezone.now()
        code.save(update_fields=["used_at"])
        if demo:
            record_operation(kind=DEMO_WISHED, succeeded=True, user=str(member.user_id))
    browser.pop(ADMITTED, None)
    return member


def _administrator(actor: Actor, clinic_id: UUID, who: dict[str, Any]) -> Membership:
    with clinic_scope(clinic_id):
        roles = [ADMINISTRATOR.key, *who["roles"]]
        return add_staff(actor=actor, email=who["email"], name=who["name"], roles=roles, password=who["password"])


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_SETUP])
    if not is_open():
        raise SetupRefused


def _valid() -> Any:
    return SetupCode.objects.filter(used_at=None, ends_at__gt=timezone.now(), wrong_tries__lt=MOST_WRONG_TRIES)


def _hash(code: str) -> str:
    return hmac.new(settings.TOKEN_KEY.encode(), b"setup:" + code.encode(), hashlib.sha256).hexdigest()


def _slug(name: str) -> str:
    """A part of the address made from the name; never one that the demo's clinics use."""
    slug = slugify(name)[:40].strip("-") or "clinic"
    return f"{slug}-clinic" if slug in SLUGS else slug
