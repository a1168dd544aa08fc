"""In which other clinics of the organisation a colleague works: for whoever looks after the staff of those clinics too."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from clinic.models import Clinic, Membership
from clinic.scoping import clinic_scope
from clinic.services.organisation import StaffRefused
from clinic.services.staff import let_in_again, lock_staff
from clinic.writes import Actor, audited, writes


def set_clinics(*, actor: Actor, member: Membership, also: Collection[Clinic], wanted: Collection[UUID]) -> None:
    """Let this person work in the wanted ones of these clinics and in no other of them; each change is audited in its own clinic.

    `also` are the clinics whose staff the actor looks after. Raises StaffRefused, for instance for a last administrator.
    """
    for clinic in also:
        with clinic_scope(clinic.pk):
            there = Membership.objects.filter(user_id=member.user_id).first()
            works_there = there is not None and there.is_active
            if works_there == (clinic.pk in wanted):
                continue
            if member.user_id == actor.user_id:
                raise StaffRefused(_("Nobody changes where they work themselves. Ask another administrator."))
            if there is not None and works_there:
                lock_staff(actor=actor, member=there)
            elif there is not None:
                let_in_again(actor=actor, member=there)
            else:
                _add(actor=actor, member=member)


@writes("staff.add")
def _add(*, actor: Actor, member: Membership) -> Membership:
    added = Membership(user_id=member.user_id, roles=member.roles, display_name=member.display_name)
    added.save()
    audited(added, roles=member.roles, from_clinic=str(member.clinic_id))
    return added
