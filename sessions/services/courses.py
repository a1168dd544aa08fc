"""Courses of care and their plans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from clinic.models import Clinic, Membership, Patient
from clinic.scoping import current_clinic_id
from clinic.writes import Actor, audited, nothing_to_write, writes
from sessions import codes
from sessions.models import Course, Plan, PlannedExercise, PlannedTherapy, Protocol

# What a plan may name beside laser: kind → its coded list.
THERAPY_LISTS: dict[str, codes.CodeList] = {
    "manual_therapy": "manual_therapy_techniques",
    "exercise": "exercise_families",
    "education": "education_topics",
    "other_modality": "other_modalities",
}
_ICD10 = re.compile(r"^[A-Z]\d{2}(\.[0-9A-Z]{1,4})?$")


class CourseRefused(ValueError):
    """A course or plan that cannot be stored; `field` says where."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def checked_icd10(code: str, *, country: str = "") -> str:
    """An ICD-10 code in its written form, or empty; by the edition of this country, else of the open clinic's. Raises CourseRefused.

    M54.5 alone has been invalid in ICD-10-CM, which the United States write, since October 2021: it was divided into .50, .51 and
    .59. Elsewhere, in ICD-10-GM for one, it stands as it was.
    """
    plain = code.strip().upper()
    if not plain:
        return ""
    if not _ICD10.match(plain):
        raise CourseRefused("icd10_code", _("This is not written like an ICD-10 code, for example M54.16."))
    if plain == "M54.5" and (country or Clinic.objects.values_list("country", flat=True).get(pk=current_clinic_id())) == "US":
        raise CourseRefused("icd10_code", _("M54.5 was divided: use M54.50, M54.51 or M54.59."))
    return plain


@writes("course.open")
def open_course(
    *,
    actor: Actor,
    patient: Patient,
    complaint: str,
    started_on: date,
    onset_on: date | None = None,
    responsible: Membership | None = None,
    label: str = "",
    icd10_code: str = "",
    external_id: str = "",
) -> Course:
    """Open a course of care. Raises CourseRefused."""
    if complaint not in Course.Complaint.values:
        raise CourseRefused("complaint", _("Choose a complaint."))
    if onset_on and onset_on > started_on:
        raise CourseRefused("onset_on", _("The onset lies after the start."))
    course = Course(
        patient=patient,
        complaint=complaint,
        icd10_code=checked_icd10(icd10_code),
        onset_on=onset_on,
        responsible=responsible,
        label=label.strip(),
        started_on=started_on,
        external_id=external_id,
    )
    course.save()
    audited(course)
    return course


@writes("course.open")
def open_courses(*, actor: Actor, courses: Sequence[Course]) -> None:
    """Open many courses of which only patient, complaint, first day and key are known, in one statement. Raises CourseRefused."""
    if any(course.complaint not in Course.Complaint.values for course in courses):
        raise CourseRefused("complaint", _("Choose a complaint."))
    Course.objects.bulk_create(courses)
    for course in courses:
        audited(course)
    if not courses:
        nothing_to_write()


@writes("course.change")
def change_course(*, actor: Actor, course: Course, **fields: Any) -> Course:
    """Correct complaint, ICD-10 code, onset, responsible person or label. Raises CourseRefused."""
    unknown = set(fields) - {"complaint", "icd10_code", "onset_on", "responsible", "label"}
    if unknown:
        raise TypeError(f"change_course() does not know {sorted(unknown)}.")
    if "icd10_code" in fields:
        fields["icd10_code"] = checked_icd10(fields["icd10_code"])
    if fields.get("onset_on") and fields["onset_on"] > course.started_on:
        raise CourseRefused("onset_on", _("The onset lies after the start."))
    for name, value in fields.items():
        setattr(course, name, value)
    course.save()
    audited(course, fields=sorted(fields))
    return course


@writes("course.end")
def end_course(*, actor: Actor, course: Course, ended_on: date, reason: str) -> Course:
    """End a course, with the reason. Raises CourseRefused."""
    if course.ended_on:
        raise CourseRefused("ended_on", _("This course has ended already."))
    if ended_on < course.started_on:
        raise CourseRefused("ended_on", _("The end lies before the start."))
    if reason not in Course.EndReason.values:
        raise CourseRefused("end_reason", _("Choose a reason."))
    course.ended_on, course.end_reason = ended_on, reason
    course.save()
    audited(course, reason=reason)
    return course


@writes("plan.make")
def make_plan(
    *,
    actor: Actor,
    course: Course,
    planned_visits: int,
    visits_per_week: Decimal,
    protocol: Protocol | None,
    review_on: date,
    exercises: Sequence[dict[str, Any]] = (),
    therapies: Sequence[dict[str, Any]] = (),
) -> Plan:
    """Make the course's next plan version; the earlier ones stay. Raises CourseRefused.

    `exercises`: name, sets, repetitions or minutes, weekdays (0 = Monday); `therapies`: kind and code of the treatment list, note.
    """
    _check_plan(course, planned_visits, visits_per_week, review_on, protocol)
    parts = [_checked_exercise(item) for item in exercises]
    _check_therapies(therapies)
    Course.objects.select_for_update().get(pk=course.pk)  # two tabs make two versions, not one twice
    earlier = Plan.objects.filter(course=course).order_by("-version").first()
    plan = Plan(
        course=course,
        version=earlier.version + 1 if earlier else 1,
        planned_visits=planned_visits,
        visits_per_week=visits_per_week,
        protocol=protocol,
        review_on=review_on,
    )
    plan.save()
    PlannedExercise.objects.bulk_create([PlannedExercise(plan=plan, position=at, **item) for at, item in enumerate(parts)])
    PlannedTherapy.objects.bulk_create([PlannedTherapy(plan=plan, position=at, **item) for at, item in enumerate(therapies)])
    audited(plan, version=plan.version, exercises=len(parts), therapies=len(therapies))
    return plan


def _check_plan(course: Course, planned_visits: int, visits_per_week: Decimal, review_on: date, protocol: Protocol | None) -> None:
    if not 1 <= planned_visits <= 200:
        raise CourseRefused("planned_visits", _("Plan between 1 and 200 visits."))
    if not 0 < visits_per_week <= 14:
        raise CourseRefused("visits_per_week", _("Visits per week lie above 0 and up to 14."))
    if review_on < course.started_on:
        raise CourseRefused("review_on", _("The review lies before the start of the course."))
    if protocol is not None and protocol.clinic_id != course.clinic_id:
        raise CourseRefused("protocol", _("Choose a protocol of the clinic."))


def _checked_exercise(item: dict[str, Any]) -> dict[str, Any]:
    days = sorted(set(item.get("weekdays", ())))
    if not str(item.get("name", "")).strip():
        raise CourseRefused("exercises", _("An exercise has a name."))
    if any(not 0 <= day <= 6 for day in days):
        raise CourseRefused("exercises", _("There are seven days in a week."))
    return {**item, "name": str(item["name"]).strip(), "weekdays": days}


def _check_therapies(therapies: Sequence[dict[str, Any]]) -> None:
    for item in therapies:
        listed = THERAPY_LISTS.get(item.get("kind", ""))
        if listed is None or item.get("code") not in {code.key for code in codes.codes(listed)}:
            raise CourseRefused("therapies", _("Choose treatments of the list."))


@writes("course.undo_import")
def drop_imported_courses(*, actor: Actor, courses: Sequence[Course]) -> None:
    """Delete courses that a file brought and on which nothing hangs; their history keeps what they were. Raises when something does."""
    if not courses:
        nothing_to_write()
        return
    Course.objects.filter(pk__in=[course.pk for course in courses]).delete()
    for course in courses:
        audited(course, patient_id=course.patient_id)
