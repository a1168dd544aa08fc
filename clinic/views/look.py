"""Light or dark: a choice kept in this browser, sent with each request, so that the page is drawn right the first time."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from clinic.pages import THEME_COOKIE, THEMES
from clinic.permissions import public

LONGEST_ADDRESS = 2000
_YEAR_SECONDS = 365 * 24 * 3600


@public("keeps light or dark in the browser that asks, and stores nothing")
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Keep the choice and go back to the page it was made on; anything but light or dark follows the device again."""
    back = request.POST.get("next", "")
    # Only an address of ours, as pages send it: what has no slash in front would be taken for the name of a route.
    is_path = back.startswith("/") and len(back) <= LONGEST_ADDRESS
    allowed = is_path and url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    answer = HttpResponseRedirect(back if allowed else "/")
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        answer.set_cookie(THEME_COOKIE, theme, max_age=_YEAR_SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    else:
        answer.delete_cookie(THEME_COOKIE, samesite="Lax")
    return answer
