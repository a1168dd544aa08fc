"""A verdict for every row of an import: new, changed, the same, or not importable and why. Constant statements per chunk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from clinic.importing.fields import CellRefused, Field, fields, parts
from clinic.models import Clinic, Consent, ImportBatch, ImportRow, PatientIdentity
from clinic.services.patients import IDENTITY_FIELDS

RECORD_FIELDS = ("sex", "language")


@dataclass(frozen=True)
class Judged:
    """What a row says, and what that means for the clinic. `changes`: field → (what is there, what comes)."""

    row: ImportRow
    given: Mapping[str, Any] = field(default_factory=dict)
    verdict: str = ImportRow.Verdict.ERROR
    reason: str = ""
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    identity: PatientIdentity | None = None


def judge_rows(batch: ImportBatch, rows: Sequence[ImportRow], clinic: Clinic, earlier: dict[str, int]) -> list[Judged]:
    """The verdicts on rows of one batch. earlier: record number → line, of the rows before these; these are added."""
    read = [_read(row, batch, clinic) for row in rows]
    numbers = {str(each.given.get("record_number", "")) for each in read if isinstance(each, Judged)} - {""}
    known = _Known(numbers, read, batch.source)
    return [_verdict(each, known, earlier) for each in read]


class _Known:
    """What the clinic has already of the persons in a chunk."""

    def __init__(self, numbers: Iterable[str], read: Sequence[Judged], source: str) -> None:
        found = PatientIdentity.objects.select_related("patient").filter(patient__record_number__in=list(numbers))
        self.people = {row.patient.record_number: row for row in found}
        statements = Consent.objects.filter(
            patient_id__in=[row.patient_id for row in self.people.values()], purpose=Consent.Purpose.MESSAGES
        ).order_by("patient_id", "-recorded_at", "-id")
        self.consents = dict(statements.distinct("patient_id").values_list("patient_id", "given"))
        keyed = {(part, key) for part in parts() for each in read if (key := part.key(each.given, source))}
        self.parts = {part: part.known({key for its, key in keyed if its is part}) for part in {part for part, _ in keyed}}
        self.source = source

    def new_parts(self, given: Mapping[str, Any]) -> list[str]:
        """The first field of each part that the row has something new for."""
        return [part.fields[0].key for part, keys in self.parts.items() if (key := part.key(given, self.source)) and key not in keys]


def _read(row: ImportRow, batch: ImportBatch, clinic: Clinic) -> Judged:
    if row.reason and not row.cells:
        return Judged(row, reason=row.reason)
    cells = dict(zip(batch.columns, row.cells, strict=True))
    by_key, given, problems = fields(), {}, []
    for key, column in batch.mapping.items():
        text = cells[column].strip()
        if not text:
            continue
        try:
            given[key] = by_key[key].read(text, clinic)
        except CellRefused as refused:
            problems.append(f"{_label(by_key[key])} {refused}")
    return Judged(row, given, reason="; ".join(problems)[:300])


def _label(field: Field) -> str:
    return str(field.label)


def _verdict(read: Judged, known: _Known, earlier: dict[str, int]) -> Judged:
    row, given, reason = read.row, read.given, read.reason
    number = str(given.get("record_number", ""))
    if not reason and not (number or given.get("family_name") or given.get("given_name")):
        reason = "there is neither a name nor a record number"
    if not reason and number in earlier:
        reason = f"the record number stands in line {earlier[number]} already"
    if not reason:
        reason = next((problem for part in parts() if (problem := part.objection(given))), "")
    if reason:
        return Judged(row, given, ImportRow.Verdict.ERROR, reason)
    if number:
        earlier[number] = row.line
    identity = known.people.get(number)
    if identity is None:
        return Judged(row, given, ImportRow.Verdict.NEW, "")
    if identity.patient.merged_into_id or identity.patient.withdrawn_at:
        return Judged(row, given, ImportRow.Verdict.ERROR, "the record was merged or withdrawn here")
    changes = _changes(identity, given, known)
    verdict = ImportRow.Verdict.CHANGED if changes else ImportRow.Verdict.SAME
    return Judged(row, given, verdict, "", changes, identity)


def _changes(identity: PatientIdentity, given: Mapping[str, Any], known: _Known) -> dict[str, tuple[Any, Any]]:
    """An empty cell erases nothing."""
    changes: dict[str, tuple[Any, Any]] = {}
    for name in IDENTITY_FIELDS:
        if name in given:
            new = given[name].isoformat() if name == "birth_date" else given[name]
            if new != getattr(identity, name):
                changes[name] = (getattr(identity, name), new)
    for name in RECORD_FIELDS:
        if name in given and given[name] != getattr(identity.patient, name):
            changes[name] = (getattr(identity.patient, name), given[name])
    if "messages_agreed" in given:
        said = known.consents.get(identity.patient_id)
        if said is None or said != (given["messages_agreed"] == "yes"):
            changes["messages_agreed"] = ({None: "", True: "yes", False: "no"}[said], given["messages_agreed"])
    return changes | {name: ("", given[name]) for name in known.new_parts(given)}
