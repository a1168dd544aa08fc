"""The product's settings with one more middleware: the web process kills itself at the step of a request that the request names.

`X-Crash-At: 3` kills it before the third step, a step being a statement or a commit; `answer` when everything is stored and nothing
has been said. `count` harms nobody. The steps are counted in the connection itself, so that a new step of a write is a new point
without anybody naming it; the response says which step the last commit was.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpRequest, HttpResponse

from clinic.config.settings import *  # noqa: F403
from clinic.config.settings import MIDDLEWARE as OF_THE_PRODUCT

MIDDLEWARE = ["tests.drill.crash_point.crash_point", *OF_THE_PRODUCT]


def _end() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _database() -> Any:
    return connections[DEFAULT_DB_ALIAS]


class _Steps:
    """Counts what a request asks of the database, and ends the process before one of it."""

    def __init__(self, point: str) -> None:
        self.fatal, self.taken, self.last_commit = int(point) if point.isdigit() else 0, 0, 0

    def __call__(self, execute: Callable[..., Any], *call: Any) -> Any:
        self._next()
        return execute(*call)

    def commit(self) -> None:
        self._next()
        self.last_commit = self.taken
        database = _database()
        type(database)._commit(database)

    def _next(self) -> None:
        self.taken += 1
        if self.taken == self.fatal:
            _end()


def crash_point(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """See the module's description."""

    def middleware(request: HttpRequest) -> HttpResponse:
        point = request.headers.get("X-Crash-At", "")
        if not point:
            return get_response(request)
        steps = _Steps(point)
        database = _database()
        database.ensure_connection()  # the statements of a new connection are none of this request's
        database._commit = steps.commit
        try:
            with database.execute_wrapper(steps):
                response = get_response(request)
        finally:
            del database._commit
        if point == "answer":
            _end()
        response.headers["X-Last-Commit"] = str(steps.last_commit)
        return response

    return middleware
