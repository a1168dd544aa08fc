"""/api/v1/<clinic>/: courses by reference, visits with their dose. No names leave through this door."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from clinic.api.calls import ApiRefusal
from clinic.api.endpoint import Done, Endpoint, described, idempotent, one, page_of, referred, refusing
from clinic.models import Patient
from clinic.permissions import Permission, requires
from clinic.reads import record_read
from sessions.api.care import not_ahead, treating
from sessions.api.care_shapes import CourseInput
from sessions.api.shapes import (
    CourseFilters,
    CourseShape,
    VisitFilters,
    VisitInput,
    VisitReceipt,
    VisitShape,
    course_dict,
    visit_dict,
)
from sessions.models import Course, Handpiece, LaserApplication, OtherTreatment, Protocol, Visit
from sessions.records import LaserRecord, OtherRecord, VisitRecord
from sessions.services.courses import CourseRefused, open_course
from sessions.services.visits import DraftConflict, Objection, VisitLocked, VisitRefused, book_visit, sign_visit

_FORM_NAMES = {"device": "device_id", "time_per_point_s": "seconds_per_point", "emission_time_s": "emission_s"}


def _courses() -> QuerySet[Course]:
    rows: QuerySet[Course] = Course.objects.select_related("patient")
    return rows


@requires(Permission.SEE_RECORDS)
class Courses(Endpoint):
    """Courses of care, by reference."""

    filters = CourseFilters
    post_needs = Permission.PLAN_CARE

    @described("courses_list", page_of(CourseShape), filters=CourseFilters)
    def get(self, request: Request, clinic: str) -> Response:
        """A page of courses, newest first."""
        rows = _courses()
        if "patient" in self.asked:
            rows = rows.filter(patient_id=self.asked["patient"])
        if "running" in self.asked:
            rows = rows.filter(ended_on__isnull=self.asked["running"] == "true")
        return self.paged(rows, course_dict, read="courses.read", about=lambda course: course.patient_id)

    @described("courses_create", Done, takes=CourseInput)
    @idempotent
    def post(self, request: Request, clinic: str) -> Response:
        """Open a course of care."""
        data = self.given(CourseInput)
        patient = referred(Patient.objects.all(), data.pop("patient"), "patient").kept
        data["responsible"] = treating(data["responsible"], "responsible")
        not_ahead(self.member, data, "onset_on")
        with refusing(CourseRefused):
            course = open_course(actor=self.actor, patient=patient, **data)
        return Response({"id": str(course.pk)}, status=201)


@requires(Permission.SEE_RECORDS)
class OneCourse(Endpoint):
    """One course of care."""

    @described("course_retrieve", CourseShape, refusals=[404])
    def get(self, request: Request, clinic: str, course: UUID) -> Response:
        """The course of an id."""
        found = one(_courses(), course)
        record_read(actor=self.actor, patient_id=found.patient_id, action="course.read", object_id=found.pk)
        return Response(course_dict(found))


def _visits() -> QuerySet[Visit]:
    parts = (
        Prefetch("laser_applications", LaserApplication.objects.order_by("position")),
        Prefetch("other_treatments", OtherTreatment.objects.order_by("position")),
    )
    rows: QuerySet[Visit] = Visit.objects.select_related("course").prefetch_related(*parts)
    return rows


@requires(Permission.SEE_RECORDS)
class Visits(Endpoint):
    """Visits of the clinic."""

    filters = VisitFilters
    post_needs = Permission.RECORD_VISITS

    @described("visits_list", page_of(VisitShape), filters=VisitFilters)
    def get(self, request: Request, clinic: str) -> Response:
        """A page of visits with their parts, newest first."""
        zone: ZoneInfo = self.member.clinic.zone
        rows = _visits().filter(**_chosen(self.asked, zone))
        return self.paged(rows, visit_dict, read="visits.read", about=lambda visit: visit.course.patient_id)

    @described("visits_create", VisitReceipt, takes=VisitInput)
    @idempotent
    def post(self, request: Request, clinic: str) -> Response:
        """Record and sign a visit that took place. The server computes every dose; what is signed is locked."""
        given = VisitInput(data=request.data)
        given.is_valid(raise_exception=True)
        data: dict[str, Any] = given.validated_data
        course = referred(Course.objects.all(), data["course"], "course")
        _equipment(data["laser"])
        record = _record(data)
        try:
            visit = self._visit(course, data["visit"], record.occurred_at)
            visit = sign_visit(actor=self.actor, visit=visit, record=record, signed_by=self.member)
        except VisitLocked as refused:
            raise ApiRefusal("locked", str(refused), status_code=409) from None
        except DraftConflict:
            raise ApiRefusal("draft", "A colleague has begun to write this visit: it is signed on its page.", status_code=409) from None
        except VisitRefused as refused:
            raise ApiRefusal("refused", "The visit cannot be recorded like this.", fields=_named(refused.objections)) from None
        return Response({"id": str(visit.pk), "course": str(course.pk), "state": visit.state}, status=201)

    def _visit(self, course: Course, booked: UUID | None, occurred_at: datetime) -> Visit:
        if booked is not None:
            found: Visit = referred(Visit.objects.filter(course=course), booked, "visit")
            return found
        return book_visit(actor=self.actor, course=course, planned_for=occurred_at)


@requires(Permission.SEE_RECORDS)
class OneVisit(Endpoint):
    """One visit."""

    @described("visit_retrieve", VisitShape, refusals=[404])
    def get(self, request: Request, clinic: str, visit: UUID) -> Response:
        """One visit with its parts."""
        found = one(_visits(), visit)
        record_read(actor=self.actor, patient_id=found.course.patient_id, action="visit.read", object_id=found.pk)
        return Response(visit_dict(found))


def _chosen(asked: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    """The filters as conditions, from a closed list."""
    names = {
        "course": "course_id",
        "patient": "course__patient_id",
        "state": "state",
        "since": "planned_for__gte",
        "until": "planned_for__lt",
    }
    conditions = {condition: asked[name] for name, condition in names.items() if name in asked}
    if "day" in asked:
        day: date = asked["day"]
        bounds = [datetime.combine(each, time(), tzinfo=zone) for each in (day, day + timedelta(days=1))]
        conditions |= {"planned_for__range": (bounds[0], bounds[1] - timedelta(microseconds=1))}
    return conditions


def _equipment(sites: list[dict[str, Any]]) -> None:
    """Refuse handpieces and protocols that are not the clinic's, as those that do not exist, and those of another device."""
    for name, model in (("handpiece_id", Handpiece), ("protocol_id", Protocol)):
        wanted = {site[name] for site in sites if site[name]}
        device_of = dict(model.objects.filter(pk__in=wanted).values_list("pk", "device_id")) if wanted else {}
        wrong = {}
        for place, site in enumerate(sites):
            if site[name] and site[name] not in device_of:
                wrong[f"laser.{place}.{name}"] = ["There is none with this id."]
            elif site[name] and device_of[site[name]] != site["device_id"]:
                wrong[f"laser.{place}.{name}"] = ["This belongs to another device."]
        if wrong:
            raise ApiRefusal("invalid", "A field is missing, unknown or not acceptable.", fields=wrong)


def _record(data: dict[str, Any]) -> VisitRecord:
    once = {name: data[name] for name in data if name not in {"course", "visit", "laser", "other"}}
    return VisitRecord(
        laser=tuple(LaserRecord(**site | {"levels": tuple(site["levels"])}) for site in data["laser"]),
        other=tuple(OtherRecord(**each | {"levels": tuple(each["levels"])}) for each in data["other"]),
        **once,
    )


def _named(objections: Iterable[Objection]) -> dict[str, list[str]]:
    """Objections by the interface's names: the page's "laser-0-device" is "laser.0.device_id" here."""
    found: dict[str, list[str]] = {}
    for objection in objections:
        *place, name = objection.field.split("-")
        told = objection.sentence % {"limit": objection.limit}
        found.setdefault(".".join([*place, _FORM_NAMES.get(name, name) if place else name]), []).append(told)
    return found
