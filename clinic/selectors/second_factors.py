"""Who has a second factor."""

from __future__ import annotations

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from clinic.models import Membership

# Recovery codes alone are none: they come with a factor, and stand in for it.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def has_second_factor(user_id: UUID | None) -> bool:
    """Whether this person signs in with more than a password; one statement."""
    return bool(Authenticator.objects.filter(user_id=user_id, type__in=FACTORS).exists())


def people_with_second_factor() -> QuerySet:
    """The ids of people who have one, for a subquery."""
    people: QuerySet = Authenticator.objects.filter(type__in=FACTORS).values("user_id")
    return people


def members_without_second_factor() -> int:
    """How many who work in the open clinic have none; one statement."""
    return int(Membership.objects.filter(is_active=True).exclude(user_id__in=people_with_second_factor()).count())
