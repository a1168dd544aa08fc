"""Who opened or changed what of whom. Read from the audit; no answer, name of a complaint or note stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from clinic.models import AuditEvent
from clinic.selectors.audit_words import DetailWords
from clinic.writes import Actor

PAGE_SIZE = 50
MOST_EXPORTED = 10_000


@dataclass(frozen=True)
class Wanted:
    """Which part of the audit is asked for; None and "" ask for all. Days are the clinic's."""

    patient: UUID | None = None
    person: UUID | None = None
    action: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class AuditLine:
    """One event as the page says it. `whom`: the colleague it was about. `whose`: the record number; a merged record's own stays."""

    sequence: int
    at: datetime
    who: str
    as_what: str
    action: str
    what: str | Promise
    whom: str
    whose: str
    detail: str
    address: str


@dataclass(frozen=True)
class AuditPage:
    """One page, newest first. `before`: the cursor of the older ones; None on the last."""

    lines: tuple[AuditLine, ...]
    before: int | None


def words() -> Mapping[str, str | Promise]:
    """Every action in words, from the composition root."""
    found: Mapping[str, str | Promise] = import_string(settings.AUDIT_WORDS)
    return found


def audit_page(wanted: Wanted, zone: ZoneInfo, *, before: int | None = None, size: int = PAGE_SIZE) -> AuditPage:
    """The events of the open clinic that fit, newest first; three statements however many rows."""
    rows = AuditEvent.objects.filter(**_conditions(wanted, zone))
    if before is not None:
        rows = rows.filter(sequence__lt=before)
    found = list(rows.order_by("-sequence")[: size + 1])
    shown = found[:size]
    said, known = DetailWords(shown, zone), words()
    lines = tuple(_line(row, said, known) for row in shown)
    return AuditPage(lines, shown[-1].sequence if len(found) > size else None)


def _conditions(wanted: Wanted, zone: ZoneInfo) -> dict[str, Any]:
    conditions: dict[str, Any] = {}
    if wanted.patient:
        conditions["patient_id"] = wanted.patient
    if wanted.person:
        conditions["actor_user_id"] = wanted.person
    if wanted.action:
        conditions["action"] = wanted.action
    if wanted.first:
        conditions["at__gte"] = datetime.combine(wanted.first, time(), zone)
    if wanted.last:
        conditions["at__lt"] = datetime.combine(wanted.last + timedelta(days=1), time(), zone)
    return conditions


def _line(row: AuditEvent, said: DetailWords, known: Mapping[str, str | Promise]) -> AuditLine:
    kinds = {
        Actor.STAFF: _("staff"),
        Actor.API: _("a program, by token"),
        Actor.LINK: _("a survey link"),
        Actor.TASK: _("the product itself"),
        Actor.COMMAND: _("a command on the server"),
    }
    as_what = kinds.get(row.actor_kind, row.actor_kind)
    return AuditLine(
        sequence=row.sequence,
        at=row.at,
        who=said.users.get(row.actor_user_id, "") or as_what,
        as_what=as_what,
        action=row.action,
        what=known.get(row.action, row.action),
        whom=said.whom(row),
        whose=said.numbers.get(row.patient_id, "") if row.patient_id else "",
        detail=said.said(row),
        address=row.address or "",
    )
