"""What a program's token may touch: an area of the interface, to read or to write. Never more than its owner may.

The area of an operation is the last word of its address that names one, so that no operation can be without.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic.models import Membership
from clinic.permissions import Permission, access_of

API = "/api/v1/"
READ, WRITE = "read", "write"
AREAS: dict[str, str | Promise] = {
    "patients": _("Patients and their consents, without names"),
    "merges": _("Two records of one person, to become one"),
    "imports": _("Files of other programs, brought in and taken back"),
    "courses": _("Courses of care and plans"),
    "visits": _("Visits"),
    "invitations": _("Invitations to surveys"),
    "responses": _("Answers"),
    "scores": _("Scores and trends"),
    "reports": _("Reports of totals"),
    "tasks": _("Tasks"),
    "devices": _("Devices and protocols"),
    "staff": _("Staff"),
    "settings": _("Settings of the clinic"),
    "messages": _("Messages"),
    "audit": _("Audit"),
}
EVERY_SCOPE = tuple(f"{area}:{what}" for area in AREAS for what in (READ, WRITE))
# Words of addresses that belong to an area of another name, and what is asked with a body although it changes nothing.
_BELONGS_TO = {"walk-in": "visits", "trend": "scores", "equipment": "devices", "protocols": "devices"}
_READS_BY_POST = ("patients", "search")


@dataclass(frozen=True)
class Operation:
    """One method of one address, with what it needs."""

    scope: str
    permissions: frozenset[Permission]


def scope_of(path: str, method: str) -> str:
    """The scope that a call needs, from its address (or its pattern) and method; empty outside of a clinic's part of the interface."""
    words = [word for word in path.removeprefix(API).split("/")[1:] if word]
    areas = [_BELONGS_TO.get(word, word) for word in words]
    area = next((area for area in reversed(areas) if area in AREAS), "")
    reads = method.upper() in {"GET", "HEAD", "OPTIONS"} or tuple(words) == _READS_BY_POST
    return f"{area}:{READ if reads else WRITE}" if area else ""


def offered_to(member: Membership) -> list[str]:
    """The scopes in which this member may do at least one thing, in the order of the areas."""
    usable = {each.scope for each in operations() if all(member.may(permission) for permission in each.permissions)}
    return [scope for scope in EVERY_SCOPE if scope in usable]


@cache
def operations() -> tuple[Operation, ...]:
    """Every operation of the interface, from its addresses."""
    return tuple(_operations())


def _operations() -> Iterator[Operation]:
    for route, pattern in _patterns(get_resolver().url_patterns, "/"):
        view, access = getattr(pattern.callback, "cls", None), access_of(pattern.callback)
        if view is None or access is None or access.permission is None or not route.startswith(API):
            continue
        for method in ("get", "post", "patch"):
            if hasattr(view, method):
                besides = getattr(view, "post_needs", None) if method != "get" else None
                yield Operation(scope_of(route, method), frozenset({access.permission, *([besides] if besides else [])}))


def _patterns(entries: Iterable[Any], before: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in entries:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry.url_patterns, route)
        else:
            yield route, entry
