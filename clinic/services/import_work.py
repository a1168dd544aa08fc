"""What a worker does for imports: reads, previews, carries out and takes back, chunk by chunk, each in a transaction of its own."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, OperationalError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.importing.kinds import File, Judged, kinds, readings
from clinic.importing.patients import ways_of
from clinic.models import ImportBatch, ImportRow
from clinic.not_now import NotNow, not_now
from clinic.scoping import clinic_scope, current_clinic_id
from clinic.services.imports import ImportRefused, S, judge_next, read_import, store_rows
from clinic.writes import Actor, all_or_nothing, audited, nothing_to_write, writes

log = logging.getLogger(__name__)

PER_TRANSACTION = 100
# A worker that has not moved for so long is taken for dead, and another one goes on behind it.
DEAD_AFTER = timedelta(seconds=60)

_WORK = (S.RECEIVED, S.JUDGING, S.QUEUED, S.RUNNING, S.UNDOING)
_GOOD = (ImportRow.Verdict.NEW, ImportRow.Verdict.CHANGED)


def work_on_next_import(clinic_id: UUID) -> bool:
    """Do the next step of the oldest import that waits in this clinic, to its end. Opens scopes of its own.

    A worker that dies leaves what it committed; the next one goes on behind it.
    """
    with clinic_scope(clinic_id):
        batch = claim_import(actor=Actor(kind=Actor.TASK))
    if batch is None:
        return False
    try:
        run_import(batch, clinic_id)
    except (DatabaseError, SoftTimeLimitExceeded):  # it is tried again; a long one goes on where the worker's time was over
        raise
    except Exception:
        # Whatever it is, it would be the same in a minute, and no other file of the clinic would ever have its turn.
        log.exception("import %s", batch.pk)
        with clinic_scope(clinic_id):
            give_up(actor=Actor(kind=Actor.TASK), batch=batch)
    return True


def run_claimed(batch: ImportBatch, clinic_id: UUID, said: Callable[[ImportBatch], None] | None = None) -> None:
    """Do the step that a batch waits for as soon as no worker is at a file of this clinic; or wait until one has done it."""
    while True:
        with clinic_scope(clinic_id):
            batch.refresh_from_db()
            claimed = claim_import(actor=Actor(kind=Actor.TASK), only=batch)
        if claimed is not None:
            run_import(claimed, clinic_id, said)
        if claimed is not None or batch.state not in _WORK:
            return
        time.sleep(0.5)


def run_import(batch: ImportBatch, clinic_id: UUID, said: Callable[[ImportBatch], None] | None = None) -> None:
    """Do the step that a batch waits for, chunk by chunk, telling `said` after each. Ends early when somebody stops it."""
    actor = Actor(kind=Actor.TASK, user_id=batch.by.user_id)
    step: Callable[..., bool] = {S.RECEIVED: read_import, S.UNDOING: undo_chunk}.get(S(batch.state), import_chunk)
    if batch.state == S.JUDGING:
        step = partial(judge_chunk, earlier={})
    going_on = True
    while going_on:
        try:
            with clinic_scope(clinic_id):
                try:
                    going_on = step(actor=actor, batch=batch) and step is not read_import
                except ImportRefused:  # stopped, or done by another worker
                    going_on = False
                batch.refresh_from_db()
        except OperationalError as held:
            if not_now(held) is not NotNow.IN_USE:
                raise
            time.sleep(0.5)  # somebody else writes to these rows: the same chunk once more, whole
        if said is not None:
            said(batch)


@writes("import.give_up")
def give_up(*, actor: Actor, batch: ImportBatch) -> None:
    """End a step that cannot be done; what is in stays, to be gone on with or taken back."""
    locked = _locked(batch, *_WORK)
    locked.state = {S.RECEIVED: S.FAILED, S.JUDGING: S.UPLOADED}.get(S(locked.state), S.STOPPED)
    locked.problem, locked.worked_at = _("It could not be done; the server's log says why."), None
    locked.save(update_fields=["state", "problem", "worked_at"])
    audited(locked, rows=locked.handled)


@writes("import.claim")
def claim_import(*, actor: Actor, only: ImportBatch | None = None) -> ImportBatch | None:
    """The oldest batch that waits, or this one, unless a living worker is at one; a preview that was left half done begins anew."""
    nothing_to_write()
    waiting = ImportBatch.objects.filter(state__in=_WORK)
    if waiting.filter(worked_at__gte=timezone.now() - DEAD_AFTER).exists():
        return None  # one file at a time: the next one may be about the same people
    rows = waiting.select_for_update(of=("self",), skip_locked=True).select_related("uploaded_by", "asked_by")
    rows = rows if only is None else rows.filter(pk=only.pk)
    batch: ImportBatch | None = rows.order_by("uploaded_at").first()
    if batch is not None:
        batch.worked_at = timezone.now()
        if batch.state == S.JUDGING:
            batch.at_line = batch.handled = 0
        batch.save(update_fields=["worked_at", "at_line", "handled"])
    return batch


def _locked(batch: ImportBatch, *states: str) -> ImportBatch:
    with connection.cursor() as cursor:  # two files of one clinic at once would not see each other's rows
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 2))", [f"import:{current_clinic_id()}"])
    found: ImportBatch = ImportBatch.objects.select_for_update(of=("self",)).select_related("uploaded_by", "asked_by").get(pk=batch.pk)
    if found.state not in states:
        raise ImportRefused(_("This import is past that step."))
    return found


def _step_done(batch: ImportBatch, rows: Sequence[ImportRow], during: str, afterwards: str) -> bool:
    batch.handled += len(rows)
    batch.at_line = rows[-1].line if rows else 0
    batch.state = during if rows else afterwards
    batch.worked_at = timezone.now() if rows else None
    batch.finished_at = None if rows else timezone.now()
    batch.save(update_fields=["state", "handled", "at_line", "worked_at", "finished_at"])
    audited(batch, rows=len(rows))
    return bool(rows)


@writes("import.judge")
def judge_chunk(*, actor: Actor, batch: ImportBatch, earlier: dict[str, int]) -> bool:
    """Preview the next rows; False when the preview is ready. earlier: what the rows before these are known by."""
    locked = _locked(batch, S.JUDGING)
    locked.worked_at = timezone.now()
    going_on = judge_next(locked, File(locked, ways_of(locked.settings), earlier))
    locked.worked_at = locked.worked_at if going_on else None
    locked.save(update_fields=["worked_at"])
    audited(locked, rows=locked.handled)
    return going_on


@writes("import.carry_out")
def import_chunk(*, actor: Actor, batch: ImportBatch) -> bool:
    """The next rows that are new or changed, in one transaction; False when none is left. One bad row spares the others.

    They are judged once more: what is found now decides, not what the preview showed.
    """
    locked = _locked(batch, S.QUEUED, S.RUNNING)
    file = File(locked, ways_of(locked.settings))
    waiting = locked.lines.select_for_update(of=("self",)).filter(is_done=False, verdict__in=_GOOD, line__gt=locked.at_line)
    rows = list(waiting.order_by("line")[:PER_TRANSACTION])
    judged = kinds()[locked.kind].judge(file, readings(locked, rows, file.ways))
    for each in judged:
        each.row.verdict, each.row.reason, each.row.fields, each.row.is_done = each.verdict, each.reason[:300], sorted(each.changes), True
    _write(actor, file, [each for each in judged if each.verdict in _GOOD])
    store_rows(rows)
    return _step_done(locked, rows, S.RUNNING, S.DONE)


def _write(actor: Actor, file: File, good: Sequence[Judged]) -> None:
    """All at once; where that is refused, each row alone, so that a bad one spares the others."""
    if not good:
        return
    try:
        with all_or_nothing():
            kinds()[file.batch.kind].write(actor=actor, file=file, rows=good)
            _keep_former_values(good)
    except (DatabaseError, ValueError) as refusal:
        _raise_when_held(refusal)
        for each in good:
            each.row.patient, each.row.before = None, None
            if len(good) > 1:
                _write(actor, file, [each])
            else:
                each.row.verdict, each.row.reason = ImportRow.Verdict.ERROR, _("it was refused when it was to be stored")


def _raise_when_held(refusal: Exception) -> None:
    """Somebody else's lock says nothing about a row: the chunk is tried again."""
    if not_now(refusal):
        raise refusal


def _keep_former_values(good: Sequence[Judged]) -> None:
    for each in good:
        if each.row.before is not None:
            each.row.save(update_fields=["before"])


@writes("import.take_back")
def undo_chunk(*, actor: Actor, batch: ImportBatch) -> bool:
    """The next imported rows are taken back; what later work hangs on stays, and says so. False when none is left."""
    locked = _locked(batch, S.UNDOING)
    file, kind = File(locked, ways_of(locked.settings)), kinds()[locked.kind]
    done = locked.lines.select_for_update(of=("self",)).select_related("patient").filter(is_done=True, patient__isnull=False, outcome="")
    rows = list(done.filter(line__gt=locked.at_line).order_by("line")[:PER_TRANSACTION])
    in_use = kind.in_use(file, rows)
    for row in rows:
        row.outcome = "kept_in_use"
    _take_back(actor, file, [row for row in rows if row.line not in in_use])
    store_rows(rows)
    return _step_done(locked, rows, S.UNDOING, S.UNDONE)


def _take_back(actor: Actor, file: File, rows: Sequence[ImportRow]) -> None:
    """All at once; where that is refused (a floor above refers to one, or it may not change any more), each row alone."""
    if not rows:
        return
    try:
        with all_or_nothing():
            outcomes = kinds()[file.batch.kind].undo(actor=actor, file=file, rows=rows)
    except (DatabaseError, ValueError) as refusal:
        _raise_when_held(refusal)
        for row in rows if len(rows) > 1 else ():
            _take_back(actor, file, [row])
        return
    for row, outcome in zip(rows, outcomes, strict=True):
        row.outcome = outcome
