"""Inviting somebody to work here, and their way in."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from clinic.forms.staff import InviteForm, JoinForm
from clinic.links import enter_by_prefix
from clinic.models import StaffInvitation
from clinic.permissions import Permission, public, requires
from clinic.requests import PatientRequest, StaffRequest, posted
from clinic.selectors.staff import invitation_line, role_names
from clinic.services.organisation import StaffRefused
from clinic.services.staff_invitations import (
    InvitationGone,
    account_of,
    find_by_token,
    invite_again,
    invite_staff,
    join,
    join_as,
    link_of,
    withdraw_invitation,
)
from clinic.writes import Actor


@requires(Permission.MANAGE_STAFF, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new_staff(request: StaffRequest, clinic: str) -> HttpResponse:
    """Invite a person by mail; where no mail is set up the link is shown, once."""
    form = InviteForm(posted(request), initial={"language": request.clinic.language})
    by_mail = settings.MAIL_IS_SET_UP
    if request.method == "POST" and form.is_valid():
        try:
            invitation = invite_staff(actor=request.actor, invited_by=request.membership, by_mail=by_mail, **form.cleaned_data)
        except StaffRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _sent(request, invitation)
    return render(request, "clinic/staff_form.html", {"form": form, "by_mail": by_mail}, status=422 if form.errors else 200)


@requires(Permission.MANAGE_STAFF, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: StaffRequest, clinic: str, invited: UUID) -> HttpResponse:
    """An open invitation: send it again, or withdraw it."""
    found = get_object_or_404(StaffInvitation.objects.select_related("clinic"), pk=invited, accepted_at=None, withdrawn_at=None)
    if request.method != "POST":
        return render(request, "clinic/staff_invitation.html", {"line": invitation_line(found), "by_mail": settings.MAIL_IS_SET_UP})
    try:
        if "withdraw" in request.POST:
            withdraw_invitation(actor=request.actor, invitation=found)
            messages.success(request, _("The invitation is withdrawn. Its link opens nothing any more."))
            return redirect("staff", clinic=clinic)
        return _sent(request, invite_again(actor=request.actor, invitation=found, by_mail=settings.MAIL_IS_SET_UP))
    except StaffRefused as refused:
        messages.warning(request, str(refused))
        return redirect("staff", clinic=clinic)


def _sent(request: StaffRequest, invitation: StaffInvitation) -> HttpResponse:
    link = "" if settings.MAIL_IS_SET_UP else link_of(invitation)
    return render(request, "clinic/staff_link.html", {"name": invitation.name, "email": invitation.email, "link": link})


@public("whoever holds the link of an invitation to work here accepts it; the page shows that invitation and nothing else")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def staff_join(request: PatientRequest, token: str) -> HttpResponse:
    """The page behind the link. Looking at it changes nothing; an address known from another clinic accepts after signing in."""
    prefix, _dot, secret = token.partition(".")
    found = find_by_token(secret) if enter_by_prefix(prefix) else None
    if found is None:
        return render(request, "clinic/staff_join_gone.html", status=404)
    try:
        return _join_with_account(request, found) if account_of(found) is not None else _join_anew(request, found)
    except InvitationGone:
        return render(request, "clinic/staff_join_gone.html", status=404)


def _join_anew(request: PatientRequest, invitation: StaffInvitation) -> HttpResponse:
    form = JoinForm(posted(request), invitation=invitation)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            join(actor=request.actor, invitation=invitation, name=data["name"], password=data["password"])
        except ValidationError as refused:
            form.add_error("password", refused)
        else:
            messages.success(request, _("Welcome. Sign in with your e-mail and the password that you have just chosen."))
            return redirect("account_login")
    shown = {"invitation": invitation, "roles": role_names(invitation.roles), "form": form, "language": get_language()}
    return render(request, "clinic/staff_join.html", shown, status=422 if form.errors else 200)


def _join_with_account(request: PatientRequest, invitation: StaffInvitation) -> HttpResponse:
    user = request.user
    if request.method == "POST" and not user.is_authenticated:
        return redirect_to_login(request.path)
    is_theirs = user.is_authenticated and user.email == invitation.email
    if request.method == "POST" and user.is_authenticated and is_theirs:
        join_as(actor=replace(request.actor, kind=Actor.STAFF, user_id=user.pk), invitation=invitation, user=user)
        messages.success(request, _("Welcome to %(clinic)s.") % {"clinic": invitation.clinic.name})
        return redirect("home")
    shown = {"invitation": invitation, "roles": role_names(invitation.roles), "is_theirs": is_theirs, "signed_in": user.is_authenticated}
    return render(request, "clinic/staff_join.html", shown, status=403 if request.method == "POST" else 200)
