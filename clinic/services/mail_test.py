"""One mail to a member of staff, to see whether mail leaves: by the same road as the outbox's, at once instead of by the poller."""

from __future__ import annotations

from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from clinic.services.operations import MAIL_TEST, record_operation
from clinic.services.signs_of_life import mail_error


def send_test_mail(*, to: str, language: str) -> str:
    """Send it and note whether it left; the code of what went wrong, or nothing. Takes EMAIL_TIMEOUT at the longest."""
    with translation.override(language):
        mail = EmailMessage(
            _("Test mail from Backlight"),
            _("Mail leaves Backlight and reaches you. Invitations to surveys take the same road."),
            to=[to],
            headers={"Auto-Submitted": "auto-generated"},
        )
    try:
        mail.send()
        error = ""
    except Exception as failure:  # noqa: BLE001 - whatever a mail server does is the answer
        error = mail_error(failure)
    record_operation(kind=MAIL_TEST, succeeded=not error, error=error)
    return error
