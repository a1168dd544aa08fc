"""Two records of one person become one: courses of care move, contact and consent are united, the other record leads here."""

from __future__ import annotations

from clinic.models import Patient
from clinic.services.patients import absorb_patient
from clinic.writes import Actor, audited, writes
from sessions.models import Course


@writes("patient.merge")
def merge_patients(*, actor: Actor, kept: Patient, absorbed: Patient, reason: str) -> int:
    """Move everything of `absorbed` to `kept`; how many courses of care moved.

    Visits, plans, invitations, responses and scores hang on their courses and move with them, unchanged. What was signed, answered or
    audited under the other record stays as it is; both records show the trace. Raises PatientRefused.
    """
    absorb_patient(actor=actor, kept=kept, absorbed=absorbed, reason=reason)
    moved: int = Course.objects.filter(patient=absorbed).update(patient=kept)
    audited(kept, patient_id=kept.pk, absorbed=str(absorbed.pk), courses=moved)
    return moved
