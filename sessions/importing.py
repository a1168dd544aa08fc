"""What an imported patient row may say about a course of care: the complaint and when it began to be treated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from clinic import birth_dates
from clinic.importing.fields import CellRefused, Field, coded
from clinic.models import Clinic, Patient
from clinic.writes import Actor, audited, writes
from sessions.models import Course
from sessions.services.courses import open_course


def _day(text: str, clinic: Clinic) -> date:
    found = birth_dates.readings(text, today=clinic.today(), month_first=clinic.country in birth_dates.MONTH_FIRST)
    if not found:
        raise CellRefused("is no date until today")
    return found[0]


_COMPLAINTS = {value: value for value in Course.Complaint.values} | {
    str(label).casefold(): value for value, label in Course.Complaint.choices
}


class CoursePart:
    """One course of care per row: known by the source and the record number."""

    fields = (
        Field("complaint", _("Complaint"), coded(_COMPLAINTS), ("complaint", "diagnosis group", "beschwerde")),
        Field("started_on", _("Course began"), _day, ("course began", "started on", "start of treatment", "behandlungsbeginn")),
    )

    def key(self, given: Mapping[str, Any], source: str) -> str:
        """A row without a complaint has no course."""
        number = given.get("record_number", "")
        return f"{_prefix(source)}{number}" if given.get("complaint") and number else ""

    def known(self, keys: set[str]) -> set[str]:
        """The courses that were imported before."""
        return set(Course.objects.filter(external_id__in=keys).values_list("external_id", flat=True))

    def objection(self, given: Mapping[str, Any]) -> str:
        """A course needs a complaint, a beginning and a record number to be known by."""
        if bool(given.get("complaint")) != bool(given.get("started_on")):
            return "a course needs its complaint and the day it began"
        return "a course needs the patient's record number" if given.get("complaint") and not given.get("record_number") else ""

    def write(self, *, actor: Actor, patient: Patient, given: Mapping[str, Any], source: str) -> None:
        """Open the course, unless it is there."""
        key = self.key(given, source)
        if key and not self.known({key}):
            open_course(actor=actor, patient=patient, complaint=given["complaint"], started_on=given["started_on"], external_id=key)

    def in_use(self, patients: set[UUID], source: str) -> set[UUID]:
        """Whoever has a course from elsewhere, or a visit, plan, invitation or answer in any."""
        courses = Course.objects.filter(patient_id__in=patients)
        used = courses.exclude(external_id__startswith=_prefix(source)) | courses.exclude(visits=None) | courses.exclude(plans=None)
        return set(used.values_list("patient_id", flat=True))

    def undo(self, *, actor: Actor, patient: Patient, source: str) -> None:
        """Delete the courses that this source brought; their history keeps what they were."""
        drop_imported_courses(actor=actor, patient=patient, source=source)


@writes("course.undo_import")
def drop_imported_courses(*, actor: Actor, patient: Patient, source: str) -> None:
    """Delete a patient's imported courses on which nothing hangs."""
    audited(patient, patient_id=patient.pk, courses=Course.objects.filter(patient=patient, external_id__startswith=_prefix(source)).count())
    Course.objects.filter(patient=patient, external_id__startswith=_prefix(source)).delete()


def _prefix(source: str) -> str:
    return f"import:{source}:"
