"""Locking out, leaving, coming back, being away, and helping a colleague who cannot sign in."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.identifiers import uuid7
from clinic.models import Membership, User
from clinic.permissions import Permission
from clinic.selectors.organisation import works_elsewhere
from clinic.services.messages import queue_message
from clinic.services.organisation import StaffRefused, keep_an_administrator
from clinic.services.second_factors import remove_second_factors
from clinic.services.sign_outs import sign_out_everywhere
from clinic.services.staff_mails import password_link
from clinic.writes import Actor, audited, writes

LONGEST_ABSENCE_DAYS = 730


@writes("staff.lock")
def lock_staff(*, actor: Actor, member: Membership) -> Membership:
    """Take the access away for now: sessions and tokens end here, the person stays on the staff. Raises StaffRefused."""
    locked = _ended(actor, member)
    tokens = sign_out_everywhere(locked)
    locked.is_active = False
    locked.save(update_fields=["is_active"])
    audited(locked, tokens=tokens)
    return locked


@writes("staff.leave")
def end_staff(*, actor: Actor, member: Membership) -> Membership:
    """This person works here no more: sessions and tokens end here, everything they wrote stays theirs. Raises StaffRefused.

    Nobody is left waiting for them: they stand in for no colleague from now on.
    """
    locked = _ended(actor, member)
    tokens = sign_out_everywhere(locked)
    without = Membership.objects.filter(deputy=locked).update(deputy=None)
    locked.is_active, locked.left_at = False, timezone.now()
    locked.absent_from = locked.absent_until = locked.deputy = None
    locked.save()
    audited(locked, tokens=tokens, deputy_of=without)
    return locked


@writes("staff.unlock")
def let_in_again(*, actor: Actor, member: Membership) -> Membership:
    """Open the access again, of somebody who was locked out or had left, with the roles they had. Raises StaffRefused."""
    locked = _locked(member)
    if locked.is_active or locked.user_id == actor.user_id:
        raise StaffRefused(_("This person has access already."))
    had_left, locked.is_active, locked.left_at = locked.left_at is not None, True, None
    locked.save(update_fields=["is_active", "left_at"])
    audited(locked, had_left=had_left, roles=locked.roles)
    return locked


@writes("staff.reset")
def reset_sign_in(*, actor: Actor, member: Membership) -> str:
    """For a colleague who cannot sign in: the old password and second factors stop working, and a link for a new one is mailed.

    Returns that link where no mail is set up, to be shown this once; empty when it was mailed. A person who works in other clinics
    too gets it by mail only: it opens those as well. Raises StaffRefused.
    """
    locked = _locked(member)
    if locked.user_id == actor.user_id:
        raise StaffRefused(_("Change your own password on the page of your sign-in."))
    if not locked.is_active:
        raise StaffRefused(_("This person has no access. Open it first."))
    on_screen = not settings.MAIL_IS_SET_UP
    if on_screen and (locked.user.is_superuser or works_elsewhere(locked)):
        raise StaffRefused(_("This person has access to more than this clinic: the link may go to them only, and no mail is set up."))
    factors = remove_second_factors(actor=actor, user=locked.user)
    user = User.objects.select_for_update(no_key=True).get(pk=locked.user_id)
    user.set_unusable_password()
    user.save(update_fields=["password"])
    user.end_sessions()
    audited(locked, second_factors=factors, how="shown" if on_screen else "mailed")
    if on_screen:
        return password_link(user)
    key = f"staff_reset:{locked.pk}:{uuid7()}"
    queue_message(actor=actor, patient=None, kind="staff_reset", subject_id=locked.pk, business_key=key)
    return ""


@writes("staff.away")
def set_absence(*, actor: Actor, member: Membership, first: date, last: date, deputy: Membership | None, today: date) -> Membership:
    """Note from when until when (both included) somebody is away and who stands in. `today` is the clinic's. Raises StaffRefused."""
    if last < first or last < today or (last - first).days > LONGEST_ABSENCE_DAYS:
        raise StaffRefused(_("The last day lies before the first one, in the past, or more than two years after it."))
    locked = _locked(member)
    if not locked.is_active:
        raise StaffRefused(_("This person has no access. Open it first."))
    if deputy is None and locked.may(Permission.SEE_TASKS):
        raise StaffRefused(_("Choose who stands in: this person has tasks of patients."))
    if deputy is not None:
        _can_stand_in(deputy, locked, first, last)
    locked.absent_from, locked.absent_until, locked.deputy = first, last, deputy
    locked.save(update_fields=["absent_from", "absent_until", "deputy"])
    audited(locked, first=first.isoformat(), last=last.isoformat(), deputy=str(deputy.pk) if deputy else "")
    return locked


@writes("staff.back")
def end_absence(*, actor: Actor, member: Membership) -> Membership:
    """Somebody is back, or does not go after all."""
    locked = _locked(member)
    locked.absent_from = locked.absent_until = locked.deputy = None
    locked.save(update_fields=["absent_from", "absent_until", "deputy"])
    audited(locked)
    return locked


def _can_stand_in(chosen: Membership, member: Membership, first: date, last: date) -> None:
    deputy: Membership = Membership.objects.get(pk=chosen.pk)  # as they are now: perhaps away, or locked out, since the page was opened
    if deputy.pk == member.pk or not deputy.is_active:
        raise StaffRefused(_("Choose a colleague who has access."))
    if member.may(Permission.SEE_TASKS) and not deputy.may(Permission.SEE_TASKS):
        raise StaffRefused(_("Tasks of patients need somebody who treats."))
    if deputy.absent_from is not None and deputy.absent_until is not None and deputy.absent_from <= last and deputy.absent_until >= first:
        raise StaffRefused(_("This colleague is away too then. Choose another one."))


def _ended(actor: Actor, member: Membership) -> Membership:
    """The member whose access may be ended, locked until the transaction ends."""
    keep_an_administrator(besides=member)
    locked = _locked(member)
    if locked.user_id == actor.user_id:
        raise StaffRefused(_("Nobody takes their own access away. Ask another administrator."))
    if locked.left_at is not None:
        raise StaffRefused(_("This person has left already."))
    return locked


def _locked(member: Membership) -> Membership:
    rows = Membership.objects.select_for_update(of=("self",), no_key=True).select_related("user", "clinic")
    found: Membership = rows.get(pk=member.pk)
    return found
