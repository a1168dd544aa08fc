"""Who works in the clinic, as the staff page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from clinic.models import Membership
from clinic.permissions import ADMINISTRATOR, ROLES, THERAPIST


@dataclass(frozen=True)
class StaffLine:
    """One member of staff with the names of their roles."""

    id: UUID
    name: str
    email: str
    roles: tuple[str | Promise, ...]
    is_active: bool
    has_signed_in: bool


def staff_lines() -> list[StaffLine]:
    """Everybody, those who still work here first, by name; one statement."""
    rows = Membership.objects.select_related("user").order_by("-is_active", "display_name", "id")
    return [
        StaffLine(
            id=member.pk,
            name=member.display_name,
            email=member.user.email,
            roles=tuple(ROLES[role].name for role in member.roles if role in ROLES),
            is_active=member.is_active,
            has_signed_in=member.user.last_login is not None,
        )
        for member in rows
    ]


def therapists() -> list[Membership]:
    """Who may be responsible for a course: everybody who treats and still works here, by name."""
    return list(Membership.objects.filter(is_active=True, roles__contains=[THERAPIST.key]).order_by("display_name", "id"))


def is_last_administrator(member: Membership) -> bool:
    """Whether nobody else could add staff if this member could not."""
    if not member.is_active or ADMINISTRATOR.key not in member.roles:
        return False
    others = Membership.objects.filter(is_active=True, roles__contains=[ADMINISTRATOR.key]).exclude(pk=member.pk)
    return not others.exists()
