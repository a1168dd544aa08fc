"""Records that were imported by mistake: off all lists, and back again when they are imported anew. Rows and trace stay."""

from __future__ import annotations

from django.utils import timezone

from clinic.models import Patient
from clinic.writes import Actor, audited, writes


@writes("patient.withdraw")
def withdraw_patient(*, actor: Actor, patient: Patient) -> None:
    """Take a record that was imported by mistake off all lists."""
    patient.withdrawn_at = timezone.now()
    patient.save(update_fields=["withdrawn_at"])
    audited(patient)


@writes("patient.reinstate")
def reinstate_patient(*, actor: Actor, patient: Patient) -> Patient:
    """Put a record that was taken off the lists back on them."""
    patient.withdrawn_at = None
    patient.save(update_fields=["withdrawn_at"])
    audited(patient)
    return patient
