"""Opening, changing and ending courses of care."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clinic.forms.seen import held
from clinic.models import Patient
from clinic.pages import link_above
from clinic.permissions import THERAPIST, Permission, requires
from clinic.reads import record_read
from clinic.requests import StaffRequest, posted
from clinic.selectors.patients import person
from clinic.selectors.staff import therapists
from sessions.forms.courses import CourseForm, EndCourseForm
from sessions.models import Course
from sessions.selectors.courses import course_line, course_lines
from sessions.services.courses import CourseRefused, change_course, end_course, open_course


@requires(Permission.PLAN_CARE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_course(request: StaffRequest, clinic: str, patient: UUID) -> HttpResponse:
    """One complaint begins to be treated; the plan is the next page."""
    about = get_object_or_404(Patient, pk=patient).kept
    own = request.membership.pk if THERAPIST.key in request.membership.roles else ""
    initial = {"started_on": request.clinic.today(), "responsible": str(own)}
    form = CourseForm(posted(request), initial=initial, therapists=therapists(), clinic=request.clinic)
    if request.method == "POST" and form.is_valid():
        try:
            course = open_course(actor=request.actor, patient=about, **form.values())
        except CourseRefused as refused:
            form.refused(refused)
        else:
            messages.success(request, _("The course of care is open. Plan it now, or later from the record."))
            return redirect("plan", clinic=clinic, course=course.pk)
    record_read(actor=request.actor, patient_id=patient, action="identity.read")
    shown = {
        "form": form,
        "person": person(patient),
        "running": [line for line in course_lines([patient]).get(patient, []) if line.ended_on is None],
        "back_url": link_above(clinic, "record", patient=patient),
    }
    return render(request, "sessions/course_form.html", shown, status=422 if form.errors else 200)


@requires(Permission.PLAN_CARE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_course(request: StaffRequest, clinic: str, course: UUID) -> HttpResponse:
    """Correct complaint, code, onset, responsible person or label; the former state goes into the history."""
    found: Course = get_object_or_404(held(request, Course.objects.select_related("patient", "responsible")), pk=course)
    form = CourseForm(posted(request), initial=_as_typed(found), therapists=therapists(), clinic=request.clinic)
    del form.fields["started_on"]
    if request.method == "POST" and form.is_valid():
        try:
            change_course(actor=request.actor, course=found, **form.values())
        except CourseRefused as refused:
            form.refused(refused)
        else:
            messages.success(request, _("The course is saved."))
            return redirect(_course_url(clinic, course))
    return _page(request, "sessions/course_form.html", found, form)


@requires(Permission.PLAN_CARE)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: StaffRequest, clinic: str, course: UUID) -> HttpResponse:
    """End a course with its reason. Reports count it from then on."""
    found = _course(course)
    form = EndCourseForm(posted(request), initial={"ended_on": request.clinic.today()})
    if request.method == "POST" and form.is_valid():
        try:
            _check_not_ahead(form.cleaned_data["ended_on"], request.clinic.today())
            end_course(actor=request.actor, course=found, ended_on=form.cleaned_data["ended_on"], reason=form.cleaned_data["reason"])
        except CourseRefused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            messages.success(request, _("The course has ended."))
            return redirect(_course_url(clinic, course))
    return _page(request, "sessions/course_end.html", found, form)


def _check_not_ahead(ended_on: date, today: date) -> None:
    if ended_on > today:
        raise CourseRefused("ended_on", _("The end lies in the future."))


def _course(course: UUID) -> Course:
    found: Course = get_object_or_404(Course.objects.select_related("patient", "responsible"), pk=course)
    return found


def _course_url(clinic: str, course: UUID) -> str:
    return link_above(clinic, "course", course=course)


def _as_typed(course: Course) -> dict[str, Any]:
    names = ("complaint", "icd10_code", "onset_on", "started_on", "label")
    return {**{name: getattr(course, name) for name in names}, "responsible": str(course.responsible_id or "")}


def _page(request: StaffRequest, template: str, course: Course, form: Any) -> HttpResponse:
    record_read(actor=request.actor, patient_id=course.patient_id, action="record.read", object_id=course.pk)
    shown = {
        "form": form,
        "person": person(course.patient_id),
        "course": course_line(course),
        "back_url": _course_url(request.clinic.slug, course.pk),
    }
    changed = getattr(form, "changed_elsewhere", False)
    return render(request, template, shown, status=422 if form.errors else 409 if changed else 200)
