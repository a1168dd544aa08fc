"""Inviting somebody to work here: a link with a one-time secret, by mail or shown once, for seven days.

As with surveys the secret is HMAC-SHA-256(key, id and generation): made again whenever it is sent or shown, only its SHA-256 is
stored, and a new generation makes every earlier link void. Sign-up stays closed to everybody who holds no such link.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.api_tokens import hash_token
from clinic.identifiers import uuid7
from clinic.links import link_secret
from clinic.models import Membership, StaffInvitation, User
from clinic.scoping import current_clinic_id
from clinic.services.messages import queue_message
from clinic.services.organisation import StaffRefused, checked_roles
from clinic.writes import Actor, audited, nothing_to_write, writes

LINK_DAYS = 7


class InvitationGone(ValueError):
    """The link was used, withdrawn, replaced by a newer one, or its time is over: the visitor is told the same for all."""


def token_of(invitation: StaffInvitation) -> str:
    """The secret of the present link: 43 characters of base64url, 256 bits."""
    return link_secret(f"staff:{invitation.pk}:{invitation.generation}")


def link_of(invitation: StaffInvitation) -> str:
    """The address that a colleague is given: on the configured site, never on the host of a request."""
    token = f"{invitation.clinic.link_prefix}.{token_of(invitation)}"
    return f"{settings.SITE_URL}{reverse('staff_join', kwargs={'token': token})}"


def is_usable(invitation: StaffInvitation, now: datetime) -> bool:
    """Whether its link still admits somebody."""
    return invitation.accepted_at is None and invitation.withdrawn_at is None and invitation.expires_at > now


def find_by_token(token: str) -> StaffInvitation | None:
    """The invitation of the open scope that a link's secret belongs to, when it still admits somebody; None otherwise."""
    found: StaffInvitation | None = (
        StaffInvitation.objects.select_related("clinic", "invited_by").filter(token_hash=hash_token(token)).first()
    )
    return found if found is not None and is_usable(found, timezone.now()) else None


def account_of(invitation: StaffInvitation) -> User | None:
    """The account that the invited address has already, from another clinic; None when one is to be made."""
    return User.objects.filter(email=invitation.email).first()


@writes("staff.invite")
def invite_staff(
    *,
    actor: Actor,
    email: str,
    name: str,
    roles: Iterable[str],
    language: str = "",
    invited_by: Membership | None = None,
    by_mail: bool = True,
) -> StaffInvitation:
    """Ask somebody to work in the open clinic; they become a member when they accept.

    language: of the mail, and of a new account. by_mail: put the link into the outbox. Raises StaffRefused for a member, and for
    somebody whose invitation is still open.
    """
    chosen = checked_roles(roles)
    address = User.objects.normalize_email(email).casefold()
    member = Membership.objects.filter(user__email=address).first()
    if member is not None:
        told = _("This person already is a member of the clinic.")
        raise StaffRefused(told if member.is_active else _("This person has worked here before: open the access again on their page."))
    wanted = StaffInvitation(
        id=uuid7(),
        clinic_id=current_clinic_id(),
        email=address,
        name=name,
        roles=chosen,
        language=language,
        invited_by=invited_by,
        expires_at=timezone.now() + timedelta(days=LINK_DAYS),
    )
    wanted.token_hash = hash_token(token_of(wanted))
    # Two who invite the same person at once must not meet an error: the second one's row is passed over.
    StaffInvitation.objects.bulk_create([wanted], ignore_conflicts=True)
    made: StaffInvitation | None = StaffInvitation.objects.select_related("clinic").filter(pk=wanted.pk).first()
    if made is None:
        raise StaffRefused(_("This person is invited already. Send the invitation again instead."))
    audited(made, roles=chosen)
    if by_mail:
        _mail(actor, made)
    return made


@writes("staff.invite_again")
def invite_again(*, actor: Actor, invitation: StaffInvitation, by_mail: bool = True) -> StaffInvitation:
    """A new link for another seven days; every earlier one is void from now on. Raises StaffRefused once it was accepted or withdrawn."""
    locked = _open(invitation)
    locked.generation += 1
    locked.token_hash = hash_token(token_of(locked))
    locked.expires_at = timezone.now() + timedelta(days=LINK_DAYS)
    locked.save(update_fields=["generation", "token_hash", "expires_at"])
    audited(locked, generation=locked.generation)
    if by_mail:
        _mail(actor, locked)
    return locked


@writes("staff.withdraw_invitation")
def withdraw_invitation(*, actor: Actor, invitation: StaffInvitation) -> StaffInvitation:
    """Take an invitation back; its link stops working at once. Raises StaffRefused once it was accepted or withdrawn."""
    locked = _open(invitation)
    locked.withdrawn_at = timezone.now()
    locked.save(update_fields=["withdrawn_at"])
    audited(locked)
    return locked


@writes("staff.join")
def join(*, actor: Actor, invitation: StaffInvitation, name: str, password: str) -> Membership:
    """Accept an invitation with a new account. Raises InvitationGone, and ValidationError for a password that is none."""
    locked = _usable(invitation)
    if account_of(locked) is not None:
        nothing_to_write()
        raise InvitationGone("The address has an account by now: accepting needs its sign-in.")
    validate_password(password, User(email=locked.email, name=name))
    user = User.objects.create_user(locked.email, password, name=name, language=locked.language)
    return _joined(locked, user, name)


@writes("staff.join")
def join_as(*, actor: Actor, invitation: StaffInvitation, user: User) -> Membership:
    """Accept an invitation with the account one is signed in with. Raises InvitationGone when it is another one's."""
    locked = _usable(invitation)
    if user.email != locked.email or Membership.objects.filter(user=user).exists():
        nothing_to_write()
        raise InvitationGone("This invitation is somebody else's, or was accepted.")
    return _joined(locked, user, user.name or locked.name)


def _joined(invitation: StaffInvitation, user: User, name: str) -> Membership:
    member = Membership(user=user, roles=invitation.roles, display_name=name)
    member.save()
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    audited(member, roles=invitation.roles, invitation=str(invitation.pk))
    return member


def _mail(actor: Actor, invitation: StaffInvitation) -> None:
    queue_message(
        actor=actor,
        patient=None,
        kind="staff_invitation",
        subject_id=invitation.pk,
        business_key=f"staff_invitation:{invitation.pk}:{invitation.generation}",
    )


def _locked(invitation: StaffInvitation) -> StaffInvitation:
    rows = StaffInvitation.objects.select_for_update(of=("self",), no_key=True).select_related("clinic")
    found: StaffInvitation = rows.get(pk=invitation.pk)
    return found


def _open(invitation: StaffInvitation) -> StaffInvitation:
    locked = _locked(invitation)
    if locked.accepted_at or locked.withdrawn_at:
        raise StaffRefused(_("This invitation was accepted or withdrawn meanwhile."))
    return locked


def _usable(invitation: StaffInvitation) -> StaffInvitation:
    locked = _locked(invitation)
    if not is_usable(locked, timezone.now()) or locked.generation != invitation.generation:
        nothing_to_write()
        raise InvitationGone("The link is no longer valid.")
    return locked
