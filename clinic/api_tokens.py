"""Tokens for programs: `bl_<clinic prefix>_<secret>`. The prefix opens the clinic's scope, the secret's hash finds the token."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from clinic.api_scopes import EVERY_SCOPE
from clinic.members import COLUMNS, from_row
from clinic.models import ApiToken, Membership
from clinic.services.sign_in_mails import no_key_to_warn_of, warn_before_key_ends
from clinic.writes import Actor, audited, nothing_to_write, writes

USUAL_DAYS = 90
MOST_DAYS = 365

# One statement opens the scope and looks through it. The inner query depends on the outer row and may not be flattened (LATERAL, OFFSET 0):
# row-level security is asked only after the prefix has told the scope. Whatever order a planner chose, too early would find nothing.
_FIND_MEMBER = f"""
WITH told AS MATERIALIZED (SELECT id, set_config('app.clinics', id::text, true) AS scope FROM clinic_clinic WHERE link_prefix = %s)
SELECT found.* FROM told CROSS JOIN LATERAL (
    SELECT {COLUMNS}, token.id, token.scopes, coalesce(token.last_used_at < now() - interval '1 hour', true) FROM clinic_apitoken token
    JOIN clinic_membership member ON member.clinic_id = token.clinic_id AND member.id = token.membership_id AND member.is_active
    JOIN clinic_clinic clinic ON clinic.id = token.clinic_id
    JOIN clinic_user person ON person.id = member.user_id AND person.is_active
    WHERE token.clinic_id = told.id AND token.clinic_id = told.scope::uuid AND token.token_hash = %s AND clinic.slug = %s
      AND token.revoked_at IS NULL AND token.expires_at > now()
    OFFSET 0
) found
"""  # noqa: S608 - column names are our models' own


_NOTE_USE = """
UPDATE clinic_apitoken SET last_used_at = now() WHERE id = (SELECT id FROM clinic_apitoken WHERE id = %s FOR NO KEY UPDATE SKIP LOCKED)
"""


@dataclass(frozen=True)
class Holder:
    """Whom a token speaks for, and what it may touch."""

    member: Membership
    scopes: frozenset[str]


def bearer_token(request: HttpRequest) -> str | None:
    """The token of an API request; None when the request carries none, or is not for the API."""
    if not request.path_info.startswith("/api/"):
        return None
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def hash_token(secret: str) -> str:
    """What is stored of a token: SHA-256 of 256 random bits needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def holder_of_token(token: str, slug: str) -> Holder | None:
    """Whom this token speaks for in this clinic, with the clinic's scope told to PostgreSQL; None when refused.

    Its use is noted once an hour, by whoever does not have to wait for it.
    """
    _, _, rest = token.partition("bl_")
    prefix, _, secret = rest.partition("_")
    with connection.cursor() as cursor:
        cursor.execute(_FIND_MEMBER, [prefix, hash_token(secret), slug])
        row = cursor.fetchone()
        if row is None:
            return None
        token_id, scopes, stale = row[-3:]
        if stale:
            cursor.execute(_NOTE_USE, [token_id])
    return Holder(from_row(row), frozenset(scopes))


@writes("api_token.create")
def create_api_token(
    *, actor: Actor, membership: Membership, name: str, scopes: Iterable[str] = EVERY_SCOPE, days: int = USUAL_DAYS
) -> str:
    """A new token for a member, for these scopes. It is returned this once and cannot be shown again."""
    secret = secrets.token_urlsafe(32)
    token = ApiToken(membership=membership, name=name, token_hash=hash_token(secret), expires_at=timezone.now() + timedelta(days=days))
    token.scopes = [scope for scope in EVERY_SCOPE if scope in set(scopes)]
    token.save()
    audited(token)
    warn_before_key_ends(actor=actor, token=token.pk, holder=membership, ends_at=token.expires_at)
    return f"bl_{membership.clinic.link_prefix}_{secret}"


@writes("api_token.revoke")
def revoke_api_token(*, actor: Actor, token: UUID, of: Membership | None = None) -> bool:
    """End a token at once, one of `of` only when given; whether there was one that still opened something."""
    rows = ApiToken.objects.select_for_update(no_key=True).filter(pk=token, revoked_at=None)
    found = (rows if of is None else rows.filter(membership=of)).first()
    if found is None:
        nothing_to_write()
        return False
    found.revoked_at = timezone.now()
    found.save()
    audited(found)
    no_key_to_warn_of(tokens=[found.pk])
    return True
