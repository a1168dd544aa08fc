"""One's own sign-in: password, second factors, and where one is signed in."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from clinic.models import User
from clinic.permissions import signed_in
from clinic.selectors.organisation import own_clinics
from clinic.selectors.own_sign_in import own_sign_in
from clinic.services.signed_in import sign_out_browser, sign_out_others

_OWN = "one's own sign-in, and nothing of a clinic but its name"


@signed_in(_OWN)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Everything about one's own sign-in on one page."""
    user = cast("User", request.user)
    clinics = own_clinics(user)
    own = own_sign_in(user, request.session.session_key)
    asking = [] if own.has_factor else [clinic.name for clinic in clinics if clinic.require_second_factor]
    zone = clinics[0].time_zone if clinics else "UTC"
    return render(request, "clinic/own_sign_in.html", {"own": own, "asking": asking, "zone": zone, "clinics": clinics})


@signed_in(_OWN)
@require_POST
def sign_out_one(request: HttpRequest, browser: UUID) -> HttpResponse:
    """Sign out in another browser."""
    if not sign_out_browser(user=cast("User", request.user), browser=browser):
        raise Http404
    messages.success(request, _("Signed out there."))
    return redirect("own_sign_in")


@signed_in(_OWN)
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    number = sign_out_others(user=cast("User", request.user), session=request.session)
    words = ngettext("Signed out in %(n)s other browser.", "Signed out in %(n)s other browsers.", number)
    messages.success(request, words % {"n": number} if number else _("You are signed in here only."))
    return redirect("own_sign_in")
