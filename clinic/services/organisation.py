"""Clinics and the people who work in them."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clinic.models import Clinic, Membership, Organisation, PlatformEvent, User
from clinic.permissions import ADMINISTRATOR, ROLES
from clinic.selectors.second_factors import has_second_factor
from clinic.services.sign_outs import sign_out_everywhere
from clinic.writes import Actor, audited, nothing_to_write, writes


class StaffRefused(ValueError):
    """A change to staff that cannot be made; the message says why."""


def create_clinic(
    *,
    actor: Actor,
    organisation: Organisation,
    name: str,
    slug: str,
    time_zone: str = "Europe/Berlin",
    language: str = "en",
    country: str = "DE",
    telephone: str = "",
    is_demo: bool = False,
) -> Clinic:
    """A new clinic of an organisation. It is the scope itself, so this runs outside of any and is audited for the platform.

    Raises ValidationError for an address that is taken or malformed, and for an unknown time zone.
    """
    if time_zone not in zoneinfo.available_timezones():
        raise ValidationError({"time_zone": _("There is no such time zone.")})
    clinic = Clinic(
        organisation=organisation,
        name=name,
        slug=slug,
        time_zone=time_zone,
        language=language,
        country=country.upper(),
        telephone=telephone,
        is_demo=is_demo,
    )
    clinic.full_clean()
    with transaction.atomic():
        clinic.save()
        PlatformEvent.objects.create(action="clinic.create", user_id=actor.user_id, detail={"clinic": str(clinic.pk), "by": actor.kind})
    return clinic


@writes("clinic.change")
def change_clinic(*, actor: Actor, clinic: Clinic, **values: Any) -> Clinic:
    """Change what an administrator may change about the open clinic. The audit names what changed; nothing to do is no change.

    Raises ValidationError, as for a new clinic.
    """
    changed = {name: value for name, value in values.items() if getattr(clinic, name) != value}
    if not changed:
        nothing_to_write()
        return clinic
    if values.get("time_zone", clinic.time_zone) not in zoneinfo.available_timezones():
        raise ValidationError({"time_zone": _("There is no such time zone.")})
    if changed.get("require_second_factor") and actor.user_id is not None and not has_second_factor(actor.user_id):
        raise ValidationError({"require_second_factor": _("Set up a second factor for yourself first: you would lock yourself out.")})
    before = {name: getattr(clinic, name) for name in changed}
    for name, value in changed.items():
        setattr(clinic, name, value)
    clinic.full_clean(exclude=["slug"])
    clinic.save(update_fields=list(changed))
    audited(clinic, before=before, after=changed)
    return clinic


def checked_roles(roles: Iterable[str]) -> list[str]:
    """The roles, sorted. Raises StaffRefused for none and for unknown ones."""
    chosen = sorted(set(roles))
    if not chosen or not set(chosen) <= set(ROLES):
        raise StaffRefused(_("Choose at least one of the known roles."))
    return chosen


@writes("staff.add")
def add_staff(*, actor: Actor, email: str, name: str, roles: Iterable[str], password: str | None = None) -> Membership:
    """Make a person a member of the open clinic. A person known from another clinic keeps their sign-in and password."""
    chosen = checked_roles(roles)
    address = User.objects.normalize_email(email).casefold()
    user = User.objects.filter(email=address).first()
    if user is not None and Membership.objects.filter(user=user).exists():
        raise StaffRefused(_("This person already is a member of the clinic."))
    if user is None:
        if password is not None:
            validate_password(password, User(email=address, name=name))
        user = User.objects.create_user(address, password, name=name)
    member = Membership(user=user, roles=chosen, display_name=name)
    member.save()
    audited(member, roles=chosen)
    return member


@writes("staff.change")
def change_staff(*, actor: Actor, member: Membership, roles: Iterable[str], is_active: bool, display_name: str = "") -> Membership:
    """Change what a member may do, or end their access at their next request. The last administrator cannot be removed.

    Nobody gives themselves a role: another administrator does. Raises StaffRefused.
    """
    chosen = checked_roles(roles)
    if member.user_id == actor.user_id and set(chosen) - set(member.roles):
        raise StaffRefused(_("Nobody gives themselves a role. Ask another administrator."))
    if ADMINISTRATOR.key not in chosen or not is_active:
        keep_an_administrator(besides=member)
    before, tokens = {"roles": member.roles, "active": member.is_active}, 0
    if member.is_active and not is_active:
        tokens = sign_out_everywhere(member)
    member.roles, member.is_active = chosen, is_active
    member.left_at = None if is_active else member.left_at
    member.display_name = display_name or member.display_name
    member.save()
    audited(member, roles=chosen, active=is_active, before=before, tokens=tokens)
    return member


def keep_an_administrator(*, besides: Membership) -> None:
    """Raises StaffRefused when this member is the clinic's only administrator.

    Two who remove each other wait for each other here: all administrators are locked, always in the same order.
    """
    rows = Membership.objects.select_for_update(no_key=True).filter(is_active=True, roles__contains=[ADMINISTRATOR.key])
    administrators = {row.pk for row in rows.order_by("pk")}
    if administrators == {besides.pk}:
        raise StaffRefused(_("A clinic keeps at least one administrator."))
