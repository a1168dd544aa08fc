"""After a restore: do again what the erasure ledger says was done since the backup, and say whether somebody came back."""

from __future__ import annotations

from django.conf import settings

from clinic.backup.restoring import Check, failed, passed
from clinic.models import Clinic, Erasure, PatientIdentity
from clinic.scoping import clinic_scope
from clinic.writes import SYSTEM_COMMAND
from outcomes.erasing.ledger import Ledger, read_ledger
from outcomes.services.erasing import erase_again

_NAME = "erasures"


def everything() -> list[Check]:
    """The first check of a restore: those below it try out what people do with what is then left."""
    try:
        ledger = read_ledger()
    except OSError as error:
        return [failed(_NAME, f"the erasure ledger {settings.ERASURE_LEDGER} cannot be read: {error.strerror}")]
    return [_replayed(ledger)]


def _replayed(ledger: Ledger) -> Check:
    known = {entry["id"] for entry in ledger.entries}
    again, back = 0, 0
    for clinic in Clinic.objects.all():
        with clinic_scope(clinic.pk):
            entries = [entry for entry in ledger.entries if entry["clinic"] == str(clinic.pk)]
            again += sum(erase_again(actor=SYSTEM_COMMAND, entry=entry) for entry in entries)
            rows = list(Erasure.objects.all())
            if any(str(row.pk) not in known for row in rows):
                return failed(_NAME, f"the backup knows of erasures that are not in {settings.ERASURE_LEDGER}: put the ledger there")
            people = {person for row in rows for person in row.people}
            back += sum(bool(each.fields) for each in PatientIdentity.objects.filter(patient__in=people))
    if ledger.broken_at is not None:
        return failed(_NAME, f"the erasure ledger was changed: line {ledger.broken_at} and what follows was not repeated")
    if back:
        return failed(_NAME, f"{back} erased people have a name again")
    if not ledger.exists:
        where = f"there is no erasure ledger at {settings.ERASURE_LEDGER}"
        return passed(_NAME, f"{where}; if anybody was erased since the backup, put it there and run `manage.py replay_erasures`")
    return passed(_NAME, f"{len(known)} in the ledger, {again} of them repeated")
