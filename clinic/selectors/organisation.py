"""Clinics of an organisation, as far as one person may look across them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction

from clinic.models import Clinic, Membership, User
from clinic.permissions import Permission
from clinic.scoping import all_clinics


def reported_clinics(member: Membership) -> list[Clinic]:
    """The clinics of the member's organisation whose reports this person may read, the member's own first.

    Each clinic decides by its own membership: whoever is a manager in one and a therapist in another reads the reports of one.
    """
    return _own_clinics(member, Permission.SEE_REPORTS)


def administered_clinics(member: Membership) -> list[Clinic]:
    """The clinics of the member's organisation whose staff this person looks after, the member's own first."""
    return _own_clinics(member, Permission.MANAGE_STAFF)


def works_elsewhere(member: Membership) -> bool:
    """Whether this person has access to a clinic outside the open scope. Says no more than that, and nothing about which."""
    rows = all_clinics(Membership, reason="one's own memberships, by the policy own_membership")
    with _as_this_person(member.user_id):
        return bool(rows.filter(user_id=member.user_id, is_active=True).exclude(clinic_id=member.clinic_id).exists())


def first_membership(user: User) -> Membership | None:
    """The oldest membership that this person still has, in whichever clinic: who writes to them when no clinic is open."""
    rows = all_clinics(Membership, reason="one's own memberships, by the policy own_membership")
    with transaction.atomic(), _as_this_person(user.pk):
        found: Membership | None = rows.filter(user=user, is_active=True).order_by("pk").first()
    return found


@contextmanager
def _as_this_person(user_id: UUID) -> Iterator[None]:
    """Ask PostgreSQL as this person, and go back to whoever asked: the policy own_membership shows people their own memberships."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.user', true), set_config('app.user', %s, true)", [str(user_id)])
        asking = cursor.fetchone()[0] or ""
        yield
        cursor.execute("SELECT set_config('app.user', %s, true)", [asking])


def own_clinics(user: User) -> list[Clinic]:
    """Every clinic where this person works, whichever organisation it belongs to, by name."""
    rows = all_clinics(Membership, reason="one's own memberships, by the policy own_membership").select_related("clinic")
    return [member.clinic for member in rows.filter(user=user, is_active=True).order_by("clinic__name")]


def _own_clinics(member: Membership, permission: Permission) -> list[Clinic]:
    own = member.clinic
    rows = all_clinics(Membership, reason="one's own memberships, by the policy own_membership").select_related("clinic")
    others = rows.filter(user_id=member.user_id, is_active=True, clinic__organisation_id=own.organisation_id).exclude(clinic_id=own.pk)
    return [own, *(each.clinic for each in others.order_by("clinic__name") if each.may(permission))]
