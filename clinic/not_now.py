"""What PostgreSQL says when it cannot serve a request at this moment. Each is answered with 503 and Retry-After, never with 500."""

from __future__ import annotations

from enum import Enum

from django.db import InterfaceError, OperationalError

# By SQLSTATE, or by its class: https://www.postgresql.org/docs/current/errcodes-appendix.html
_IN_USE = {"55P03", "40001", "40P01"}  # lock timeout, serialisation failure, deadlock
_TOO_LONG = {"57014"}  # statement timeout
# Connection failures; too many connections, no memory, disk full; shut down or starting up; failures of the disk; sat idle too long.
_AWAY = ("08", "53", "57P", "58", "25P03")


class NotNow(Enum):
    """Why not now."""

    IN_USE = "in_use"
    TOO_LONG = "too_long"
    AWAY = "away"


def not_now(error: BaseException | None) -> NotNow | None:
    """Why the database could not serve this; None for everything that another try would not mend."""
    if isinstance(error, InterfaceError):
        return NotNow.AWAY
    if not isinstance(error, OperationalError):
        return None
    code = getattr(error.__cause__, "sqlstate", None)
    if code is None or code.startswith(_AWAY):  # without a code, nobody was there to give one
        return NotNow.AWAY
    if code in _IN_USE:
        return NotNow.IN_USE
    return NotNow.TOO_LONG if code in _TOO_LONG else None
