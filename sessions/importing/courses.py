"""Courses of care in files: one in a patient's row, or a list of them. A course is known by its patient, complaint and first day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clinic.importing import headings as own
from clinic.importing.cells import CellRefused, Ways, coded, day, short, spoken
from clinic.importing.kinds import Field, File, Judged, Option, Reading
from clinic.importing.people import People
from clinic.models import ImportRow, Patient
from clinic.writes import Actor
from sessions.models import Course
from sessions.services.courses import CourseRefused, checked_icd10, drop_imported_courses, end_course, open_course, open_courses

HEADINGS = Path(__file__).with_name("headings.csv")
headings = partial(own.headings, HEADINGS)

_COMPLAINTS = {
    "chronische lumbalgie": "chronic_low_back_pain",
    "lbp": "chronic_low_back_pain",
    "akute lumbalgie": "acute_low_back_pain",
    "ischialgie": "sciatica",
    "bandscheibenvorfall": "sciatica",
    "spinalkanalstenose": "stenosis",
    "nackenschmerz": "neck_pain",
    "nackenschmerzen": "neck_pain",
    "hws-syndrom": "neck_pain",
    "bws-syndrom": "thoracic_pain",
}


def complaint_field(*, required: bool = False) -> Field:
    """The complaint, by its code or one of its names."""
    words: dict[str, Any] = dict(Course.Complaint.choices)
    read = coded(spoken(words) | _COMPLAINTS)
    return Field("complaint", gettext_lazy("Complaint"), read, headings()["complaint"], required, words)


def record_field() -> Field:
    """The patient, by the record number."""
    return Field("record_number", gettext_lazy("Record number"), short(40), own.headings()["record_number"], required=True)


def _began(*, required: bool = False) -> Field:
    return Field("started_on", gettext_lazy("Course began"), day, headings()["started_on"], required)


def _icd10(text: str, ways: Ways) -> str:
    try:
        return checked_icd10(text, country=ways.clinic.country)
    except CourseRefused as refused:
        raise CellRefused(str(refused)) from None


class CoursePart:
    """One course of care in a patient's row."""

    @property
    def fields(self) -> tuple[Field, ...]:
        """Complaint and first day."""
        return (complaint_field(), _began())

    def objection(self, given: Mapping[str, Any]) -> str:
        """A course needs a complaint, a beginning and a record number to be known by."""
        if bool(given.get("complaint")) != bool(given.get("started_on")):
            return _("a course needs its complaint and the day it began")
        return _("a course needs the patient's record number") if given.get("complaint") and not given.get("record_number") else ""

    def new(self, rows: Sequence[tuple[Mapping[str, Any], UUID | None]]) -> list[bool]:
        """Whether the row's course is not there yet."""
        known = _known(patient for _given, patient in rows if patient)
        return [bool(given.get("complaint")) and (patient, *_natural(given)) not in known for given, patient in rows]

    def write(self, *, actor: Actor, rows: Sequence[tuple[Patient, Mapping[str, Any], str]]) -> None:
        """Open the courses that are not there."""
        wanted = [each for each in rows if each[1].get("complaint")]
        known = _known(patient.pk for patient, _given, _key in wanted)
        new = [
            Course(patient=patient, complaint=given["complaint"], started_on=given["started_on"], external_id=key)
            for patient, given, key in wanted
            if (patient.pk, *_natural(given)) not in known
        ]
        if new:
            open_courses(actor=actor, courses=new)

    def in_use(self, patients: set[UUID], mark: str) -> set[UUID]:
        """Whoever has a course from elsewhere, or a visit or plan in any."""
        courses = Course.objects.filter(patient_id__in=patients)
        used = courses.exclude(external_id__startswith=mark) | courses.exclude(visits=None) | courses.exclude(plans=None)
        return set(used.values_list("patient_id", flat=True))

    def undo(self, *, actor: Actor, keys: Mapping[str, UUID]) -> None:
        """Delete the courses that these rows brought; their history keeps what they were."""
        brought = Course.objects.filter(external_id__in=list(keys))
        drop_imported_courses(actor=actor, courses=[course for course in brought if course.patient_id == keys[course.external_id]])


class CourseKind:
    """One row per course of care of patients who are there."""

    key = "courses"
    label = gettext_lazy("Courses of care")
    about = gettext_lazy("One row per complaint and period of treatment; the patients are there already.")
    options: tuple[Option, ...] = ()

    def fields(self, chosen: Mapping[str, Any]) -> tuple[Field, ...]:
        """Whose, what, from when to when."""
        known = headings()
        ends: dict[str, Any] = dict(Course.EndReason.choices)
        return (
            record_field(),
            complaint_field(required=True),
            _began(required=True),
            Field("icd10_code", gettext_lazy("ICD-10 code"), _icd10, known["icd10_code"]),
            Field("onset_on", gettext_lazy("Onset"), day, known["onset_on"]),
            Field("label", gettext_lazy("Label"), short(60), known["label"]),
            Field("ended_on", gettext_lazy("Course ended"), day, known["ended_on"]),
            Field("end_reason", gettext_lazy("Reason for the end"), coded(spoken(ends)), known["end_reason"], words=ends),
        )

    def judge(self, file: File, readings: Sequence[Reading]) -> list[Judged]:
        """New, or there already; a course that is there is not changed by a file."""
        people = People(str(each.given.get("record_number", "")) for each in readings)
        known = _known(patient.pk for patient in people.all())
        return [self._verdict(file, each, people, known) for each in readings]

    def _verdict(self, file: File, read: Reading, people: People, known: set[tuple[Any, ...]]) -> Judged:
        row, given = read.row, read.given
        patient, reason = (None, read.reason) if read.reason else people.find(str(given["record_number"]))
        reason = reason or _wrong_days(given)
        if patient is not None and not reason:
            first = file.first(f"{patient.pk}:{given['complaint']}:{given['started_on']}", row.line)
            reason = "" if first == row.line else _("this course stands in line %(line)s already") % {"line": first}
        if patient is None or reason:
            return Judged(row, given, ImportRow.Verdict.ERROR, reason)
        there = (patient.pk, *_natural(given)) in known
        return Judged(row, given, ImportRow.Verdict.SAME if there else ImportRow.Verdict.NEW, subject=patient)

    def write(self, *, actor: Actor, file: File, rows: Sequence[Judged]) -> None:
        """Open the courses, and end those that have ended."""
        for judged in rows:
            given, row = judged.given, judged.row
            taken = {name: given[name] for name in ("complaint", "started_on", "icd10_code", "onset_on", "label") if name in given}
            course = open_course(actor=actor, patient=judged.subject, external_id=file.key(row), **taken)
            if "ended_on" in given:
                reason = given.get("end_reason", Course.EndReason.OTHER)
                end_course(actor=actor, course=course, ended_on=given["ended_on"], reason=reason)
            row.patient = judged.subject

    def in_use(self, file: File, rows: Sequence[ImportRow]) -> set[int]:
        """Courses with visits or plans."""
        courses = Course.objects.filter(external_id__in=[file.key(row) for row in rows])
        used = courses.exclude(visits=None) | courses.exclude(plans=None)
        keys = set(used.values_list("external_id", flat=True))
        return {row.line for row in rows if file.key(row) in keys}

    def undo(self, *, actor: Actor, file: File, rows: Sequence[ImportRow]) -> list[str]:
        """Delete the courses; their history keeps what they were."""
        drop_imported_courses(actor=actor, courses=list(Course.objects.filter(external_id__in=[file.key(row) for row in rows])))
        return ["deleted"] * len(rows)


class Courses:
    """The courses of many patients, in one statement, to find the one that a dated row is about."""

    def __init__(self, patients: Iterable[Patient]) -> None:
        self._by_patient: dict[UUID, list[Course]] = {}
        for course in Course.objects.filter(patient_id__in=[patient.pk for patient in patients]).order_by("started_on", "id"):
            self._by_patient.setdefault(course.patient_id, []).append(course)

    def running(self, patient: Patient, on: date, complaint: str = "", *, lead_days: int = 0) -> tuple[Course | None, str]:
        """The course that ran on a day, from so many days before its start; or why it is not clear which."""
        found = [course for course in self.of(patient, complaint) if course.started_on - timedelta(days=lead_days) <= on]
        during = [course for course in found if course.ended_on is None or on <= course.ended_on]
        return _the_one(during)

    def latest(self, patient: Patient, on: date, complaint: str = "", *, lead_days: int = 0) -> tuple[Course | None, str]:
        """As `running`; when none ran, the one that ended last before: follow-ups come after the end."""
        course, reason = self.running(patient, on, complaint, lead_days=lead_days)
        if course is not None or reason != _nothing_ran():
            return course, reason
        over = [each for each in self.of(patient, complaint) if each.ended_on is not None and each.ended_on < on]
        return (max(over, key=lambda each: (each.ended_on, each.pk)), "") if over else (None, reason)

    def only(self, patient: Patient, complaint: str = "") -> tuple[Course | None, str]:
        """The patient's one course, or the one of this complaint; or why it is not clear which."""
        return _the_one(self.of(patient, complaint))

    def of(self, patient: Patient, complaint: str = "") -> list[Course]:
        """The courses of a patient, all or those of a complaint; the oldest first."""
        return [course for course in self._by_patient.get(patient.pk, []) if complaint in {"", course.complaint}]


def _the_one(found: Sequence[Course]) -> tuple[Course | None, str]:
    if len(found) > 1:
        return None, _("several courses ran then: name a column that holds the complaint")
    return (found[0], "") if found else (None, _nothing_ran())


def _nothing_ran() -> str:
    return _("no course of this patient ran then: bring in the courses first")


def _natural(given: Mapping[str, Any]) -> tuple[str, date]:
    return given.get("complaint", ""), given.get("started_on", date.min)


def _known(patients: Iterable[UUID]) -> set[tuple[Any, ...]]:
    return set(Course.objects.filter(patient_id__in=list(patients)).values_list("patient_id", "complaint", "started_on"))


def _wrong_days(given: Mapping[str, Any]) -> str:
    if given.get("onset_on") and given["onset_on"] > given["started_on"]:
        return _("the onset lies after the start")
    if given.get("ended_on") and given["ended_on"] < given["started_on"]:
        return _("the end lies before the start")
    return _("a reason for the end needs the day of the end") if given.get("end_reason") and not given.get("ended_on") else ""
