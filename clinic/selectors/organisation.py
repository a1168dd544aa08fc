"""Clinics of an organisation, as far as one person may look across them."""

from __future__ import annotations

from clinic.models import Clinic, Membership
from clinic.permissions import Permission
from clinic.scoping import all_clinics


def reported_clinics(member: Membership) -> list[Clinic]:
    """The clinics of the member's organisation whose reports this person may read, the member's own first.

    Each clinic decides by its own membership: whoever is a manager in one and a therapist in another reads the reports of one.
    """
    own = member.clinic
    rows = all_clinics(Membership, reason="one's own memberships, by the policy own_membership").select_related("clinic")
    others = rows.filter(user_id=member.user_id, is_active=True, clinic__organisation_id=own.organisation_id).exclude(clinic_id=own.pk)
    return [own, *(each.clinic for each in others.order_by("clinic__name") if each.may(Permission.SEE_REPORTS))]
