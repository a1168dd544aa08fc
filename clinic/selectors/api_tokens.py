"""Keys of programs, as lists show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from clinic.models import ApiToken, Membership

SOON_DAYS = 14


@dataclass(frozen=True)
class KeyLine:
    """One key: whose, for what, how long. Nothing of it opens anything."""

    id: UUID
    name: str
    owner: str
    scopes: tuple[str, ...]
    ends_on: date
    last_used_on: date | None
    state: str
    is_mine: bool


def keys_of(member: Membership, *, everybodys: bool) -> list[KeyLine]:
    """The keys of this member, or of everybody here, newest first; those that ended stay in the list for a year."""
    rows = ApiToken.objects.select_related("membership__user").filter(expires_at__gt=timezone.now() - timedelta(days=365))
    rows = rows if everybodys else rows.filter(membership=member)
    return [_line(token, member) for token in rows.order_by("-created_at")]


def _line(token: ApiToken, member: Membership) -> KeyLine:
    zone = member.clinic.zone
    return KeyLine(
        id=token.pk,
        name=token.name,
        owner=token.membership.display_name,
        scopes=tuple(token.scopes),
        ends_on=timezone.localdate(token.expires_at, zone),
        last_used_on=timezone.localdate(token.last_used_at, zone) if token.last_used_at else None,
        state=_state(token),
        is_mine=token.membership_id == member.pk,
    )


def _state(token: ApiToken) -> str:
    left = token.expires_at - timezone.now()
    if token.revoked_at is not None:
        return "revoked"
    if left <= timedelta(0):
        return "over"
    return "soon" if left <= timedelta(days=SOON_DAYS) else "works"
