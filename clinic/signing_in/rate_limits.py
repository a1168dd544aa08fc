"""How many calls of the interface are answered in a minute: by token, by person, by address.

Counted in PostgreSQL, by its clock, in one statement before the call's own transaction: a count that was part of it would vanish with
a refused call, and would let one program's calls wait for each other. The table is not logged, so the count waits for no disk.
"""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from clinic.api_tokens import bearer_token, hash_token

WINDOW_SECONDS = 60
_OF_MANY_PROGRAMS = 4  # behind one address there may be several programs, each with its own limit
_COUNT = f"""
INSERT INTO clinic_callcount AS known (caller, started_at, calls) VALUES {{rows}}
ON CONFLICT (caller) DO UPDATE SET
    calls = CASE WHEN known.started_at > excluded.started_at - interval '{WINDOW_SECONDS} s' THEN known.calls + 1 ELSE 1 END,
    started_at = CASE WHEN known.started_at > excluded.started_at - interval '{WINDOW_SECONDS} s' THEN known.started_at
        ELSE excluded.started_at END
RETURNING caller, calls, ceil(extract(epoch FROM started_at - clock_timestamp()))::int + {WINDOW_SECONDS}
"""  # noqa: S608 - a number of our own


def over_the_limit(request: HttpRequest, address: str | None) -> HttpResponse | None:
    """Count this call; the answer that says when to come again, or None while the caller may go on."""
    limits = {caller: limit for caller, limit in _callers(request, address).items() if limit}
    if not limits:
        return None
    with connection.cursor() as cursor:
        values = ", ".join(["(%s, clock_timestamp(), 1)"] * len(limits))
        cursor.execute(_COUNT.format(rows=values), sorted(limits))  # always in one order: two calls never wait for each other's rows
        counted = cursor.fetchall()
    waits = [seconds for caller, calls, seconds in counted if calls > limits[caller]]
    return _later(max(1, *waits)) if waits else None


def _callers(request: HttpRequest, address: str | None) -> dict[str, int]:
    token = bearer_token(request)
    if token is not None:
        named, anybody = f"token:{hash_token(token)}", f"programs:{address}"
        return {named: settings.API_CALLS_PER_MINUTE, anybody: settings.API_CALLS_PER_MINUTE * _OF_MANY_PROGRAMS}
    if request.user.is_authenticated:
        return {f"person:{request.user.pk}": settings.API_CALLS_PER_MINUTE}
    return {f"address:{address}": settings.API_ANONYMOUS_CALLS_PER_MINUTE}


def _later(seconds: int) -> HttpResponse:
    message = f"Too many calls. Nothing was stored; try again in {seconds} seconds."
    answer = JsonResponse({"error": "too_many_calls", "message": message}, status=429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def forget_counts() -> int:
    """Drop the counts of minutes long gone; how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM clinic_callcount WHERE started_at < clock_timestamp() - interval '1 hour'")
        return int(cursor.rowcount)
