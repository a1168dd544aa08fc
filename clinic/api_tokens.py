"""Tokens for programs: `bl_<clinic prefix>_<secret>`. The prefix opens the clinic's scope, the secret's hash finds the token."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from clinic.models import ApiToken, Membership
from clinic.scoping import all_clinics
from clinic.writes import Actor, audited, writes


def bearer_token(request: HttpRequest) -> str | None:
    """The token of an API request; None when the request carries none, or is not for the API."""
    if not request.path_info.startswith("/api/"):
        return None
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


def hash_token(secret: str) -> str:
    """What is stored of a token: SHA-256 of 256 random bits needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def member_of_token(token: str, slug: str) -> Membership | None:
    """The member that a token speaks for in this clinic, with the clinic's scope told to PostgreSQL; None when refused."""
    _, _, rest = token.partition("bl_")
    prefix, _, secret = rest.partition("_")
    clinic_id = tell_scope_by_prefix(prefix)
    if clinic_id is None:
        return None
    tokens = all_clinics(ApiToken, reason="the token decides the scope").select_related("membership__clinic")
    found = tokens.filter(token_hash=hash_token(secret), clinic_id=clinic_id, revoked_at=None, expires_at__gt=timezone.now()).first()
    if found is None or not found.membership.is_active or found.membership.clinic.slug != slug:
        return None
    member: Membership = found.membership
    return member


def tell_scope_by_prefix(prefix: str) -> str | None:
    """Find the clinic of an opaque prefix and tell PostgreSQL its scope, in one statement. None for an unknown prefix."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id::text, set_config('app.clinics', id::text, true) FROM clinic_clinic WHERE link_prefix = %s", [prefix])
        row = cursor.fetchone()
    return str(row[0]) if row else None


@writes("api_token.create")
def create_api_token(*, actor: Actor, membership: Membership, name: str, days: int = 365) -> str:
    """A new token for a member. It is returned this once and cannot be shown again."""
    secret = secrets.token_urlsafe(32)
    token = ApiToken(membership=membership, name=name, token_hash=hash_token(secret), expires_at=timezone.now() + timedelta(days=days))
    token.save()
    audited(token)
    return f"bl_{membership.clinic.link_prefix}_{secret}"
