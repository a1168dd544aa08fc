"""Erasing a person: written down as an `Erasure` first, then done by the one function of the tables' owner that may.

The ledger's file follows within seconds (`keep_ledger`), once the transaction has ended: it can be taken back, a file cannot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.encryption import seal
from clinic.inbox import forget_mails_to
from clinic.models import Clinic, Erasure, Export, ImportBatch, Membership, Message, Patient, PatientIdentity
from clinic.scoping import current_clinic_id
from clinic.services.exports import file_of
from clinic.services.imports import forget_imports
from clinic.writes import Actor, audited, nothing_to_write, writes
from outcomes.erasing.ledger import write_down
from outcomes.selectors.erasing import record_until

_WORKING = [ImportBatch.State.JUDGING, ImportBatch.State.QUEUED, ImportBatch.State.RUNNING, ImportBatch.State.UNDOING]


class ErasureRefused(ValueError):
    """Somebody who cannot be erased now; the message says why."""


@writes("patient.erase")
def erase_patient(*, actor: Actor, member: Membership, patient: Patient, reason: str) -> Erasure:
    """Erase who this was, under every record merged into this one; the rest too when its time is over. Raises ErasureRefused."""
    people = [patient.pk, *Patient.objects.filter(merged_into=patient).values_list("pk", flat=True)]
    rows = list(Patient.objects.select_for_update().filter(pk__in=people).order_by("pk"))
    if patient.merged_into_id or Erasure.objects.filter(person=patient.pk).exists():
        raise ErasureRefused(_("This record was erased or merged already."))
    _require_quiet(people)
    until, today = record_until(people), Clinic.objects.get(pk=current_clinic_id()).today()
    row = _written_down(actor, Erasure.Kind.IDENTITY, people, reason, until, timezone.now(), member)
    _remove_files(rows)
    forget_imports(actor=actor, before=timezone.now())
    _erase(people, whole=False)
    if until <= today:
        _whole(actor, row)
    return row


def _require_quiet(people: Sequence[UUID]) -> None:
    """Nothing may be under way that would write the person down once more."""
    if Export.objects.filter(state=Export.State.RUNNING).exists():
        raise ErasureRefused(_("An export is being written. Try again in a few minutes."))
    if ImportBatch.objects.filter(state__in=_WORKING).exists():
        raise ErasureRefused(_("An import is under way. Try again when it is done."))
    if Message.objects.filter(patient__in=people, state=Message.State.SENDING).exists():
        raise ErasureRefused(_("A message to this person is being sent. Try again in a minute."))


def _written_down(
    actor: Actor, kind: str, people: Sequence[UUID], reason: str, until: date, at: datetime, member: Membership | None = None, **known: Any
) -> Erasure:
    row = Erasure(
        kind=kind,
        person=people[0],
        people=list(people),
        reference=reference_of(people[0]),
        reason=reason,
        record_until=until,
        erased_at=at,
        erased_by=member,
        **known,
    )
    row.save()
    audited(row, patient_id=people[0], kind=kind, reason=reason, until=until.isoformat())
    return row


def reference_of(person: UUID) -> str:
    """What stands in place of the record number: derived from the row's id, the same after every restore."""
    return f"E-{str(person).replace('-', '')[-10:].upper()}"


def _remove_files(rows: Sequence[Patient]) -> None:
    """Exports that lie there with names, and the demo's mails. They are gone even if the rest fails."""
    named = Export.objects.filter(Q(with_names=True) | Q(patient__in=rows), state__in=[Export.State.READY, Export.State.WAITING])
    for export in named:
        file_of(export).unlink(missing_ok=True)
    named.update(state=Export.State.GONE)
    identities = PatientIdentity.objects.filter(patient__in=rows)
    addresses = {address for each in identities for address in (each.email, each.carer_email) if address}
    forget_mails_to(current_clinic_id(), addresses)


def _erase(people: Sequence[UUID], *, whole: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT outcomes_erase(%s, %s::uuid[], %s, %s)", [current_clinic_id(), list(people), seal({}), whole])


def _whole(actor: Actor, row: Erasure) -> None:
    _written_down(actor, Erasure.Kind.RECORD, row.people, Erasure.Reason.RETENTION, row.record_until, timezone.now())
    _erase(row.people, whole=True)


@writes("patient.erase_record")
def delete_records_past_their_time(*, actor: Actor, today: date) -> int:
    """Of people who were erased, delete what had to be kept until now; how many. Of others nothing is ever deleted unasked."""
    nothing_to_write()
    done = Erasure.objects.filter(kind=Erasure.Kind.RECORD).values("person")
    over = list(Erasure.objects.filter(kind=Erasure.Kind.IDENTITY, record_until__lte=today).exclude(person__in=done))
    for row in over:
        _whole(actor, row)
    return len(over)


@writes("patient.erase_again")
def erase_again(*, actor: Actor, entry: Mapping[str, Any]) -> bool:
    """Do once more what the ledger says was done, after a backup from before it was restored; whether it was necessary."""
    nothing_to_write()
    if Erasure.objects.filter(pk=entry["id"]).exists():
        return False
    people = [UUID(each) for each in entry["people"]]
    until, at = date.fromisoformat(entry["until"]), datetime.fromisoformat(entry["at"])
    _written_down(actor, entry["kind"], people, entry["reason"], until, at, id=UUID(entry["id"]))
    _remove_files(list(Patient.objects.filter(pk__in=people)))
    forget_imports(actor=actor, before=timezone.now())
    _erase(people, whole=entry["kind"] == Erasure.Kind.RECORD)
    return True


def keep_ledger() -> int:
    """Bring this clinic's erasures into the file, where they are missing there; how many lines were added. Raises OSError, ValueError."""
    rows = Erasure.objects.order_by("erased_at", "pk")
    return write_down([entry_of(row) for row in rows])


def entry_of(row: Erasure) -> dict[str, Any]:
    """One line of the ledger: ids, dates, codes."""
    return {
        "id": str(row.pk),
        "clinic": str(row.clinic_id),
        "kind": row.kind,
        "people": [str(each) for each in row.people],
        "reason": row.reason,
        "until": row.record_until.isoformat(),
        "at": row.erased_at.isoformat(),
    }
