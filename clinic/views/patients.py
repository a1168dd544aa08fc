"""Finding, adding and changing patients; what they agreed to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clinic.consent_texts import TEXTS, VERSION
from clinic.encryption import seal, unseal
from clinic.forms.patients import ConsentForm, EditPatientForm, NewPatientForm
from clinic.forms.seen import held
from clinic.models import Consent, Patient, PatientIdentity
from clinic.pages import link_above
from clinic.permissions import Permission, requires
from clinic.reads import record_read
from clinic.requests import StaffRequest, posted
from clinic.selectors.patients import consents, likely_same, page_of_patients
from clinic.services.patients import OWN_FIELDS, PatientRefused, change_identity, change_patient, record_consent, register_patient


@requires(Permission.FIND_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def patients(request: StaffRequest, clinic: str) -> HttpResponse:
    """The list, newest first, or who fits what was typed. The search is posted and goes on sealed: names stay out of addresses."""
    if request.method == "POST":
        return _to_found(request, request.POST.get("q", "").strip()[:200])
    wanted = _sought(request)
    page = page_of_patients(wanted, after=_cursor(request))
    rows = [(line, _record_url(request, line.patient_id)) for line in page.lines]
    following = ""
    if page.after:
        address = QueryDict(mutable=True)
        address.update({"after": str(page.after), **({"find": request.GET["find"]} if wanted else {})})
        following = address.urlencode()
    found = {
        "rows": rows,
        "wanted": wanted,
        "following": following,
        "is_first": "after" not in request.GET,
        "walk_in": request.GET.get("for") == "walk-in",
    }
    return render(request, "clinic/patients.html", found)


def _to_found(request: StaffRequest, wanted: str) -> HttpResponse:
    address = reverse("patients", kwargs={"clinic": request.clinic.slug})
    if not wanted:
        return redirect(address)
    sealed = QueryDict(mutable=True)
    sealed["find"] = seal({"clinic": str(request.clinic.pk), "sought": wanted}).decode()
    return redirect(f"{address}?{sealed.urlencode()}")


def _sought(request: StaffRequest) -> str:
    token = request.GET.get("find", "")
    if not token:
        return ""
    try:
        sought = unseal(token.encode())
    except (InvalidToken, ValueError):
        raise Http404 from None
    if sought.get("clinic") != str(request.clinic.pk):
        raise Http404
    return str(sought["sought"])


def _cursor(request: StaffRequest) -> UUID | None:
    try:
        return UUID(request.GET["after"]) if "after" in request.GET else None
    except ValueError:
        raise Http404 from None


def _record_url(request: StaffRequest, patient_id: UUID) -> str:
    """To the record for those who may read it, else to identity and contact."""
    slug = request.clinic.slug
    record = link_above(slug, "record", patient=patient_id) if request.membership.may(Permission.SEE_RECORDS) else ""
    return record or reverse("patient_edit", kwargs={"clinic": slug, "patient": patient_id})


@requires(Permission.EDIT_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def new_patient(request: StaffRequest, clinic: str) -> HttpResponse:
    """Somebody comes for the first time. Who may already be on record is shown, and never stands in the way."""
    form = NewPatientForm(posted(request), clinic=request.clinic)
    if request.method != "POST":
        return render(request, "clinic/patient_new.html", {"form": form})
    if not form.is_valid():
        return render(request, "clinic/patient_new.html", {"form": form}, status=422)
    known = [] if form.cleaned_data["confirmed"] else likely_same(**{name: form.cleaned_data[name] for name in OWN_FIELDS})
    if known:
        likely = [(each, _record_url(request, each.person.patient_id)) for each in known]
        return render(request, "clinic/patient_new.html", {"form": form, "likely": likely}, status=422)
    try:
        patient = register_patient(actor=request.actor, **form.person())
    except PatientRefused as refused:
        form.refused(refused)
        return render(request, "clinic/patient_new.html", {"form": form}, status=422)
    _note_consent(request, patient, form.cleaned_data["messages_agreed"])
    messages.success(request, _("The patient is on record as number %(number)s.") % {"number": patient.record_number})
    return redirect(_next_step(request, patient))


def _note_consent(request: StaffRequest, patient: Patient, answer: str) -> None:
    if answer:
        record_consent(actor=request.actor, patient=patient, purpose=Consent.Purpose.MESSAGES, given=answer == "yes")


def _next_step(request: StaffRequest, patient: Patient) -> str:
    """A therapist goes on to the course of care, everybody else to identity and contact."""
    slug = request.clinic.slug
    course = link_above(slug, "new_course", patient=patient.pk) if request.membership.may(Permission.PLAN_CARE) else ""
    return course or reverse("patient_edit", kwargs={"clinic": slug, "patient": patient.pk})


@requires(Permission.EDIT_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_patient(request: StaffRequest, clinic: str, patient: UUID) -> HttpResponse:
    """Identity, contact, and what the patient agreed to."""
    identity = get_object_or_404(held(request, PatientIdentity.objects.select_related("patient")), patient_id=patient)
    if identity.patient.merged_into_id:
        return redirect("patient_edit", clinic=clinic, patient=identity.patient.merged_into_id)
    form = EditPatientForm(posted(request), clinic=request.clinic, identity=identity)
    record_read(actor=request.actor, patient_id=patient, action="identity.read")
    if request.method != "POST":
        return _edit_page(request, identity, form)
    if not form.is_valid():
        return _edit_page(request, identity, form, status=form.status)
    try:
        change_identity(actor=request.actor, patient=identity.patient, **form.identity())
        change_patient(actor=request.actor, patient=identity.patient, **form.record())
    except PatientRefused as refused:
        form.refused(refused)
        return _edit_page(request, identity, form, status=422)
    messages.success(request, _("Identity and contact are saved."))
    return redirect(_record_url(request, patient))


def _edit_page(request: StaffRequest, identity: PatientIdentity, form: EditPatientForm, *, status: int = 200) -> HttpResponse:
    slug = request.clinic.slug
    record = link_above(slug, "record", patient=identity.patient_id) if request.membership.may(Permission.SEE_RECORDS) else ""
    shown: dict[str, Any] = {
        "form": form,
        "who": identity,
        "consents": [(state, Consent.Purpose(state.purpose).label, TEXTS[state.purpose]) for state in consents(identity.patient_id)],
        "back_url": record or reverse("patients", kwargs={"clinic": slug}),
        "to_record": bool(record),
        "merge_url": link_above(slug, "merge", patient=identity.patient_id),
    }
    return render(request, "clinic/patient_edit.html", shown, status=status)


@requires(Permission.EDIT_PATIENTS)
@require_POST
def consent(request: StaffRequest, clinic: str, patient: UUID) -> HttpResponse:
    """Add one statement: agreed, or withdrawn. Former ones stay."""
    about = get_object_or_404(Patient, pk=patient).kept
    form = ConsentForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was recorded: press one of the two buttons beside an agreement."))
        return redirect("patient_edit", clinic=clinic, patient=about.pk)
    given = form.cleaned_data["given"] == "yes"
    record_consent(actor=request.actor, patient=about, purpose=form.cleaned_data["purpose"], given=given, text_version=VERSION)
    messages.success(request, _("Agreement recorded.") if given else _("Refusal or withdrawal recorded."))
    return redirect("patient_edit", clinic=clinic, patient=about.pk)
