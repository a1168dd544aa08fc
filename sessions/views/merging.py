"""One person on record twice: find the other record, compare, merge."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.models import Patient
from clinic.pages import link_above
from clinic.permissions import Permission, requires
from clinic.reads import record_read
from clinic.requests import StaffRequest, posted
from clinic.services.patients import PatientRefused
from sessions.forms.merging import MergeForm, OtherRecordForm
from sessions.selectors.merging import comparison
from sessions.services.merging import merge_patients


@requires(Permission.EDIT_PATIENTS, step_up=True)
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: StaffRequest, clinic: str, patient: UUID) -> HttpResponse:
    """The other record's number first, then both beside each other, then the decision with its reason."""
    kept = get_object_or_404(Patient.objects.filter(merged_into=None), pk=patient)
    record_read(actor=request.actor, patient_id=kept.pk, action="identity.read")
    asked = OtherRecordForm(posted(request))
    if request.method != "POST":
        return _page(request, kept, asked)
    other = _other(kept, asked)
    if other is None:
        return _page(request, kept, asked, status=422)
    record_read(actor=request.actor, patient_id=other.pk, action="identity.read")
    form = MergeForm(request.POST if "merge" in request.POST else None, initial={"other": other.record_number})
    if form.is_valid():
        try:
            merge_patients(actor=request.actor, kept=kept, absorbed=other, reason=form.cleaned_data["reason"])
        except PatientRefused as refused:
            form.add_error("reason", str(refused))
        else:
            messages.success(request, _("Both records are one now: %(number)s.") % {"number": kept.record_number})
            record = link_above(clinic, "record", patient=kept.pk) if request.membership.may(Permission.SEE_RECORDS) else ""
            return redirect(record or reverse("patient_edit", kwargs={"clinic": clinic, "patient": kept.pk}))
    return _page(request, kept, asked, form=form, compared=comparison(kept.pk, other.pk), status=422 if form.errors else 200)


def _other(kept: Patient, asked: OtherRecordForm) -> Patient | None:
    if not asked.is_valid():
        return None
    found: Patient | None = Patient.objects.filter(record_number__iexact=asked.cleaned_data["other"].strip(), merged_into=None).first()
    if found is None or found.pk == kept.pk:
        asked.add_error("other", _("This is the record you are on.") if found else _("There is no record with this number."))
        return None
    return found


def _page(request: StaffRequest, kept: Patient, asked: OtherRecordForm, *, status: int = 200, **shown: object) -> HttpResponse:
    return render(request, "sessions/merge.html", {"kept": kept, "asked": asked, **shown}, status=status)
