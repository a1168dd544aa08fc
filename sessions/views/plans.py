"""The plan of a course, and the sheet that the patient takes home."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from clinic.pages import link_above
from clinic.permissions import Permission, requires
from clinic.reads import record_read
from clinic.requests import StaffRequest
from clinic.selectors.patients import person
from sessions.forms.plans import NO_LASER, ExerciseRows, PlanForm, rhythm_key
from sessions.models import Course, Protocol
from sessions.selectors.courses import WEEKDAYS, PlanSheet, course_line, newest_plan, plan_versions
from sessions.selectors.devices import active_protocols
from sessions.services.courses import CourseRefused, make_plan

# Two to four exercises are what the literature on adherence calls feasible; more is allowed, with a word of advice.
ADVISED_EXERCISES = 4


@requires(Permission.PLAN_CARE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: StaffRequest, clinic: str, course: UUID) -> HttpResponse:
    """Make the next version of the plan, starting from the one that counts."""
    found: Course = get_object_or_404(Course.objects.select_related("patient", "responsible"), pk=course)
    if request.method == "POST":
        Course.objects.select_for_update(no_key=True).get(pk=found.pk)  # of two who save at once, the second sees the first's version
    former = newest_plan(found.pk)
    data = request.POST if request.method == "POST" else None
    form = PlanForm(data, protocols=active_protocols(), former=former, initial=_as_typed(former))
    rows = ExerciseRows(data, prefix="exercise", initial=_exercises_as_typed(former))
    if request.method == "POST" and form.is_valid() and rows.is_valid() and _save(request, found, former, form, rows):
        return redirect(link_above(clinic, "course", course=course))
    record_read(actor=request.actor, patient_id=found.patient_id, action="plan.read", object_id=found.pk)
    shown = {
        "form": form,
        "rows": rows,
        "shown_rows": _shown_rows(former, rows),
        "person": person(found.patient_id),
        "course": course_line(found),
        "former": former,
        "versions": plan_versions(found.pk),
        "back_url": link_above(clinic, "course", course=course),
    }
    wrong = request.method == "POST" and bool(form.errors or rows.total_error_count())
    return render(request, "sessions/plan.html", shown, status=422 if wrong else form.status)


def _shown_rows(former: PlanSheet | None, rows: Any) -> int:
    """The exercises of the former version and one more; every row that was filled in when something is to be corrected."""
    if rows.is_bound:
        return max((at + 1 for at, row in enumerate(rows.forms) if row.has_changed() or row.initial), default=1)
    return len(former.exercises) + 1 if former else 2


def _save(request: StaffRequest, course: Course, former: PlanSheet | None, form: PlanForm, rows: Any) -> bool:
    """Whether there is nothing left to correct."""
    if former is not None and not form.has_changed() and not rows.has_changed():
        messages.info(request, _("Nothing was changed: version %(version)s counts.") % {"version": former.version})
        return True
    exercises = [exercise for row in rows.forms if (exercise := row.exercise())]
    chosen = form.cleaned_data["protocol"]
    try:
        made = make_plan(
            actor=request.actor,
            course=course,
            planned_visits=form.cleaned_data["planned_visits"],
            visits_per_week=Decimal(form.cleaned_data["visits_per_week"]),
            protocol=None if chosen == NO_LASER else Protocol.objects.get(pk=chosen),
            review_on=form.cleaned_data["review_on"],
            exercises=exercises,
            therapies=form.therapies(),
        )
    except CourseRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return False
    messages.success(request, _("Version %(version)s of the plan counts from now on.") % {"version": made.version})
    if len(exercises) > ADVISED_EXERCISES:
        advice = _("%(number)s exercises are planned. Two to four are easier to keep up.")
        messages.warning(request, advice % {"number": len(exercises)})
    return True


def _as_typed(former: PlanSheet | None) -> dict[str, Any]:
    if former is None:
        return {}
    kinds: dict[str, list[str]] = {}
    for kind, code in former.therapy_codes:
        kinds.setdefault(kind, []).append(f"{kind}:{code}")
    return {
        "planned_visits": former.planned_visits,
        "visits_per_week": rhythm_key(former),
        "protocol": str(former.protocol_id or NO_LASER),
        "review_on": former.review_on,
        **kinds,
    }


def _exercises_as_typed(former: PlanSheet | None) -> list[dict[str, Any]]:
    return [
        {
            "name": line.name,
            "sets": line.sets,
            "repetitions": line.repetitions,
            "minutes": line.minutes,
            "weekdays": [day for day, marked in enumerate(line.weekdays) if marked],
        }
        for line in (former.exercises if former else ())
    ]


@requires(Permission.SEE_RECORDS)
@require_GET
def printed_plan(request: StaffRequest, clinic: str, course: UUID) -> HttpResponse:
    """One A4 sheet for the patient, in the patient's language and without clinical terms."""
    found: Course = get_object_or_404(Course.objects.select_related("patient"), pk=course)
    reads = found.patient.language
    with translation.override(reads if reads in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        record_read(actor=request.actor, patient_id=found.patient_id, action="plan.print", object_id=found.pk)
        shown = {
            "plan": newest_plan(found.pk),
            "person": person(found.patient_id),
            "weekdays": WEEKDAYS,
            "course_id": course,
            "may_plan": request.membership.may(Permission.PLAN_CARE),
        }
        return render(request, "sessions/plan_print.html", shown)
