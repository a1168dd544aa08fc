"""The setup page of an installation without a clinic."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from clinic.forms.setup import CodeForm, SetupForm
from clinic.middleware import client_address
from clinic.models import Membership
from clinic.permissions import public
from clinic.requests import posted
from clinic.services.setup import SetupRefused, admit, is_admitted, is_open, set_up
from clinic.services.signed_in import note_sign_in
from clinic.writes import Actor


@public("the first clinic is set up before anybody can sign in; a code that the server printed opens it")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """First the code, then the clinic; refused as soon as there is one."""
    if not is_open():
        return render(request, "clinic/setup_closed.html", status=403)
    if not is_admitted(request.session):
        return _ask_for_code(request)
    form = SetupForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            member = _found(request, form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, ValidationError(refused.messages))
        except SetupRefused:
            return redirect("setup")
        else:
            login(request, member.user, backend=settings.AUTHENTICATION_BACKENDS[0])
            note_sign_in(user=member.user, session=request.session, agent=request.headers.get("User-Agent", ""))
            return redirect("first_steps", clinic=member.clinic.slug)
    return render(request, "clinic/setup.html", {"form": form}, status=422 if form.errors else 200)


def _ask_for_code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST if "code" in request.POST else None)
    if form.is_bound and form.is_valid():
        if admit(request.session, form.cleaned_data["code"]):
            return redirect("setup")
        form.add_error("code", _("This code is not valid, or no longer. `manage.py setup_token` prints a new one."))
    # Not an error's status: that would take back the count of wrong tries.
    return render(request, "clinic/setup_code.html", {"form": form})


def _found(request: HttpRequest, data: dict[str, Any]) -> Membership:
    basics = ("name", "organisation", "time_zone", "language", "country", "telephone")
    return set_up(
        actor=Actor(kind=Actor.STAFF, request_id=getattr(request, "request_id", ""), address=client_address(request)),
        browser=request.session,
        clinic={name: data[name] for name in basics},
        administrator={"email": data["email"], "name": data["person"], "password": data["password"], "roles": data["roles"]},
        demo=data["begin"] == "demo",
    )
