"""One boundary around every request: transaction, scope, permission, audit.

The boundary is the innermost middleware, so that its transaction covers the view *and* the rendering of its template, and so that
a refusal is answered before any view runs. A response of 400 or above rolls back; what was refused is audited after that.
"""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.views import redirect_to_login
from django.db import InterfaceError, OperationalError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import urlencode

from clinic import pages
from clinic.api_scopes import scope_of
from clinic.api_tokens import Holder, bearer_token, holder_of_token
from clinic.members import member_of_person
from clinic.models import Clinic, Membership, PlatformEvent
from clinic.not_now import not_now
from clinic.permissions import Access, Permission, access_of
from clinic.reads import collecting_reads
from clinic.requests import route_name
from clinic.scoping import enter, no_scope_yet
from clinic.selectors.second_factors import has_second_factor
from clinic.signing_in.accounts import lately_proved
from clinic.signing_in.rate_limits import over_the_limit
from clinic.writes import Actor, Entry, write_entries

GetResponse = Callable[[HttpRequest], HttpResponse]

log = logging.getLogger("clinic.requests")


def request_id(get_response: GetResponse) -> GetResponse:
    """Give the request an id and the caller's address, and keep health data out of every cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        request.request_id = uuid.uuid4().hex  # type: ignore[attr-defined]
        response = get_response(request)
        if log.isEnabledFor(logging.INFO):
            _log(request, response.status_code, time.perf_counter() - began)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Request-Id"] = request.request_id  # type: ignore[attr-defined]
        return response

    return middleware


def _log(request: HttpRequest, status: int, seconds: float) -> None:
    """One line per request, where LOG_REQUESTS asks for it: the route, never the address, which may hold a secret."""
    told = {"request_id": request.request_id, "route": route_name(request), "method": request.method}  # type: ignore[attr-defined]
    log.info("request", extra=told | {"status": status, "ms": round(seconds * 1000, 1)})


def client_address(request: HttpRequest) -> str | None:
    """The caller's address, as far as the configured number of trusted proxies says."""
    proxies: int = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    told = [forwarded[-proxies]] if proxies and len(forwarded) >= proxies else []
    # What is no address ("unknown", one with a port) must not reach the column of the audit.
    for text in (*told, str(request.META.get("REMOTE_ADDR") or "")):
        with contextlib.suppress(ValueError):
            return str(ipaddress.ip_address(text))
    return None


class SessionLimits:
    """A staff session ends after a time without use, and after a day's work at the latest. Nothing in a request changes that."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Before anything else looks at who is signed in: an ended session must not be shown one last page.
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not _is_no_use(request):
            _end_or_extend(request)
        return self.get_response(request)


def _is_no_use(request: HttpRequest) -> bool:
    """A patient's pages on a tablet that belongs to staff are no use of the staff session; nor is what monitors ask."""
    try:
        access = access_of(resolve(request.path_info).func)
    except Resolver404:
        return False
    return access is not None and (access.patient_link or access.without_database)


def _end_or_extend(request: HttpRequest) -> None:
    if not request.session.get("_auth_user_id"):
        return
    now = timezone.now().timestamp()
    started = request.session.get("started_at", now)
    seen = request.session.get("seen_at", now)
    if now - started > settings.SESSION_ABSOLUTE_SECONDS or now - seen > settings.SESSION_IDLE_SECONDS:
        logout(request)
    elif "started_at" not in request.session or now - seen > 60:  # noted once a minute: no write for every request
        request.session["started_at"], request.session["seen_at"] = started, now


class Boundary:
    """See the module's description. Routes without a declaration are third-party ones on the allow-list of clinic.checks."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.clinic = request.membership = None  # type: ignore[attr-defined]
        request.actor = _actor(request)  # type: ignore[attr-defined]
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return self.get_response(request)
        access = access_of(match.func)
        if access is None or access.without_database:
            return self.get_response(request)
        if access.permission or access.signed_in:
            # Session and user are read before the transaction, whose first statement is to be the scope.
            bool(getattr(request, "user", None) and request.user.is_authenticated)
        try:
            if access.permission and request.path_info.startswith("/api/"):
                refusal = over_the_limit(request, client_address(request))
                if refusal is not None:
                    return refusal
            return self._inside(request, access, match.kwargs)
        except (OperationalError, InterfaceError) as error:  # before the view, or after it: the audit of reads waits for the counter
            why = not_now(error)
            if why is None:
                raise
            return pages.try_again(request, why)

    def _inside(self, request: HttpRequest, access: Access, kwargs: dict[str, Any]) -> HttpResponse:
        with no_scope_yet(), collecting_reads() as reads, transaction.atomic():
            response = _admit(request, access, kwargs)
            if response is None:
                with timezone.override(request.clinic.zone if request.clinic else None):  # type: ignore[attr-defined]
                    response = self.get_response(request)
            if response.streaming and not getattr(response, "is_file", False):
                raise RuntimeError("A streamed response would be read after its scope has ended. Spool it.")
            if response.status_code >= 400 or connection.needs_rollback:
                transaction.set_rollback(True)
            elif reads:
                write_entries(reads)
        if response.status_code in (401, 403, 404):
            _audit_refusal(request, response.status_code)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 503 with Retry-After when the database cannot serve this now; leave everything else to Django."""
        why = not_now(error)
        return pages.try_again(request, why) if why else None


def _actor(request: HttpRequest, member: Membership | None = None, kind: str = Actor.STAFF) -> Actor:
    return Actor(
        kind=kind if member else Actor.LINK,
        user_id=member.user_id if member else None,
        roles=frozenset(member.roles) if member else frozenset(),
        request_id=getattr(request, "request_id", ""),
        address=client_address(request),
    )


def _admit(request: HttpRequest, access: Access, kwargs: dict[str, Any]) -> HttpResponse | None:
    """Open the scope that the route's declaration demands, or answer why not. None means: go in."""
    if access.permission is not None:
        return _admit_member(request, access, str(kwargs.get("clinic", "")))
    if access.signed_in and not request.user.is_authenticated:
        # Nobody can sign in to an installation without a clinic.
        return redirect_to_login(request.get_full_path()) if Clinic.objects.exists() else redirect("setup")
    if access.signed_in:
        _tell_user(request.user.pk)
    return None


def _admit_member(request: HttpRequest, access: Access, slug: str) -> HttpResponse | None:
    token = bearer_token(request)
    holder: Holder | None = None
    if token is not None:
        holder = holder_of_token(token, slug)
        member, kind = (holder.member if holder else None), Actor.API
    elif request.user.is_authenticated:
        member, kind = member_of_person(request.user.pk, slug), Actor.STAFF
    else:
        return _unknown(request)
    if member is None and token is not None:
        return _unknown(request)
    if member is None:
        # Another clinic's page answers exactly as one that does not exist.
        return pages.not_found(request, Http404())
    request.membership, request.clinic = member, member.clinic  # type: ignore[attr-defined]
    request.actor = _actor(request, member, kind)  # type: ignore[attr-defined]
    enter(member.clinic_id, told=True)
    # A program's token was created behind a step-up, and can be revoked: it is asked neither for a factor nor again.
    if token is None and member.clinic.require_second_factor and not has_second_factor(member.user_id):
        return _set_up_first(request)
    if access.permission is not None and not member.may(access.permission) and not _in_emergency(request, access, member):
        return pages.forbidden(request)
    if holder is not None and (scope := scope_of(request.path_info, request.method or "")) not in holder.scopes:
        return JsonResponse({"error": "scope_missing", "message": f"This token lacks the scope {scope}."}, status=403)
    if access.step_up and token is None and not lately_proved(request):
        return _prove_again(request)
    return None


def _in_emergency(request: HttpRequest, access: Access, member: Membership) -> bool:
    """Whether a named person may come in to read: which record they have opened, the page itself asks."""
    reads = request.method in {"GET", "HEAD"} and bearer_token(request) is None
    return access.in_emergency and reads and member.may(Permission.OPEN_IN_EMERGENCY)


def _set_up_first(request: HttpRequest) -> HttpResponse:
    """The clinic asks for a second factor, and this person has none yet: nothing of it but the way to one."""
    if request.path_info.startswith("/api/"):
        return JsonResponse({"error": "second_factor_needed", "message": "Set up a second factor in the browser first."}, status=403)
    return redirect("own_sign_in")


def _prove_again(request: HttpRequest) -> HttpResponse:
    """To the page that asks for password or passkey, and back by GET: what was posted is not kept anywhere."""
    if request.path_info.startswith("/api/"):
        return JsonResponse({"error": "step_up_needed", "message": "Confirm in the browser that it is you, then try again."}, status=403)
    query = urlencode({REDIRECT_FIELD_NAME: request.get_full_path() if request.method == "GET" else request.path})
    return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{query}")


def _unknown(request: HttpRequest) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        answer = JsonResponse({"error": "not_authenticated", "message": "A valid token or a session is needed."}, status=401)
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer
    return redirect_to_login(request.get_full_path())


def _tell_user(user_id: uuid.UUID | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.user', %s, true), set_config('app.clinics', '', true)", [str(user_id)])


def _audit_refusal(request: HttpRequest, status: int) -> None:
    """A refusal leaves its trace in a transaction of its own, after the refused one was rolled back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    with no_scope_yet(), transaction.atomic():
        if request.clinic is not None:  # type: ignore[attr-defined]
            enter(request.clinic.pk)  # type: ignore[attr-defined]
            write_entries([Entry(action="refused", actor=actor, detail={"status": status, "method": request.method})])
            return
        user = getattr(request, "user", None)
        known = user is not None and user.is_authenticated
        PlatformEvent.objects.create(
            action="refused",
            user_id=user.pk if known and user is not None else None,
            request_id=actor.request_id,
            address=actor.address,
            detail={"status": status, "method": request.method},
        )
