"""Imports of patient lists: staged, judged, carried out in the background through the same services as everything else, undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.utils import timezone

from clinic.importing.fields import fields, parts, recognised
from clinic.importing.judging import RECORD_FIELDS, Judged, judge_rows
from clinic.importing.table import Line
from clinic.models import Clinic, Consent, ImportBatch, ImportProfile, ImportRow, Membership, Patient, PatientIdentity
from clinic.scoping import clinic_scope, current_clinic_id
from clinic.selectors.patients import resembling
from clinic.services.patients import IDENTITY_FIELDS, PatientRefused, change_identity, change_patient, record_consent, register_patient
from clinic.writes import Actor, all_or_nothing, audited, nothing_to_write, writes

MOST_ROWS = 20_000
CHUNK = 500
PER_TRANSACTION = 50


class ImportRefused(ValueError):
    """A file, a mapping or a step that cannot be taken; the message says why."""


@writes("import.stage")
def stage_import(*, actor: Actor, member: Membership, source: str, columns: list[str], lines: Iterable[Line]) -> ImportBatch:
    """Keep the rows of a file, sealed, for looking at. Columns that say what they hold are named. Raises ImportRefused."""
    read = list(islice(lines, MOST_ROWS + 1))
    if not read:
        raise ImportRefused("The file has no rows below its first line.")
    if len(read) > MOST_ROWS:
        raise ImportRefused(f"The file has more than {MOST_ROWS} rows. Divide it.")
    mapping = recognised(columns)
    kept = ImportProfile.objects.filter(source=source).first()
    if kept and set(kept.mapping.values()) <= set(columns):
        mapping = kept.mapping
    batch = ImportBatch(source=source, uploaded_by=member, columns=columns, mapping=mapping, rows=len(read))
    batch.save()
    ImportRow.objects.bulk_create([_staged(batch, line) for line in read], batch_size=CHUNK)
    audited(batch, rows=batch.rows, columns=len(columns))
    return batch


def _staged(batch: ImportBatch, line: Line) -> ImportRow:
    cells = [] if line.refusal else [line.fields[column] for column in batch.columns]
    return ImportRow(batch=batch, line=line.number, cells=cells, reason=line.refusal[:300])


@writes("import.judge")
def judge_import(*, actor: Actor, batch: ImportBatch, mapping: Mapping[str, str]) -> dict[str, int]:
    """Give every row its verdict under this mapping (field → column); how many have which. Nothing else is written.

    The mapping is kept for the next file of the same source. Raises ImportRefused.
    """
    locked = _locked(batch, ImportBatch.State.UPLOADED, ImportBatch.State.JUDGED)
    unknown = set(mapping) - set(fields()) | set(mapping.values()) - set(locked.columns)
    if unknown or not mapping or len(set(mapping.values())) != len(mapping):
        raise ImportRefused("Name at least one column, and none for two things.")
    locked.mapping = dict(mapping)
    clinic, counts = Clinic.objects.get(pk=current_clinic_id()), dict.fromkeys(ImportRow.Verdict.values, 0)
    earlier: dict[str, int] = {}
    for chunk in _chunks(locked, CHUNK):
        verdicts = judge_rows(locked, chunk, clinic, earlier)
        new = [judged for judged in verdicts if judged.verdict == ImportRow.Verdict.NEW]
        alike = {judged.row.pk for judged, known in zip(new, resembling([each.given for each in new]), strict=True) if known}
        for judged in verdicts:
            _note_verdict(judged, maybe_known=judged.row.pk in alike)
            counts[judged.verdict] += 1
        ImportRow.objects.bulk_update(chunk, ["verdict", "reason", "note", "fields"])
    locked.state = ImportBatch.State.JUDGED
    locked.save(update_fields=["state", "mapping"])
    _keep_profile(locked)
    audited(locked, verdicts={name: number for name, number in counts.items() if number})
    return counts


def _note_verdict(judged: Judged, *, maybe_known: bool) -> None:
    row = judged.row
    row.verdict, row.reason, row.fields = judged.verdict, judged.reason[:300], sorted(judged.changes)
    row.note = "maybe_known" if maybe_known else ""


def _keep_profile(batch: ImportBatch) -> None:
    profile = ImportProfile.objects.filter(source=batch.source).first() or ImportProfile(source=batch.source)
    profile.mapping = batch.mapping
    profile.save()


def _chunks(batch: ImportBatch, size: int, **conditions: Any) -> Iterator[list[ImportRow]]:
    after = 0
    while chunk := list(ImportRow.objects.filter(batch=batch, line__gt=after, **conditions).order_by("line")[:size]):
        yield chunk
        after = chunk[-1].line


def _locked(batch: ImportBatch, *states: str) -> ImportBatch:
    found: ImportBatch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if found.state not in states:
        raise ImportRefused("This import is past that step.")
    return found


@writes("import.queue")
def queue_import(*, actor: Actor, batch: ImportBatch) -> None:
    """Let a worker carry it out. Raises ImportRefused."""
    locked = _locked(batch, ImportBatch.State.JUDGED)
    locked.state, locked.handled = ImportBatch.State.QUEUED, 0
    locked.save(update_fields=["state", "handled"])
    audited(locked)


@writes("import.queue_undo")
def queue_undo(*, actor: Actor, batch: ImportBatch) -> None:
    """Let a worker take back what it brought. Raises ImportRefused."""
    locked = _locked(batch, ImportBatch.State.DONE)
    locked.state, locked.handled = ImportBatch.State.UNDOING, 0
    locked.save(update_fields=["state", "handled"])
    audited(locked)


def work_on_next_import(clinic_id: UUID) -> bool:
    """Carry out, or take back, the oldest import that waits in this clinic, chunk by chunk. Opens scopes of its own.

    A worker that dies leaves what it committed; the next one goes on behind it.
    """
    states = [ImportBatch.State.QUEUED, ImportBatch.State.RUNNING, ImportBatch.State.UNDOING]
    with clinic_scope(clinic_id):
        batch = ImportBatch.objects.filter(state__in=states).select_related("uploaded_by").order_by("uploaded_at").first()
    if batch is None:
        return False
    actor = Actor(kind=Actor.TASK, user_id=batch.uploaded_by.user_id)
    step = undo_chunk if batch.state == ImportBatch.State.UNDOING else import_chunk
    going_on = True
    while going_on:
        with clinic_scope(clinic_id):
            going_on = step(actor=actor, batch=batch)
    return True


@writes("import.carry_out")
def import_chunk(*, actor: Actor, batch: ImportBatch) -> bool:
    """The next rows that are new or changed, in one transaction; False when none is left. One bad row spares the others."""
    locked = _locked(batch, ImportBatch.State.QUEUED, ImportBatch.State.RUNNING)
    good = [ImportRow.Verdict.NEW, ImportRow.Verdict.CHANGED]
    rows = list(locked.lines.select_for_update().filter(is_done=False, verdict__in=good).order_by("line")[:PER_TRANSACTION])
    clinic = Clinic.objects.get(pk=current_clinic_id())
    for judged in judge_rows(locked, rows, clinic, {}):
        try:
            with all_or_nothing():
                _carry_out(actor, locked, judged)
        except (PatientRefused, DatabaseError, ValueError):
            judged.row.verdict, judged.row.reason = ImportRow.Verdict.ERROR, "it was refused when it was to be stored"
        judged.row.is_done = True
        judged.row.save(update_fields=["is_done", "verdict", "reason", "patient", "before", "fields"])
    return _step_done(locked, len(rows), ImportBatch.State.RUNNING, ImportBatch.State.DONE)


def _step_done(batch: ImportBatch, number: int, during: str, afterwards: str) -> bool:
    batch.handled += number
    batch.state = during if number else afterwards
    batch.finished_at = None if number else timezone.now()
    batch.save(update_fields=["state", "handled", "finished_at"])
    audited(batch, rows=number)
    return bool(number)


def _carry_out(actor: Actor, batch: ImportBatch, judged: Judged) -> None:
    """Write one row through the services. What it found changed meanwhile decides, not what the preview showed."""
    row, given = judged.row, dict(judged.given)
    row.verdict, row.reason, row.fields = judged.verdict, judged.reason, sorted(judged.changes)
    if judged.verdict == ImportRow.Verdict.NEW:
        own = {name: given[name] for name in (*IDENTITY_FIELDS, *RECORD_FIELDS, "record_number") if name in given}
        row.patient = register_patient(actor=actor, **own)
    elif judged.verdict == ImportRow.Verdict.CHANGED and judged.identity is not None:
        row.patient = judged.identity.patient
        row.before = {name: before for name, (before, _new) in judged.changes.items() if name in (*IDENTITY_FIELDS, *RECORD_FIELDS)}
        _change(actor, row.patient, judged.changes)
    else:
        return
    said = given.get("messages_agreed")
    if said and (judged.verdict == ImportRow.Verdict.NEW or "messages_agreed" in judged.changes):
        record_consent(actor=actor, patient=row.patient, purpose=Consent.Purpose.MESSAGES, given=said == "yes")
    for part in parts():
        part.write(actor=actor, patient=row.patient, given=given, source=batch.source)


def _change(actor: Actor, patient: Patient, changes: Mapping[str, tuple[Any, Any]]) -> None:
    identity = {name: new for name, (_before, new) in changes.items() if name in IDENTITY_FIELDS}
    record = {name: new for name, (_before, new) in changes.items() if name in RECORD_FIELDS}
    if identity:
        change_identity(actor=actor, patient=patient, **identity)
    if record:
        change_patient(actor=actor, patient=patient, **record)


@writes("import.take_back")
def undo_chunk(*, actor: Actor, batch: ImportBatch) -> bool:
    """The next imported rows are taken back; what later work hangs on stays, and says so. False when none is left."""
    locked = _locked(batch, ImportBatch.State.UNDOING)
    rows = list(
        locked.lines.select_for_update(of=("self",))
        .select_related("patient")
        .filter(is_done=True, patient__isnull=False, outcome="")
        .order_by("line")[:PER_TRANSACTION]
    )
    new = {row.patient_id for row in rows if row.patient_id and row.verdict == ImportRow.Verdict.NEW}
    in_use = _merged(new).union(*(part.in_use(new, locked.source) for part in parts()))
    for row in rows:
        try:
            with all_or_nothing():
                row.outcome = _take_back(actor, locked, row, in_use)
        except (PatientRefused, DatabaseError, ValueError):  # a floor above refers to it, or it may not change any more
            row.outcome = "kept_in_use"
        row.save(update_fields=["outcome"])
    return _step_done(locked, len(rows), ImportBatch.State.UNDOING, ImportBatch.State.UNDONE)


def _merged(patients: set[UUID]) -> set[UUID]:
    """Those that were merged into another record, or that another was merged into: withdrawn, both would be gone."""
    absorbed = Patient.objects.filter(pk__in=patients, merged_into__isnull=False).values_list("pk", flat=True)
    return set(absorbed) | set(Patient.objects.filter(merged_into__in=patients).values_list("merged_into_id", flat=True))


def _take_back(actor: Actor, batch: ImportBatch, row: Any, in_use: set[UUID]) -> str:
    if row.verdict == ImportRow.Verdict.CHANGED:
        return _restore(actor, row)
    if row.patient_id in in_use:
        return "kept_in_use"
    for part in parts():
        part.undo(actor=actor, patient=row.patient, source=batch.source)
    withdraw_patient(actor=actor, patient=row.patient)
    return "withdrawn"


def _restore(actor: Actor, row: Any) -> str:
    """Give former values back where nobody has changed them since; consent and courses stay."""
    identity = PatientIdentity.objects.select_related("patient").get(patient=row.patient_id)
    before: dict[str, Any] = dict(row.before or {})
    changed = [
        entry
        for entry in before
        if entry in IDENTITY_FIELDS and _written(row, entry) is not None and getattr(identity, entry) != _written(row, entry)
    ]
    if changed:
        return "changed_since"
    _change(actor, identity.patient, {name: (None, value) for name, value in before.items()})
    return "restored"


def _written(row: Any, name: str) -> Any:
    batch, clinic = row.batch, Clinic.objects.get(pk=current_clinic_id())
    text = dict(zip(batch.columns, row.cells, strict=True)).get(batch.mapping.get(name, ""), "")
    value = fields()[name].read(text.strip(), clinic) if text.strip() and name in fields() else None
    return value.isoformat() if name == "birth_date" and value else value


@writes("patient.withdraw")
def withdraw_patient(*, actor: Actor, patient: Patient) -> None:
    """Take a record that was imported by mistake off all lists. Its rows and its trace stay."""
    patient.withdrawn_at = timezone.now()
    patient.save(update_fields=["withdrawn_at"])
    audited(patient)


@writes("import.forget")
def forget_imports(*, actor: Actor, before: Any) -> int:
    """Delete the staged rows of imports that were uploaded before a day: they hold names twice. How many batches."""
    old = list(ImportBatch.objects.filter(uploaded_at__lt=before, lines__isnull=False).distinct())
    nothing_to_write()
    for batch in old:
        ImportRow.objects.filter(batch=batch).delete()
        audited(batch)
    return len(old)
