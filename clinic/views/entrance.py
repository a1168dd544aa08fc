"""The way in: from the bare address to the clinic one works in."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from clinic.models import Membership, User
from clinic.pages import navigation
from clinic.permissions import signed_in
from clinic.scoping import all_clinics


@signed_in("leads to one's own clinics, and names no other")
def home(request: HttpRequest) -> HttpResponse:
    """To the only clinic's first page, or a choice of one's clinics."""
    rows = all_clinics(Membership, reason="one's own memberships, by the policy own_membership")
    user = cast("User", request.user)
    own = list(rows.select_related("clinic").filter(user=user, is_active=True).order_by("clinic__name"))
    if len(own) == 1:
        return redirect(first_page(request, own[0]))
    return render(request, "clinic/choose_clinic.html", {"choices": [(m.clinic.name, first_page(request, m)) for m in own]})


def first_page(request: HttpRequest, member: Membership) -> str:
    """Where this member's work begins: the first entry of the navigation."""
    request.membership, request.clinic = member, member.clinic  # type: ignore[attr-defined]
    entries = navigation(request)
    request.membership = request.clinic = None  # type: ignore[attr-defined]
    return entries[0]["url"] if entries else reverse("account_logout")
