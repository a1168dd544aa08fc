"""The page behind a reminder's link. Looking at it changes nothing: mail programs follow links by themselves."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from clinic.links import enter_by_prefix
from clinic.permissions import patient_link
from clinic.requests import PatientRequest
from sessions.models import Visit
from sessions.services.reminders import say_cannot_come, visit_of_link

BECAUSE = "a reminder's link is the way in; it shows the time of one visit and no name"


@csrf_exempt  # the secret in the address is the proof, and the page sends no referrer
@patient_link(BECAUSE)
@require_http_methods(["GET", "HEAD", "POST"])
def cannot_come(request: PatientRequest, token: str) -> HttpResponse:
    """The visit's time and one button; pressing it puts a task on the worklist, and the visit stays booked until somebody called."""
    visit = _visit(token)
    language = visit.course.patient.language if visit else translation.get_language() or "en"
    told = visit is not None and request.method == "POST"
    if visit is not None and told:
        request.clinic = visit.clinic
        say_cannot_come(actor=request.actor, visit=visit)
    shown = {"visit": visit, "told": told, "clinic": visit.clinic if visit else None, "messages": ()}
    with translation.override(language), timezone.override(visit.clinic.zone if visit else None):
        response = render(request, "sessions/cannot_come.html", shown, status=200 if visit else 404)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _visit(token: str) -> Visit | None:
    prefix, _dot, rest = token.partition(".")
    key, _dot, secret = rest.partition(".")
    return visit_of_link(key, secret) if enter_by_prefix(prefix) else None
