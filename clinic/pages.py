"""What all pages share: the context of every template, and the pages for refusals and faults, which ask the database nothing."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from clinic.local.demo import Demo
from clinic.not_now import NotNow, not_now
from clinic.permissions import Permission

THEME_COOKIE = "look"
THEMES = ("light", "dark")  # without a choice, the page follows the device


def context(request: HttpRequest) -> dict[str, Any]:
    """Clinic, member, permissions and navigation for staff pages; next to nothing for everyone else."""
    member = getattr(request, "membership", None)
    clinic = getattr(request, "clinic", None)
    shared: dict[str, Any] = {"demo": clinic.is_demo if clinic else settings.DEMO, "clinic": clinic, "member": member}
    shared["theme"] = theme if (theme := request.COOKIES.get(THEME_COOKIE)) in THEMES else ""
    if member is not None:
        shared["may"] = {permission.name.lower(): True for permission in member.permissions}
        shared["navigation"] = navigation(request)
        shared["waiting"] = SimpleLazyObject(lambda: waiting(request))
        shared["home_url"] = next((entry["url"] for entry in shared["navigation"]), "/")
        if member.may(Permission.FIND_PATIENTS):
            shared["search_url"] = reverse("patients", kwargs={"clinic": request.clinic.slug})  # type: ignore[attr-defined]
        shared["filling_in"] = settings.DEMO and Demo.in_folder(settings.DATA_DIR).unfinished()
    return shared


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The header's links that this member may follow."""
    member, slug = request.membership, request.clinic.slug  # type: ignore[attr-defined]
    entries = []
    for name, label, permission in import_string(settings.NAVIGATION):
        if member.may(permission):
            url = reverse(name, kwargs={"clinic": slug})
            entries.append({"url": url, "label": label, "current": request.path.startswith(url)})
    return entries


def waiting(request: HttpRequest) -> list[dict[str, str]]:
    """What waits for this member, counted when the header asks: one statement each, and nothing that is none."""
    member, clinic = request.membership, request.clinic  # type: ignore[attr-defined]
    entries = []
    for name, query, words, permission, selector in import_string(settings.WAITING):
        number = import_string(selector)(clinic) if member.may(permission) else 0
        if number:
            entries.append({"url": reverse(name, kwargs={"clinic": clinic.slug}) + query, "label": words(number)})
    return entries


def link_above(slug: str, page: str, **ids: Any) -> str:
    """The address of an upper floor's page, by the word that the composition root gives it. Raises KeyError for another word."""
    return reverse(import_string(settings.PAGES_ABOVE)[page], kwargs={"clinic": slug, **ids})


def _answer(request: HttpRequest, status: int, code: str, message: str) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        return JsonResponse({"error": code, "message": message}, status=status)
    return render(request, f"{status}.html", status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, without repeating what was sent."""
    return _answer(request, 400, "bad_request", "The request could not be understood.")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: a member of this clinic whose roles do not permit this."""
    return _answer(request, 403, "forbidden", "Your role does not permit this.")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same for what does not exist and for what belongs to another clinic."""
    return _answer(request, 404, "not_found", "There is nothing at this address.")


def server_error(request: HttpRequest) -> HttpResponse:
    """500, without details; 503 where the database was away before the boundary was reached (session, sign-in)."""
    why = not_now(sys.exc_info()[1])
    return try_again(request, why) if why else _answer(request, 500, "server_error", "Something went wrong on our side.")


_SECRET_FIELDS = {"again", "code", "credential", "token"}
_WHY = {
    NotNow.IN_USE: ("2", "The record is in use. Nothing was stored; try again in a moment."),
    NotNow.TOO_LONG: ("10", "This took too long and was stopped. Nothing was stored; ask for less, or try again later."),
    NotNow.AWAY: ("5", "The database cannot be reached. Nothing was stored; try again in a moment."),
}


def try_again(request: HttpRequest, why: NotNow) -> HttpResponse:
    """503 with Retry-After: nothing was stored. The page holds what was sent, and sends it again by one press."""
    seconds, message = _WHY[why]
    if request.path_info.startswith("/api/"):
        answer: HttpResponse = JsonResponse({"error": "try_again", "message": message}, status=503)
    else:
        answer = render(request, "503.html", {"why": why.value, "sent": _sent(request), "is_form": request.method == "POST"}, status=503)
    answer.headers["Retry-After"] = seconds
    return answer


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form had sent, for it to be sent again; nothing of one with a file, which no page can put back, or with a secret."""
    if request.method != "POST":
        return []
    try:
        sent = [(str(name), str(value)) for name, values in request.POST.lists() for value in values]
        secret = any("password" in name or name in _SECRET_FIELDS for name, _value in sent)
        return [] if request.FILES or secret else sent
    except (OSError, SuspiciousOperation):  # the body broke off, or was more than is taken
        return []


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that did not come from our own page, or whose page was open for too long."""
    return _answer(request, 403, "csrf", "This form was open for too long. Load the page again.")
