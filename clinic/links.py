"""Links that are the way in by themselves: the secret in them, and the clinic that they lead to.

A link begins with its clinic's opaque prefix, because nothing of any clinic can be read before PostgreSQL knows whose scope is open.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from uuid import UUID

from django.conf import settings
from django.db import connection

from clinic.scoping import enter


def link_secret(what: str) -> str:
    """The secret of what a link is about, 43 characters of base64url, 256 bits: made whenever it is shown, and never stored."""
    digest = hmac.new(settings.TOKEN_KEY.encode(), what.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def enter_by_prefix(prefix: str) -> UUID | None:
    """Open the scope of the clinic that a prefix stands for, in one statement; its id, None for an unknown one."""
    if not prefix.isalnum():  # PostgreSQL refuses a null character
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, set_config('app.clinics', id::text, true) FROM clinic_clinic WHERE link_prefix = %s", [prefix])
        row = cursor.fetchone()
    if row is None:
        return None
    clinic_id: UUID = row[0]
    enter(clinic_id, told=True)
    return clinic_id
