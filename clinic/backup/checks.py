"""What has to work after a restore, tried out as the serving role: names can be read, sign-in works, nothing leaves.

Whatever a check writes is rolled back.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from urllib.parse import urlsplit

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from clinic.backup.restoring import Check, failed, passed
from clinic.encryption import name_fingerprints
from clinic.models import Clinic, Membership, MessageHold, PatientIdentity
from clinic.scoping import clinic_scope
from clinic.services.messages import claim_next
from clinic.writes import SYSTEM_COMMAND

_BLOCK = 500


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """A transaction of which nothing stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def everything() -> list[Check]:
    """The ground floor's checks."""
    return [contact_data(), sign_in(), nothing_leaves()]


def contact_data() -> Check:
    """Every name opens with the FIELD_KEYS of this environment, and is found again by its fingerprints (TOKEN_KEY)."""
    opened = 0
    try:
        for clinic in Clinic.objects.all():
            with clinic_scope(clinic.pk):
                for identity in PatientIdentity.objects.order_by("pk").iterator(chunk_size=_BLOCK):
                    opened += 1
                    if not name_fingerprints(identity.full_name) <= set(identity.search_numbers):
                        return failed("contact_data", "names open but are not found: TOKEN_KEY is another one")
    except InvalidToken:
        return failed("contact_data", "FIELD_KEYS do not open the names: they are not those that the backup was made with")
    return passed("contact_data", f"{opened} names opened")


def sign_in() -> Check:
    """A member of staff, given a password for the length of this check, gets through the sign-in page."""
    member = _somebody()
    if member is None:
        return passed("sign_in", "nobody works here yet")
    password = secrets.token_urlsafe(24)
    site = urlsplit(settings.SITE_URL)
    with undone():
        user = member.user
        user.set_password(password)
        user.save(update_fields=["password"])
        browser = Client(SERVER_NAME=site.hostname or "localhost")
        answer = browser.post(reverse("account_login"), {"login": user.email, "password": password}, secure=site.scheme == "https")
    return Check(
        "sign_in", answer.status_code == 302, "accepted" if answer.status_code == 302 else f"refused with status {answer.status_code}"
    )


def _somebody() -> Membership | None:
    for clinic in Clinic.objects.all():
        with clinic_scope(clinic.pk):
            found: Membership | None = Membership.objects.select_related("user").filter(is_active=True, user__is_active=True).first()
            if found is not None:
                return found
    return None


def nothing_leaves() -> Check:
    """Every clinic's messages are on hold: a sender finds nothing to send."""
    free = 0
    for clinic in Clinic.objects.all():
        with undone(), clinic_scope(clinic.pk):
            held = MessageHold.objects.filter(ended_at=None).exists()
            free += not held or claim_next(actor=SYSTEM_COMMAND) is not None
    return Check("messages_on_hold", not free, "nothing leaves before `manage.py release_hold`" if not free else f"{free} clinics may send")
