"""The words of the mails to colleagues: an invitation, and a reset of what they sign in with."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from clinic.models import Clinic, Membership, Message, StaffInvitation, User
from clinic.services.messages import Mail, NoLongerDue
from clinic.services.staff_invitations import link_of


def password_link(user: User) -> str:
    """The address at which this person chooses a new password: once, for as long as PASSWORD_RESET_TIMEOUT says."""
    who, key = user_pk_to_url_str(user), default_token_generator.make_token(user)
    return f"{settings.SITE_URL}{reverse('account_reset_password_from_key', kwargs={'uidb36': who, 'key': key})}"


def invitation_mail(message: Message, clinic: Clinic) -> Mail:
    """The mail with the link of an invitation to work here. Raises NoLongerDue once it was accepted, withdrawn or is over."""
    invitation = StaffInvitation.objects.filter(pk=message.subject_id).select_related("clinic", "invited_by").first()
    if invitation is None or invitation.withdrawn_at:
        raise NoLongerDue("staff_withdrawn")
    if invitation.accepted_at:
        raise NoLongerDue("staff_accepted")
    if invitation.expires_at <= timezone.now():
        raise NoLongerDue("link_expired")
    with translation.override(invitation.language or clinic.language):
        return _invitation_mail(invitation, clinic)


def _invitation_mail(invitation: StaffInvitation, clinic: Clinic) -> Mail:
    until = formats.date_format(invitation.expires_at.astimezone(clinic.zone), "DATE_FORMAT")
    by = invitation.invited_by.display_name if invitation.invited_by else clinic.name
    paragraphs = [
        _("%(by)s invites you to work with Backlight at %(clinic)s.") % {"by": by, "clinic": clinic.name},
        link_of(invitation),
        _("The link works once, until %(day)s. It is yours alone: please do not pass it on.") % {"day": until},
        _("You do not know what this is about? Then do nothing; without the link nobody gets in."),
    ]
    return Mail(_("Invitation to %(clinic)s") % {"clinic": clinic.name}, "\n\n".join(paragraphs) + "\n", to=invitation.email)


def reset_mail(message: Message, clinic: Clinic) -> Mail:
    """The mail to a colleague whose sign-in was reset. Raises NoLongerDue when they have no access any more."""
    member = Membership.objects.filter(pk=message.subject_id, is_active=True).select_related("user").first()
    if member is None:
        raise NoLongerDue("staff_gone")
    with translation.override(member.user.language or clinic.language):
        paragraphs = [
            _("An administrator of %(clinic)s has reset your sign-in. You were signed out everywhere.") % {"clinic": clinic.name},
            _("Choose a new password here:"),
            password_link(member.user),
            _("The link works once, for %(days)s days.") % {"days": settings.PASSWORD_RESET_TIMEOUT // 86400},
            _("Second factors were removed. Set yours up again after signing in."),
            _("You did not ask for this? Call the clinic before you do anything else."),
        ]
        subject = _("Your sign-in for %(clinic)s was reset") % {"clinic": clinic.name}
        return Mail(subject, "\n\n".join(paragraphs) + "\n", to=member.user.email)
