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

from clinic.models import AuditEvent, Membership, Patient
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
    """One event as the page says it. `whose`: the record number; a merged record's own number stays."""

    sequence: int
    at: datetime
    who: str
    as_what: str
    action: str
    what: str | Promise
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
    people = dict(Membership.objects.filter(user_id__in={row.actor_user_id for row in shown}).values_list("user_id", "display_name"))
    numbers = dict(Patient.objects.filter(pk__in={row.patient_id for row in shown if row.patient_id}).values_list("pk", "record_number"))
    known = words()
    lines = tuple(_line(row, people, numbers, known) for row in shown)
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


def _line(row: AuditEvent, people: dict[Any, str], numbers: dict[Any, str], known: Mapping[str, str | Promise]) -> AuditLine:
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
        who=people.get(row.actor_user_id, "") or as_what,
        as_what=as_what,
        action=row.action,
        what=known.get(row.action, row.action),
        whose=numbers.get(row.patient_id, ""),
        detail=", ".join(f"{name}: {_flat(value)}" for name, value in sorted(row.detail.items()) if value != ""),
        address=row.address or "",
    )


def _flat(value: Any) -> str:
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
