"""What machines ask: a load balancer, an orchestrator. They learn one word, and no more."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from clinic.operation.metrics import exposition
from clinic.permissions import public
from clinic.selectors.installation import pending_migrations, unsafe_database_settings


@public("says that the process answers, nothing else", without_database=True)
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """200 while the process answers, whatever the database does: a restart would not help that."""
    return _word("alive")


@public("says whether requests can be served, in one word", without_database=True)
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when PostgreSQL answers, fits this program and keeps what it acknowledges; else 503 and the word for what is missing."""
    try:
        if pending_migrations():
            return _word("migrations", 503)
        return _word("durability", 503) if unsafe_database_settings() else _word("ready")
    except DatabaseError:
        connection.close()
        return _word("database", 503)


@public("numbers about the installation for whoever holds METRICS_TOKEN; nothing about a clinic or a person", without_database=True)
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' numbers; no such page without METRICS_TOKEN."""
    if not settings.METRICS_TOKEN:
        raise Http404
    if not hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
        refusal = _word("unauthorized", 401)
        refusal.headers["WWW-Authenticate"] = "Bearer"
        return refusal
    return HttpResponse(exposition(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _word(word: str, status: int = 200) -> HttpResponse:
    return HttpResponse(word + "\n", status=status, content_type="text/plain")
