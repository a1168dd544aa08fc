"""Records that were imported by mistake: off all lists, and back again when they are imported anew. Rows and trace stay."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from clinic.models import Patient
from clinic.writes import Actor, audited, nothing_to_write, writes


@writes("patient.withdraw")
def withdraw_patients(*, actor: Actor, patients: Sequence[Patient]) -> None:
    """Take records that were imported by mistake off all lists; one statement."""
    if not patients:
        nothing_to_write()
        return
    Patient.objects.filter(pk__in=[patient.pk for patient in patients]).update(withdrawn_at=timezone.now())
    for patient in patients:
        audited(patient)


@writes("patient.reinstate")
def reinstate_patient(*, actor: Actor, patient: Patient) -> Patient:
    """Put a record that was taken off the lists back on them."""
    patient.withdrawn_at = None
    patient.save(update_fields=["withdrawn_at"])
    audited(patient)
    return patient
