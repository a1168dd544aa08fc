"""The words of the messages this floor sends. No complaint, no answer, no score, no body part stands in any of them."""

from __future__ import annotations

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from clinic.models import Clinic, Message
from clinic.services.messages import Mail, NoLongerDue
from outcomes.models import Invitation
from outcomes.services.invitations import link_of


def invitation_mail(message: Message, clinic: Clinic) -> Mail:
    """The mail with a survey's link. Raises NoLongerDue once the survey was answered, withdrawn, or its time is over."""
    invitation = Invitation.objects.filter(pk=message.subject_id).select_related("clinic").first()
    if invitation is None or invitation.state == Invitation.State.REVOKED:
        raise NoLongerDue("invitation_withdrawn")
    if invitation.state == Invitation.State.ANSWERED:
        raise NoLongerDue("already_answered")
    if invitation.expires_at <= timezone.now():
        raise NoLongerDue("link_expired")
    until = formats.date_format(invitation.expires_at.astimezone(clinic.zone), "DATE_FORMAT")
    paragraphs = [
        _("%(clinic)s asks you to answer a few short questions. It takes a few minutes.") % {"clinic": clinic.name},
        link_of(invitation),
        _("The link works until %(day)s. It is yours alone: please do not pass it on.") % {"day": until},
        _("Nobody watches the answers live. If you need help now, call your clinic or the emergency number."),
    ]
    if clinic.telephone:
        paragraphs.append(_("%(clinic)s, telephone %(telephone)s") % {"clinic": clinic.name, "telephone": clinic.telephone})
    paragraphs.append(_("You do not want such messages any more? Tell the clinic; your treatment does not depend on it."))
    return Mail(_("A few questions from %(clinic)s") % {"clinic": clinic.name}, "\n\n".join(paragraphs) + "\n")
