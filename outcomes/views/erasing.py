"""Erasing who a patient was: find the record, see what goes and what stays, confirm."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.models import Patient
from clinic.permissions import Permission, requires
from clinic.reads import record_read
from clinic.requests import StaffRequest, posted
from outcomes.forms.erasing import EraseForm, FindToEraseForm
from outcomes.selectors.erasing import SHOWN, erased_lines, past_their_time, preview
from outcomes.services.erasing import ErasureRefused, erase_patient


@requires(Permission.ERASE_PATIENTS, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def erasures(request: StaffRequest, clinic: str) -> HttpResponse:
    """Who was erased, whose record is past its time; a number leads to what would go."""
    asked = FindToEraseForm(posted(request))
    if request.method == "POST" and asked.is_valid():
        return _decide(request, asked.patient)
    past = past_their_time()
    shown = {
        "asked": asked,
        "erased": erased_lines(),
        "past": past[:SHOWN],
        "more": len(past) > SHOWN,
        "years": settings.RECORD_RETENTION_YEARS,
    }
    return render(request, "outcomes/erasures.html", shown, status=422 if asked.errors else 200)


def _decide(request: StaffRequest, patient: Patient) -> HttpResponse:
    """The preview, and the erasure once it is confirmed."""
    record_read(actor=request.actor, patient_id=patient.pk, action="identity.read")
    form = EraseForm(request.POST if "erase" in request.POST else None, record_number=patient.record_number)
    if form.is_valid():
        try:
            row = erase_patient(actor=request.actor, member=request.membership, patient=patient, reason=form.cleaned_data["reason"])
        except ErasureRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Erased. What is left of the record number is %(reference)s.") % {"reference": row.reference})
            return redirect("erasures", clinic=request.clinic.slug)
    shown = {"form": form, "what": preview(patient), "years": settings.RECORD_RETENTION_YEARS, "keep": settings.BACKUP_KEEP}
    return render(request, "outcomes/erase.html", shown, status=422 if form.errors else 200)
