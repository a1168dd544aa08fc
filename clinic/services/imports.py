"""Imports of other programs' files: received, read, previewed, carried out or taken back. The long steps stand in `import_work`."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO

from django.db import connection
from django.utils.translation import gettext as _

from clinic.importing.cells import EMPTY, evidence, folded
from clinic.importing.kinds import File, fields_of, kinds, readings, recognised, unnamed
from clinic.importing.patients import ways_of
from clinic.importing.reading import FileRefused, open_file
from clinic.importing.table import Line
from clinic.models import ImportBatch, ImportPiece, ImportProfile, ImportRow, Membership
from clinic.writes import Actor, audited, nothing_to_write, require_open_gate, writes

MOST_ROWS = 100_000
CHUNK = 500
# So many rows are read and previewed while somebody waits; more by a worker.
AT_ONCE = 2_000
PIECE = 512 * 1024
READ_AT_ONCE = 1024 * 1024
LOOKED_AT = 500
READING_SETTINGS = ("encoding", "delimiter")
WRITING_SETTINGS = ("dates", "numbers", "words")

S = ImportBatch.State


class ImportRefused(ValueError):
    """A file, a mapping or a step that cannot be taken; the message says why."""


def source_word(text: str) -> str:
    """The word that stands for a source in every file of it. Raises ImportRefused."""
    word = " ".join(text.split()).casefold()
    if not word or ":" in word:
        raise ImportRefused(_("Leave out the colon.") if word else _("Say where the list comes from."))
    return word


@writes("import.receive")
def receive_import(
    *, actor: Actor, member: Membership, source: str, file: BinaryIO, kind: str = "patients", settings: Mapping[str, Any] | None = None
) -> ImportBatch:
    """Keep a file as it came, in sealed pieces; a worker reads it unless `read_import` is called at once. Raises ImportRefused."""
    if kind not in kinds():
        raise ImportRefused(_("There is no such kind of file."))
    kept = _profile(source, kind)
    forgotten = {option.key for option in kinds()[kind].options if not option.remembered}
    remembered = {name: value for name, value in (kept.settings if kept else {}).items() if name not in forgotten}
    how = {**remembered, **{name: value for name, value in (settings or {}).items() if value}}
    batch: ImportBatch = ImportBatch(kind=kind, source=source, uploaded_by=member, asked_by=member, state=S.RECEIVED, settings=how)
    batch.save()
    file.seek(0)
    for position, raw in enumerate(iter(lambda: file.read(PIECE), b"")):
        ImportPiece(batch=batch, position=position, raw=raw).save()
    audited(batch, kind=kind)
    return batch


def _member_of(actor: Actor) -> Membership | None:
    """Who takes a step; None when it is the system."""
    found: Membership | None = Membership.objects.filter(user_id=actor.user_id).first() if actor.user_id else None
    return found


def _profile(source: str, kind: str) -> ImportProfile | None:
    found: ImportProfile | None = ImportProfile.objects.filter(source=source, kind=kind).first()
    return found


def whole_file(batch: ImportBatch) -> io.BytesIO:
    """The file of a batch, put together again."""
    pieces = ImportPiece.objects.filter(batch=batch).order_by("position").values_list("raw", flat=True)
    whole = io.BytesIO()
    for raw in pieces.iterator(chunk_size=4):
        whole.write(raw)
    whole.seek(0)
    return whole


@writes("import.stage")
def read_import(*, actor: Actor, batch: ImportBatch) -> bool:
    """Stage the rows of a received file, sealed, and name the columns that say what they hold. False when it cannot be read.

    Why not stands in the batch then: nothing of a file that somebody has left is lost.
    """
    locked = _locked(batch, S.RECEIVED)
    ImportRow.objects.filter(batch=locked).delete()
    try:
        table, how = open_file(whole_file(locked), locked.settings)
        locked.columns = table.columns
        locked.settings = {**locked.settings, **how}
        locked.rows = _stage(locked, iter(table))
    except (FileRefused, ImportRefused) as refused:
        ImportRow.objects.filter(batch=locked).delete()
        locked.rows, locked.state, locked.problem = 0, S.FAILED, str(refused)[:300]
    else:
        locked.state, locked.problem = S.UPLOADED, ""
        _recognise(locked)
    locked.worked_at = None
    locked.save()
    audited(locked, rows=locked.rows, columns=len(locked.columns))
    return bool(locked.state == S.UPLOADED)


def _stage(batch: ImportBatch, lines: Iterator[Line]) -> int:
    count = 0
    while chunk := list(islice(lines, CHUNK)):
        count += len(chunk)
        if count > MOST_ROWS:
            raise ImportRefused(_("The file has more than %(most)s rows. Divide it.") % {"most": MOST_ROWS})
        ImportRow.objects.bulk_create([_staged(batch, line) for line in chunk])
    if not count:
        raise ImportRefused(_("The file has no rows below its first line."))
    return count


def _staged(batch: ImportBatch, line: Line) -> ImportRow:
    cells = [] if line.refusal else [line.fields[column] for column in batch.columns]
    return ImportRow(batch=batch, line=line.number, cells=cells, reason=line.refusal[:300])


def _recognise(batch: ImportBatch) -> None:
    """The columns as they were named for this source the last time, else as their headings say; and how dates and numbers are written."""
    kept = _profile(batch.source, batch.kind)
    known = fields_of(batch)
    if kept and kept.mapping and set(kept.mapping.values()) <= set(batch.columns) and set(kept.mapping) <= set(known):
        batch.mapping = kept.mapping
    else:
        batch.mapping = recognised(batch.columns, known.values())
    first = ImportRow.objects.filter(batch=batch).order_by("line")[:LOOKED_AT]
    dates, numbers = evidence(str(cell).strip() for row in first for cell in row.cells)
    batch.settings = {"dates": dates, "numbers": numbers, **{name: value for name, value in batch.settings.items() if value}}


@writes("import.reread")
def reread_import(*, actor: Actor, batch: ImportBatch, settings: Mapping[str, Any]) -> ImportBatch:
    """Have a file read again: in other letters, with another divider, or as another instrument's. Raises ImportRefused."""
    locked = _locked(batch, S.UPLOADED, S.JUDGED, S.FAILED)
    if not ImportPiece.objects.filter(batch=locked).exists():
        raise ImportRefused(_("The file is kept no more. Bring it in again."))
    locked.settings = {**locked.settings, **settings, "dates": "", "numbers": ""}
    locked.state, locked.asked_by = S.RECEIVED, _member_of(actor) or locked.asked_by
    locked.save()
    audited(locked)
    return locked


def is_small(batch: ImportBatch) -> bool:
    """Whether a file is read while somebody waits."""
    pieces: int = ImportPiece.objects.filter(batch=batch).count()
    return pieces * PIECE <= READ_AT_ONCE


@writes("import.judge")
def judge_import(*, actor: Actor, batch: ImportBatch, mapping: Mapping[str, str], settings: Mapping[str, Any] | None = None) -> None:
    """Give every row its verdict under this mapping (field → column) and these ways of writing; a worker does for long files.

    Nothing else is written. The mapping is kept for the next file of the same source. Raises ImportRefused.
    """
    locked = _locked(batch, S.UPLOADED, S.JUDGED)
    locked.settings, locked.asked_by = {**locked.settings, **(settings or {})}, _member_of(actor) or locked.asked_by
    _check_mapping(locked, mapping)
    locked.mapping, locked.state, locked.at_line, locked.handled, locked.problem = dict(mapping), S.JUDGING, 0, 0, ""
    locked.save()
    _keep_profile(locked)
    file = File(locked, ways_of(locked.settings))
    while locked.rows <= AT_ONCE and judge_next(locked, file):
        pass
    audited(locked, columns=len(mapping))


def match_words(*, actor: Actor, batch: ImportBatch, words: Mapping[str, Mapping[str, str]]) -> None:
    """Say what words of the file mean (field → word → code or EMPTY), and judge every row again. Raises ImportRefused."""
    known = fields_of(batch)
    for key, chosen in words.items():
        if key not in known or set(chosen.values()) - {*known[key].words, EMPTY} or not known[key].words:
            raise ImportRefused(_("There is no such word."))
    folded_words = {key: {folded(text): code for text, code in chosen.items()} for key, chosen in words.items()}
    judge_import(actor=actor, batch=batch, mapping=batch.mapping, settings={"words": folded_words})


def _check_mapping(batch: ImportBatch, mapping: Mapping[str, str]) -> None:
    known = fields_of(batch)
    unknown = set(mapping) - set(known) | set(mapping.values()) - set(batch.columns)
    if unknown or not mapping or len(set(mapping.values())) != len(mapping):
        raise ImportRefused(_("Name at least one column, and none for two things."))
    if missing := unnamed(batch, mapping):
        raise ImportRefused(_("Say which column holds: %(missing)s.") % {"missing": ", ".join(str(each.label) for each in missing)})


def judge_next(batch: ImportBatch, file: File) -> bool:
    """Judge the next rows of a locked batch; False when there were none, and the preview is ready. Runs inside a `@writes` function."""
    rows = list(ImportRow.objects.filter(batch=batch, line__gt=batch.at_line).order_by("line")[:CHUNK])
    judged = kinds()[batch.kind].judge(file, readings(batch, rows, file.ways))
    for each in judged:
        row = each.row
        row.verdict, row.reason, row.fields = each.verdict, each.reason[:300], sorted(each.changes)
        row.note = "maybe_known" if each.maybe_known else ""
    store_rows(rows)
    if rows:
        batch.at_line, batch.handled = rows[-1].line, batch.handled + len(rows)
    else:
        batch.state, batch.at_line, batch.handled = S.JUDGED, 0, 0
    batch.save(update_fields=["state", "at_line", "handled"])
    return bool(rows)


def store_rows(rows: Sequence[ImportRow]) -> None:
    """Write the verdicts and results of rows in one statement; the sealed cells stay as they are. Runs inside a `@writes` function."""
    require_open_gate(ImportRow)
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE clinic_importrow AS r SET verdict = n.verdict, reason = n.reason, note = n.note, fields = n.fields::jsonb, "
            "is_done = n.is_done, outcome = n.outcome, patient_id = n.patient_id "
            "FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[], %s::text[], %s::bool[], %s::text[], %s::uuid[]) "
            "AS n(id, verdict, reason, note, fields, is_done, outcome, patient_id) WHERE r.id = n.id",
            [
                [row.pk for row in rows],
                [row.verdict for row in rows],
                [row.reason for row in rows],
                [row.note for row in rows],
                [json.dumps(row.fields) for row in rows],
                [row.is_done for row in rows],
                [row.outcome for row in rows],
                [row.patient_id for row in rows],
            ],
        )


def _keep_profile(batch: ImportBatch) -> None:
    profile = _profile(batch.source, batch.kind) or ImportProfile(source=batch.source, kind=batch.kind)
    profile.mapping = batch.mapping
    options = {option.key for option in kinds()[batch.kind].options if option.remembered}
    profile.settings = {name: batch.settings.get(name, "") for name in (*READING_SETTINGS, *WRITING_SETTINGS, *sorted(options))}
    profile.save()


def _locked(batch: ImportBatch, *states: str) -> ImportBatch:
    found: ImportBatch = ImportBatch.objects.select_for_update(of=("self",)).select_related("uploaded_by", "asked_by").get(pk=batch.pk)
    if found.state not in states:
        raise ImportRefused(_("This import is past that step."))
    return found


@writes("import.queue")
def queue_import(*, actor: Actor, batch: ImportBatch) -> None:
    """Let a worker carry it out, or go on with one that was stopped. Raises ImportRefused."""
    _send(actor, batch, S.QUEUED, S.JUDGED, S.STOPPED)


@writes("import.queue_undo")
def queue_undo(*, actor: Actor, batch: ImportBatch) -> None:
    """Let a worker take back what it brought. Raises ImportRefused."""
    _send(actor, batch, S.UNDOING, S.DONE, S.STOPPED)


def _send(actor: Actor, batch: ImportBatch, state: str, *from_states: str) -> None:
    locked = _locked(batch, *from_states)
    locked.at_line, locked.handled = (locked.at_line, locked.handled) if (locked.state, state) == (S.STOPPED, S.QUEUED) else (0, 0)
    locked.state, locked.problem, locked.asked_by = state, "", _member_of(actor) or locked.asked_by
    locked.save(update_fields=["state", "problem", "asked_by", "handled", "at_line"])
    audited(locked)


@writes("import.stop")
def stop_import(*, actor: Actor, batch: ImportBatch) -> None:
    """Stop what runs; what is in stays, to be gone on with or taken back. A preview goes back to its columns. Raises ImportRefused."""
    locked = _locked(batch, S.JUDGING, S.QUEUED, S.RUNNING)
    locked.state = S.UPLOADED if locked.state == S.JUDGING else S.STOPPED
    locked.worked_at = None
    locked.save(update_fields=["state", "worked_at"])
    audited(locked, rows=locked.handled)


@writes("import.discard")
def discard_import(*, actor: Actor, batch: ImportBatch) -> None:
    """Forget a file of which nothing has been imported: its pieces and its staged rows are deleted. Raises ImportRefused."""
    locked = _locked(batch, S.RECEIVED, S.FAILED, S.UPLOADED, S.JUDGED)
    _drop(locked)
    locked.state, locked.rows = S.DISCARDED, 0
    locked.save(update_fields=["state", "rows"])
    audited(locked)


def _drop(batch: ImportBatch) -> None:
    ImportRow.objects.filter(batch=batch).delete()
    ImportPiece.objects.filter(batch=batch).delete()


@writes("import.forget")
def forget_imports(*, actor: Actor, before: Any) -> int:
    """Delete the staged rows and files of imports from before a day: they hold names twice. How many batches."""
    rows = ImportBatch.objects.filter(uploaded_at__lt=before)
    old = [*rows.filter(lines__isnull=False).distinct(), *rows.filter(lines__isnull=True, pieces__isnull=False).distinct()]
    nothing_to_write()
    for batch in old:
        _drop(batch)
        audited(batch)
    return len(old)
