"""The calendar feed of one person: making its address, and what the address answers."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clinic.api_tokens import MOST_DAYS, create_api_token, holder_of_token
from clinic.links import enter_by_prefix
from clinic.models import Clinic
from clinic.permissions import Permission, patient_link, requires
from clinic.requests import PatientRequest, StaffRequest
from sessions.selectors.feed import feed_of


@requires(Permission.SEE_SCHEDULE)
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_feeds(request: StaffRequest, clinic: str) -> HttpResponse:
    """Make the secret address of one's own feed. It is shown this once; it ends with the key of its name."""
    address = ""
    if request.method == "POST":
        # A key without any scope: it opens this feed and nothing of the interface.
        key = create_api_token(actor=request.actor, membership=request.membership, name=_("Calendar feed"), scopes=(), days=MOST_DAYS)
        address = settings.SITE_URL + reverse("calendar_feed", kwargs={"token": key})
    response = render(request, "sessions/calendar_feeds.html", {"address": address})
    response.headers["Cache-Control"] = "no-store"
    return response


@patient_link("the secret in the address is the way in; it shows the times of one colleague's visits and no name")
@require_safe
def calendar_feed(request: PatientRequest, token: str) -> HttpResponse:
    """The feed. An unknown, revoked or expired key, and one that was made for something else, answer alike."""
    clinic_id = enter_by_prefix(token.removeprefix("bl_").partition("_")[0])
    if clinic_id is None:
        return HttpResponse(status=404)
    clinic = Clinic.objects.get(pk=clinic_id)
    holder = holder_of_token(token, clinic.slug)
    if holder is None or holder.scopes or not holder.member.may(Permission.SEE_SCHEDULE):
        return HttpResponse(status=404)
    with translation.override(clinic.language):
        written = feed_of(holder.member, clinic, timezone.now())
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "private, no-store"
    return response
