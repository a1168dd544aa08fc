"""Who works in the clinic, as the staff pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic.models import Clinic, Membership, Message, StaffInvitation
from clinic.permissions import ADMINISTRATOR, ROLES, THERAPIST
from clinic.scoping import clinic_scope


class Standing(StrEnum):
    """How somebody stands to the clinic."""

    INVITED = "invited"
    ACTIVE = "active"
    ABSENT = "absent"
    LOCKED = "locked"
    LEFT = "left"


STANDINGS: dict[Standing, str | Promise] = {
    Standing.INVITED: _("invited"),
    Standing.ACTIVE: _("works here"),
    Standing.ABSENT: _("away"),
    Standing.LOCKED: _("locked"),
    Standing.LEFT: _("left"),
}


@dataclass(frozen=True)
class StaffLine:
    """One member of staff. `clinics`: where else in the organisation, as far as the reader looks after staff there."""

    id: UUID
    name: str
    email: str
    roles: tuple[str | Promise, ...]
    clinics: tuple[str, ...]
    standing: Standing
    standing_label: str | Promise
    last_sign_in: datetime | None
    has_second_factor: bool
    absent_from: date | None
    absent_until: date | None
    deputy: str
    left_at: datetime | None
    may_in_emergency: bool


@dataclass(frozen=True)
class InvitationLine:
    """One open invitation, and what became of its mail. `mail_state`: a state of the outbox, empty when nothing was mailed."""

    id: UUID
    name: str
    email: str
    roles: tuple[str | Promise, ...]
    invited_at: datetime
    expires_at: datetime
    is_over: bool
    mail_state: str


@dataclass(frozen=True)
class AwayLine:
    """Somebody who is away on a day, and who stands in."""

    member_id: UUID
    name: str
    until: date | None
    deputy_id: UUID | None
    deputy: str


def role_names(roles: list[str]) -> tuple[str | Promise, ...]:
    """The roles in words, unknown ones left out."""
    return tuple(ROLES[role].name for role in roles if role in ROLES)


def standing_of(member: Membership, today: date) -> Standing:
    """How this member stands to the clinic on its today."""
    if member.left_at is not None:
        return Standing.LEFT
    if not member.is_active:
        return Standing.LOCKED
    away = member.absent_from is not None and member.absent_until is not None and member.absent_from <= today <= member.absent_until
    return Standing.ABSENT if away else Standing.ACTIVE


def staff_lines(*, today: date, also: list[Clinic] | None = None) -> list[StaffLine]:
    """Everybody, those who still work here first, by name. `also`: the organisation's other clinics that the reader looks after.

    One statement, and one more for all other clinics together.
    """
    elsewhere = _elsewhere(also or [])
    rows = _members().order_by(F("is_active").desc(), F("left_at").desc(nulls_first=True), "display_name", "id")
    return [_line(member, today, elsewhere) for member in rows]


def staff_line(member_id: UUID, *, today: date, also: list[Clinic] | None = None) -> StaffLine | None:
    """One member for their own page; None for nobody of this clinic."""
    member = _members().filter(pk=member_id).first()
    return _line(member, today, _elsewhere(also or [], member.user_id)) if member else None


def invitation_lines() -> list[InvitationLine]:
    """Who was invited and has not answered yet, newest first; two statements."""
    rows = list(StaffInvitation.objects.filter(accepted_at=None, withdrawn_at=None).order_by("-invited_at"))
    states = _mail_states({row.pk for row in rows})
    return [_invitation(row, states) for row in rows]


def invitation_line(invitation: StaffInvitation) -> InvitationLine:
    """One invitation for its own page."""
    return _invitation(invitation, _mail_states({invitation.pk}))


def away_on(day: date) -> list[AwayLine]:
    """Who is away on this day of the clinic, by name; one statement."""
    rows = Membership.objects.filter(is_active=True, absent_from__lte=day, absent_until__gte=day).select_related("deputy")
    return [
        AwayLine(each.pk, each.display_name, each.absent_until, each.deputy_id, each.deputy.display_name if each.deputy else "")
        for each in rows.order_by("display_name", "id")
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


def _members() -> QuerySet[Membership]:
    factor = Authenticator.objects.filter(user_id=OuterRef("user_id")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    rows: QuerySet[Membership] = Membership.objects.select_related("user", "deputy").annotate(has_second_factor=Exists(factor))
    return rows


def _elsewhere(clinics: list[Clinic], user_id: UUID | None = None) -> dict[UUID, list[str]]:
    """User → names of these clinics in which they have access."""
    found: dict[UUID, list[str]] = {}
    if not clinics:
        return found
    names = {clinic.pk: clinic.name for clinic in clinics}
    with clinic_scope(*names):
        rows = Membership.objects.filter(is_active=True)
        rows = rows.filter(user_id=user_id) if user_id else rows
        for user, clinic in rows.values_list("user_id", "clinic_id"):
            found.setdefault(user, []).append(names[clinic])
    return found


def _line(member: Membership, today: date, elsewhere: dict[UUID, list[str]]) -> StaffLine:
    standing = standing_of(member, today)
    return StaffLine(
        id=member.pk,
        name=member.display_name,
        email=member.user.email,
        roles=role_names(member.roles),
        clinics=tuple(sorted(elsewhere.get(member.user_id, []))),
        standing=standing,
        standing_label=STANDINGS[standing],
        last_sign_in=member.user.last_login,
        has_second_factor=member.has_second_factor,  # type: ignore[attr-defined]
        absent_from=member.absent_from,
        absent_until=member.absent_until,
        deputy=member.deputy.display_name if member.deputy else "",
        left_at=member.left_at,
        may_in_emergency=member.may_in_emergency,
    )


def _mail_states(invitations: set[UUID]) -> dict[UUID, str]:
    """Invitation → state of its newest mail."""
    rows = Message.objects.filter(kind="staff_invitation", subject_id__in=invitations).order_by("created_at", "id")
    return dict(rows.values_list("subject_id", "state"))


def _invitation(row: StaffInvitation, states: dict[UUID, str]) -> InvitationLine:
    return InvitationLine(
        id=row.pk,
        name=row.name,
        email=row.email,
        roles=role_names(row.roles),
        invited_at=row.invited_at,
        expires_at=row.expires_at,
        is_over=row.expires_at <= timezone.now(),
        mail_state=states.get(row.pk, ""),
    )
