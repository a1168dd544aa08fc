"""Who works here, and what they may do."""

from __future__ import annotations

from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clinic.forms.staff import EditStaffForm, StaffForm
from clinic.models import Membership, User
from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest
from clinic.selectors.staff import is_last_administrator, staff_lines
from clinic.services.organisation import StaffRefused, add_staff, change_staff


@requires(Permission.MANAGE_STAFF)
@require_GET
def staff(request: StaffRequest, clinic: str) -> HttpResponse:
    """Everybody with their roles."""
    return render(request, "clinic/staff.html", {"lines": staff_lines()})


@requires(Permission.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def new_staff(request: StaffRequest, clinic: str) -> HttpResponse:
    """Add a person. Somebody new to the product gets a link, shown once, to choose a password with."""
    form = StaffForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "clinic/staff_form.html", {"form": form}, status=422 if form.errors else 200)
    data = form.cleaned_data
    try:
        member = add_staff(actor=request.actor, email=data["email"], name=data["name"], roles=data["roles"])
    except StaffRefused as refused:
        form.add_error(None, str(refused))
        return render(request, "clinic/staff_form.html", {"form": form}, status=422)
    # A person known from elsewhere has a password already; a link for theirs is nobody else's to see.
    link = _password_link(member.user) if not member.user.has_usable_password() and member.user.last_login is None else ""
    return render(request, "clinic/staff_added.html", {"added": member, "link": link})


def _password_link(user: User) -> str:
    who, key = user_pk_to_url_str(user), default_token_generator.make_token(user)
    return f"{settings.SITE_URL}{reverse('account_reset_password_from_key', kwargs={'uidb36': who, 'key': key})}"


@requires(Permission.MANAGE_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_staff(request: StaffRequest, clinic: str, member: UUID) -> HttpResponse:
    """Change roles, or end access. The last administrator stays."""
    who = get_object_or_404(Membership.objects.select_related("user"), pk=member)
    form = EditStaffForm(request.POST or None, member=who)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            change_staff(actor=request.actor, member=who, roles=data["roles"], is_active=data["is_active"], display_name=data["name"])
        except StaffRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved. It counts from that person's next page on."))
            still_manages = who.pk != request.membership.pk or who.may(Permission.MANAGE_STAFF)
            return redirect("staff", clinic=clinic) if still_manages else redirect("home")
    shown = {"form": form, "who": who, "is_last_administrator": is_last_administrator(who)}
    return render(request, "clinic/staff_form.html", shown, status=422 if form.errors else 200)
