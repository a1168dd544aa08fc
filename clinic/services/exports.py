"""Exports: asked for on a page, written by a worker, fetched once or more within a quarter of an hour, then deleted."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.utils import timezone
from psycopg import IsolationLevel

from clinic.exporting.tables import tables, tables_about
from clinic.exporting.writing import TooManyRows, write_csv, write_xlsx
from clinic.models import Clinic, Export, Membership, Patient
from clinic.permissions import Permission
from clinic.scoping import clinic_scope, current_clinic_id
from clinic.writes import Actor, audited, nothing_to_write, writes

log = logging.getLogger(__name__)

KEPT = timedelta(minutes=15)
# A worker that died leaves its export running: after this time somebody else takes it up.
LOST_AFTER = timedelta(minutes=40)


class ExportRefused(ValueError):
    """An export that cannot be asked for or fetched now."""


@writes("export.ask")
def ask_for_export(*, actor: Actor, member: Membership, file_format: str, with_names: bool, patient: Patient | None = None) -> Export:
    """Put an export on the list that workers look at, of everything or of what is kept about one patient, always with their name.

    One at a time per person. Raises ExportRefused.
    """
    if Export.objects.filter(requested_by=member, state__in=[Export.State.WAITING, Export.State.RUNNING]).exists():
        raise ExportRefused("An export of yours is being written already.")
    export = Export(requested_by=member, format=file_format, with_names=with_names or patient is not None, patient=patient)
    if not may_fetch(export, member):
        raise ExportRefused("You may not export names.")
    export.save()
    audited(export, patient_id=export.patient_id, format=file_format, with_names=export.with_names)
    return export


def file_of(export: Export) -> Path:
    """Where the file lies: outside of everything that the web server gives away by itself."""
    return Path(settings.EXPORT_DIR) / f"{export.pk}.{'zip' if export.format == Export.Format.CSV else 'xlsx'}"


def make_next_export(clinic_id: UUID, *, actor: Actor) -> bool:
    """Write the oldest export that waits in this clinic. Opens scopes of its own: never call it inside one."""
    with clinic_scope(clinic_id):
        export = claim_export(actor=actor)
    if export is None:
        return False
    error, counts = "", {}
    try:
        counts = _write(clinic_id, export)
    except TooManyRows:
        error = "too_many_rows"
    except OSError as failure:
        log.warning("export %s: %s", export.pk, type(failure).__name__)
        error = "no_room"
    except Exception:
        # Whatever it is, it would be the same in forty minutes; whoever asked is told, and may ask for the other kind of file.
        log.exception("export %s", export.pk)
        error = "failed"
    with clinic_scope(clinic_id):
        settle_export(actor=actor, export=export, counts=counts, error=error)
    return True


def _write(clinic_id: UUID, export: Export) -> dict[str, int]:
    """Write the file from one snapshot of the database: no table is younger than another."""
    path = file_of(export)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    connection.ensure_connection()
    raw: Any = connection.connection
    raw.isolation_level = IsolationLevel.REPEATABLE_READ
    try:
        with clinic_scope(clinic_id):
            unfinished.touch(mode=0o600)
            counts = _written(unfinished, export)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    finally:
        raw.isolation_level = None
    unfinished.replace(path)
    return counts


def _written(unfinished: Path, export: Export) -> dict[str, int]:
    if export.patient_id is None:
        found = tables(with_names=export.with_names)
    else:
        found = tables_about([export.patient_id, *Patient.objects.filter(merged_into=export.patient_id).values_list("pk", flat=True)])
    if export.format == Export.Format.CSV:
        return write_csv(unfinished, found, _about(export), as_json=export.patient_id is not None)
    return write_xlsx(unfinished, found, _about(export))


def _about(export: Export) -> str:
    clinic = Clinic.objects.get(pk=current_clinic_id())
    if export.patient_id is not None:
        return f"{clinic.name}, {timezone.now():%Y-%m-%d %H:%M} UTC: everything that is kept about one person.\nInstants are UTC.\n"
    names = "with names and contact data" if export.with_names else "without names and contact data"
    return f"{clinic.name}, {timezone.now():%Y-%m-%d %H:%M} UTC, {names}.\nInstants are UTC; empty cells are missing values, never zero.\n"


@writes("export.begin")
def claim_export(*, actor: Actor) -> Export | None:
    """The oldest export that waits, for this worker alone; whoever asked must still be allowed to, or it is refused."""
    nothing_to_write()
    lost = timezone.now() - LOST_AFTER
    rows = Export.objects.select_related("requested_by").select_for_update(of=("self",), skip_locked=True)
    waiting = rows.filter(state=Export.State.WAITING) | rows.filter(state=Export.State.RUNNING, began_at__lt=lost)
    export: Export | None = waiting.order_by("requested_at").first()
    if export is None:
        return None
    if not may_fetch(export, export.requested_by):
        settle_export(actor=actor, export=export, counts={}, error="no_longer_allowed")
        return None
    export.state, export.began_at = Export.State.RUNNING, timezone.now()
    export.save(update_fields=["state", "began_at"])
    return export


@writes("export.finish")
def settle_export(*, actor: Actor, export: Export, counts: dict[str, int], error: str = "") -> None:
    """Say what came of it; a ready file lives for a quarter of an hour."""
    export.state = Export.State.FAILED if error else Export.State.READY
    export.error, export.counts, export.finished_at = error, counts, timezone.now()
    export.expires_at = None if error else export.finished_at + KEPT
    export.save(update_fields=["state", "error", "counts", "finished_at", "expires_at"])
    audited(export, error=error, tables=len(counts), rows=sum(counts.values()))


@writes("export.fetch")
def note_fetched(*, actor: Actor, export: Export) -> None:
    """The file leaves the product."""
    audited(export, patient_id=export.patient_id, with_names=export.with_names, rows=sum(export.counts.values()))


def may_fetch(export: Export, member: Membership) -> bool:
    """Whether this member asked for it and is still allowed to; asked again at every step."""
    allowed = member.is_active and member.may(Permission.EXPORT_EVERYTHING)
    return allowed and export.requested_by_id == member.pk and (not export.with_names or member.may(Permission.EXPORT_NAMES))


@writes("export.delete")
def delete_expired(*, actor: Actor) -> int:
    """Delete the files whose time is over; how many."""
    nothing_to_write()
    over = list(Export.objects.filter(state=Export.State.READY, expires_at__lte=timezone.now()))
    for export in over:
        file_of(export).unlink(missing_ok=True)
        export.state = Export.State.GONE
        export.save(update_fields=["state"])
        audited(export)
    return len(over)
