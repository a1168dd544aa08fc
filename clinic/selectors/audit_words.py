"""The details of the audit in words: who is meant by an id, what a name in a row means, what became of a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.models import AuditEvent, Clinic, Membership, Patient

_NAMES: dict[str, str | Promise] = {
    "absorbed": gettext_lazy("taken in"),
    "active": gettext_lazy("has access"),
    "attempt": gettext_lazy("attempt"),
    "columns": gettext_lazy("columns"),
    "day": gettext_lazy("day"),
    "deputy_of": gettext_lazy("in place of"),
    "device": gettext_lazy("device"),
    "error": gettext_lazy("fault"),
    "exercises": gettext_lazy("exercises"),
    "fields": gettext_lazy("fields"),
    "filtered_by": gettext_lazy("filtered by"),
    "first": gettext_lazy("first day"),
    "format": gettext_lazy("format"),
    "from_clinic": gettext_lazy("from clinic"),
    "from_state": gettext_lazy("was"),
    "generation": gettext_lazy("link number"),
    "given": gettext_lazy("agreed"),
    "giver": gettext_lazy("from"),
    "had_left": gettext_lazy("had left before"),
    "handpieces": gettext_lazy("handpieces"),
    "how": gettext_lazy("way"),
    "instruments": gettext_lazy("questionnaires"),
    "into": gettext_lazy("into"),
    "invitation": gettext_lazy("invitation"),
    "kind": gettext_lazy("kind"),
    "last": gettext_lazy("last day"),
    "laser": gettext_lazy("laser sites"),
    "may": gettext_lazy("may open records in emergencies"),
    "mode": gettext_lazy("way"),
    "occasion": gettext_lazy("occasion"),
    "place_lost": gettext_lazy("place lost"),
    "purpose": gettext_lazy("purpose"),
    "reason": gettext_lazy("reason"),
    "receiver": gettext_lazy("to"),
    "report": gettext_lazy("report"),
    "roles": gettext_lazy("roles"),
    "rows": gettext_lazy("rows"),
    "rule": gettext_lazy("rule"),
    "second_factors": gettext_lazy("second factors removed"),
    "series": gettext_lazy("visits of the series"),
    "state": gettext_lazy("state"),
    "tables": gettext_lazy("tables"),
    "tokens": gettext_lazy("keys withdrawn"),
    "until": gettext_lazy("until"),
    "version": gettext_lazy("version"),
    "waited": gettext_lazy("messages that waited"),
    "why": gettext_lazy("reason"),
    "with_names": gettext_lazy("with names"),
    "withdrawn": gettext_lazy("withdrawn"),
}


class DetailWords:
    """Says the details of some rows of the audit. Two statements for all of them: colleagues, and records."""

    def __init__(self, rows: Iterable[AuditEvent], zone: ZoneInfo) -> None:
        rows = list(rows)
        users = {row.actor_user_id for row in rows}
        ids = {found for row in rows for found in (*_ids(row.detail), row.object_id, row.patient_id) if found}
        self.zone = zone
        self.users: dict[Any, str] = {}
        self._by_id: dict[UUID, str] = {}
        for member, user, name in Membership.objects.values_list("pk", "user_id", "display_name"):
            if user in users:
                self.users[user] = name
            if member in ids:
                self._by_id[member] = name
        self.numbers = dict(Patient.objects.filter(pk__in=ids).values_list("pk", "record_number"))

    def whom(self, row: AuditEvent) -> str:
        """The colleague whom an action was about, if it was about one."""
        return self._by_id.get(row.object_id, "") if row.object_id and row.object_type == Membership._meta.label else ""

    def said(self, row: AuditEvent) -> str:
        """A row's details as one line; what became of settings as "name: before → after"."""
        detail = dict(row.detail)
        before, after = detail.get("before"), detail.get("after", detail)
        parts = []
        if isinstance(before, Mapping):
            label = _settings_name if "after" in detail else self._name
            parts = [f"{label(name)}: {self._value(old)} → {self._value(after.get(name))}" for name, old in sorted(before.items())]
            detail = {name: value for name, value in detail.items() if name not in {"before", "after", *before}}
        parts += [f"{self._name(name)}: {self._value(value)}" for name, value in sorted(detail.items()) if value not in ("", None)]
        return ", ".join(parts)

    def _name(self, name: str) -> str:
        return str(_NAMES.get(name, name.replace("_", " ")))

    def _value(self, value: Any) -> str:
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, Mapping):
            return "; ".join(f"{self._name(name)}: {self._value(each)}" for name, each in sorted(value.items()))
        if isinstance(value, list):
            return ", ".join(self._value(each) for each in value)
        return "–" if value in (None, "") else self._word(str(value))

    def _word(self, text: str) -> str:
        found = _uuid(text)
        if found:
            return self._by_id.get(found) or self.numbers.get(found) or text
        try:
            at = datetime.fromisoformat(text) if len(text) >= len("2026-01-01") and text[:4].isdigit() else None
        except ValueError:
            at = None
        if at is None:
            return text
        return date_format(at.astimezone(self.zone), "DATETIME_FORMAT") if at.tzinfo else date_format(date.fromisoformat(text[:10]))


def _settings_name(name: str) -> str:
    return str(Clinic._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _ids(value: Any) -> Iterator[UUID]:
    """Every id that stands in details, however deep."""
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _ids(each)
    elif isinstance(value, str) and (found := _uuid(value)):
        yield found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == len("00000000-0000-0000-0000-000000000000") else None
    except ValueError:
        return None
