"""Reads of a patient's record are audited too. A page says what it showed; the boundary writes it in the page's transaction."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from uuid import UUID

from clinic.writes import Actor, Entry, write_entries

_reads: ContextVar[list[Entry] | None] = ContextVar("reads_of_this_request", default=None)


def record_read(*, actor: Actor, patient_id: UUID | None, action: str, object_id: UUID | None = None) -> None:
    """Say that a patient's record was shown or exported ("record.read", "trend.read", …)."""
    entry = Entry(action=action, actor=actor, patient_id=patient_id, object_id=object_id)
    waiting = _reads.get()
    if waiting is None:
        write_entries([entry])
    else:
        waiting.append(entry)


@contextlib.contextmanager
def collecting_reads() -> Iterator[list[Entry]]:
    """Gather the reads of one request, to be written in one statement at its end."""
    waiting: list[Entry] = []
    token = _reads.set(waiting)
    try:
        yield waiting
    finally:
        _reads.reset(token)
