"""Whether the installation is well, and a mail to see whether mail leaves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest
from clinic.selectors.health import health_of
from clinic.selectors.messages import REASONS
from clinic.services.mail_test import send_test_mail


@requires(Permission.SEE_HEALTH)
@require_safe
def health(request: StaffRequest, clinic: str) -> HttpResponse:
    """Everything that can be well or not, with what to do."""
    return render(request, "clinic/health.html", {"health": health_of(request.clinic)})


@requires(Permission.SEE_HEALTH)
@require_POST
def mail_test(request: StaffRequest, clinic: str) -> HttpResponse:
    """Send a mail to oneself, now, and say whether it left."""
    to = request.membership.user.email
    error = send_test_mail(to=to, language=request.clinic.language)
    if error:
        why = REASONS.get(error) or _("the mail server refused it")
        messages.error(request, _("No mail left: %(why)s. Check EMAIL_URL and FROM_EMAIL.") % {"why": why})
    else:
        messages.success(request, _("A test mail left for %(address)s. Look whether it arrived, and not among the junk.") % {"address": to})
    return redirect("health", clinic=clinic)
