"""The patient's record: who, which courses, the trend of one of them, and everything that happened, newest first."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language

from clinic.identifiers import uuid7
from clinic.models import EmergencyAccess, Patient
from clinic.permissions import Permission, requires
from clinic.reads import record_read
from clinic.requests import StaffRequest
from clinic.selectors.emergency import READ as EMERGENCY_READ
from clinic.selectors.emergency import open_emergency
from clinic.selectors.patients import may_message, person
from outcomes.selectors.record import trend
from outcomes.selectors.timeline import timeline
from outcomes.trend_chart import trend_figure
from sessions.models import Course
from sessions.selectors.courses import course_lines, newest_plan
from sessions.selectors.delivered import energy_of_course


@requires(Permission.SEE_RECORDS, in_emergency=True)
def patient(request: StaffRequest, clinic: str, patient: str) -> HttpResponse:
    """A patient's record, opened at the newest course."""
    found = get_object_or_404(Patient, pk=patient)
    if found.merged_into_id:
        return redirect("patient", clinic=clinic, patient=found.merged_into_id)
    return _page(request, found, None)


@requires(Permission.SEE_RECORDS, in_emergency=True)
def course(request: StaffRequest, clinic: str, course: str) -> HttpResponse:
    """The record, opened at one course."""
    found = get_object_or_404(Course.objects.select_related("patient"), pk=course)
    return _page(request, found.patient, found)


def _opened_in_emergency(request: StaffRequest, found: Patient) -> EmergencyAccess | None:
    """The emergency in which this record is read; None for whoever may read records anyway. Raises PermissionDenied."""
    if request.membership.may(Permission.SEE_RECORDS):
        return None
    opened = open_emergency(request.membership, found.pk)
    if opened is None:
        raise PermissionDenied
    return opened


def _page(request: StaffRequest, found: Patient, chosen: Course | None) -> HttpResponse:
    opened = _opened_in_emergency(request, found)
    if opened is None:
        record_read(actor=request.actor, patient_id=found.pk, action="record.read")
    else:
        record_read(actor=request.actor, patient_id=found.pk, action=EMERGENCY_READ, object_id=opened.pk)
    zone, language = request.clinic.zone, (get_language() or "en")[:2]
    who = person(found.pk)
    courses = course_lines([found.pk]).get(found.pk, [])
    shown = next((line for line in courses if chosen is None or line.id == chosen.pk), None)
    page = {
        "patient": found,
        "person": who,
        "age": who.age_on(timezone.localdate(timezone=zone)),
        "courses": courses,
        "course": shown,
        "consents": may_message(found.pk),
        "zone": zone,
        "walk_in_key": uuid7(),
        "opened_until": opened.ends_at if opened else None,
    }
    if shown is not None:
        page |= {
            "figure": trend_figure(trend(shown.id), zone=zone, language=language),
            "entries": timeline(shown.id),
            "plan": newest_plan(shown.id),
            "energy": energy_of_course(shown.id),
        }
    return render(request, "outcomes/record.html", page)
