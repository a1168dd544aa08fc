"""One door for writing: only functions marked `@writes` change clinic data, and none of them without an audit entry.

    @writes("visit.sign")
    def sign_visit(*, actor: Actor, visit: Visit) -> Visit:
        visit.signed_at = ...
        visit.save()
        audited(visit)
        return visit

The decorator opens the write gate (models refuse to be saved while it is shut), and writes the audit entries when the outermost
function returns. It makes neither a transaction nor a savepoint of its own: the boundary of the request, task or command does.
A function that turns out to have nothing to do says `nothing_to_write()`; one that says nothing at all is refused.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection, models, transaction

P = ParamSpec("P")
R = TypeVar("R")


class GateShut(RuntimeError):
    """Something tried to write outside a `@writes` function."""


class Unaudited(RuntimeError):
    """A `@writes` function returned without saying what it wrote; its transaction is rolled back."""


@dataclass(frozen=True)
class Actor:
    """Who acts: a member of staff, a patient's link, or the system itself in a task or command."""

    kind: str
    user_id: UUID | None = None
    roles: frozenset[str] = frozenset()
    request_id: str = ""
    address: str | None = None

    STAFF = "staff"
    LINK = "link"
    API = "api"
    TASK = "task"
    COMMAND = "command"


SYSTEM_TASK = Actor(kind=Actor.TASK)
SYSTEM_COMMAND = Actor(kind=Actor.COMMAND)


@dataclass
class Entry:
    """One line of the audit before it is written. `detail` holds codes and counts, never names, answers or notes."""

    action: str
    actor: Actor
    object_type: str = ""
    object_id: UUID | None = None
    patient_id: UUID | None = None
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass
class _Call:
    action: str
    actor: Actor
    spoken: bool = False


@dataclass
class _Gate:
    calls: list[_Call] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    touched: bool = False


_gate: ContextVar[_Gate | None] = ContextVar("write_gate", default=None)


def writes(action: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a service function as a writer. It takes keyword arguments only, `actor` among them."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{function.__name__}() takes keyword arguments only.")
            actor = kwargs.get("actor")
            if not isinstance(actor, Actor):
                raise TypeError(f"{function.__name__}() needs actor=.")
            if not connection.in_atomic_block:
                raise GateShut(f"{function.__name__}() runs inside a boundary's transaction.")
            return _through_the_gate(_Call(action, actor), lambda: function(*args, **kwargs))

        guarded.writes_action = action  # type: ignore[attr-defined]
        return guarded

    return decorate


def _through_the_gate(call: _Call, function: Callable[[], R]) -> R:
    gate = _gate.get()
    outermost = gate is None
    gate = gate or _Gate()
    token = _gate.set(gate) if outermost else None
    gate.calls.append(call)
    try:
        result = function()
        _demand_audit(call)
        if outermost and gate.entries:
            write_entries(gate.entries)
        return result
    except BaseException:
        # A refusal before the first write leaves the transaction usable for the page that explains it.
        if outermost and gate.touched:
            transaction.set_rollback(True)
        raise
    finally:
        gate.calls.pop()
        if token is not None:
            _gate.reset(token)


def _demand_audit(call: _Call) -> None:
    if not call.spoken:
        raise Unaudited(f"{call.action} wrote without an audit entry.")


def require_open_gate(model: type[models.Model]) -> None:
    """Called by models before they write. Raises GateShut outside a `@writes` function."""
    gate = _gate.get()
    if gate is None:
        raise GateShut(f"{model.__name__} is written by @writes functions only.")
    gate.touched = True


def audited(row: Any, *, patient_id: UUID | None = None, **detail: Any) -> None:
    """Say what the running `@writes` function has written. The patient is found by the model's own path unless given."""
    gate, call = _running()
    call.spoken = True
    gate.entries.append(
        Entry(
            action=call.action,
            actor=call.actor,
            object_type=row._meta.label,
            object_id=row.pk,
            patient_id=patient_id or patient_of(row),
            detail=detail,
        )
    )


def nothing_to_write() -> None:
    """Say that the running `@writes` function found the work already done."""
    _running()[1].spoken = True


def _running() -> tuple[_Gate, _Call]:
    gate = _gate.get()
    if gate is None or not gate.calls:
        raise GateShut("Only a running @writes function is audited.")
    return gate, gate.calls[-1]


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """Part of a running `@writes` function that is rolled back alone when it fails, with what it said to the audit."""
    gate, _call = _running()
    said = len(gate.entries)
    try:
        with transaction.atomic():
            yield
    except BaseException:
        del gate.entries[said:]
        raise


def patient_of(row: Any) -> UUID | None:
    """The person a row is about, by its `path_to_patient`; None for rows without personal data."""
    path = getattr(row, "path_to_patient", "")
    if not path:
        return None
    found: Any = row
    for step in path.split("."):
        found = getattr(found, step)
        if found is None:
            return None
    if not isinstance(found, UUID):
        raise TypeError(f"{type(row).__name__}.path_to_patient does not end in an id.")
    return found


def write_entries(entries: list[Entry]) -> None:
    """Write audit entries in one statement. A failure here fails the write that it is about."""
    from clinic.models import AuditEvent

    AuditEvent.write(entries)
