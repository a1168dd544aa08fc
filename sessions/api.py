"""/api/v1/<clinic>/: patients and courses by reference, visits with their dose. No names leave through this door."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clinic.api import ApiRefusal
from clinic.endpoint import Endpoint, StrictSerializer, idempotent
from clinic.permissions import Permission, requires
from clinic.reads import record_read
from sessions.models import Course, LaserApplication, Visit
from sessions.records import LaserRecord, OtherRecord, VisitRecord
from sessions.services.visits import VisitLocked, VisitRefused, sign_visit, walk_in


class LaserInput(StrictSerializer):
    """One site treated with laser: W, s, Hz, cm²."""

    device_id = serializers.UUIDField()
    region = serializers.CharField(max_length=40)
    technique = serializers.CharField(max_length=40)
    side = serializers.CharField(max_length=10, required=False, default="")
    levels = serializers.ListField(child=serializers.CharField(max_length=4), max_length=30, required=False, default=list)
    mode = serializers.ChoiceField(["cw", "gated", "pulsed", "super_pulsed"], required=False, default="cw")
    handpiece_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    protocol_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    average_power_w = serializers.DecimalField(max_digits=9, decimal_places=5, required=False, allow_null=True, default=None)
    peak_power_w = serializers.DecimalField(max_digits=10, decimal_places=4, required=False, allow_null=True, default=None)
    pulse_duration_s = serializers.DecimalField(max_digits=15, decimal_places=12, required=False, allow_null=True, default=None)
    frequency_hz = serializers.DecimalField(max_digits=9, decimal_places=2, required=False, allow_null=True, default=None)
    duty_cycle_percent = serializers.DecimalField(max_digits=9, decimal_places=6, required=False, allow_null=True, default=None)
    spot_area_cm2 = serializers.DecimalField(max_digits=9, decimal_places=4, required=False, allow_null=True, default=None)
    treated_area_cm2 = serializers.DecimalField(max_digits=9, decimal_places=2, required=False, allow_null=True, default=None)
    points = serializers.IntegerField(min_value=1, max_value=100, required=False, allow_null=True, default=None)
    seconds_per_point = serializers.DecimalField(max_digits=8, decimal_places=2, required=False, allow_null=True, default=None)
    emission_s = serializers.DecimalField(max_digits=8, decimal_places=2, required=False, allow_null=True, default=None)
    energy_typed_j = serializers.DecimalField(max_digits=12, decimal_places=4, required=False, allow_null=True, default=None)


class OtherInput(StrictSerializer):
    """Another treatment of the same day, coded."""

    kind = serializers.CharField(max_length=20)
    code = serializers.CharField(max_length=40)
    grade = serializers.CharField(max_length=4, required=False, default="")
    region = serializers.CharField(max_length=40, required=False, default="")
    side = serializers.CharField(max_length=10, required=False, default="")
    minutes = serializers.IntegerField(min_value=1, max_value=600, required=False, allow_null=True, default=None)


class VisitInput(StrictSerializer):
    """A visit that took place, recorded and signed in one call."""

    course = serializers.UUIDField()
    occurred_at = serializers.DateTimeField(required=False)
    pain_before = serializers.IntegerField(min_value=0, max_value=10, required=False, allow_null=True, default=None)
    pain_after = serializers.IntegerField(min_value=0, max_value=10, required=False, allow_null=True, default=None)
    no_pain_after_reason = serializers.CharField(max_length=200, required=False, default="")
    skin_checked = serializers.BooleanField(required=False, allow_null=True, default=None)
    reaction = serializers.ChoiceField(Visit.Reaction.values, required=False, default="")
    note = serializers.CharField(max_length=20000, required=False, default="")
    laser = LaserInput(many=True, required=False, default=list)
    other = OtherInput(many=True, required=False, default=list)
    warnings_confirmed = serializers.BooleanField(required=False, default=False)


def course_dict(course: Course) -> dict[str, Any]:
    """A course by reference: no name."""
    return {
        "id": course.pk,
        "patient": course.patient_id,
        "record_number": course.patient.record_number,
        "complaint": course.complaint,
        "label": course.label,
        "started_on": course.started_on,
        "ended_on": course.ended_on,
    }


def visit_dict(visit: Visit) -> dict[str, Any]:
    """A visit with its parts, prefetched."""
    return {
        "id": visit.pk,
        "course": visit.course_id,
        "state": visit.state,
        "planned_for": visit.planned_for,
        "occurred_at": visit.occurred_at,
        "immediate_pain_before": visit.pain_before,
        "immediate_pain_after": visit.pain_after,
        "reaction": visit.reaction,
        "laser": [_laser(row) for row in visit.laser_applications.all()],
        "other": [
            {"kind": row.kind, "code": row.code, "grade": row.grade, "region": row.region, "side": row.side, "minutes": row.minutes}
            for row in visit.other_treatments.all()
        ],
    }


def _laser(row: LaserApplication) -> dict[str, Any]:
    names = (
        *("device_id", "region", "side", "levels", "mode", "technique", "average_power_w", "emission_s", "points", "seconds_per_point"),
        *("treated_area_cm2", "spot_area_cm2", "energy_computed_j", "energy_typed_j", "energy_differs", "irradiance_w_cm2"),
        *("fluence_j_cm2", "not_computable", "dose_version"),
    )
    return {name: getattr(row, name) for name in names}


def instant(text: str, name: str) -> datetime:
    """A filter's instant. Raises ApiRefusal naming the parameter."""
    try:
        value = serializers.DateTimeField().run_validation(text)
    except (serializers.ValidationError, OverflowError, ValueError):
        raise ApiRefusal(
            "invalid", "A query parameter is not acceptable.", fields={name: ["Write a time like 2026-03-02T09:00:00Z."]}
        ) from None
    return value if isinstance(value, datetime) else timezone.now()


def identifier(text: str, name: str) -> UUID:
    """A filter's id. Raises ApiRefusal naming the parameter."""
    try:
        return UUID(text)
    except ValueError:
        raise ApiRefusal("invalid", "A query parameter is not acceptable.", fields={name: ["Write an id."]}) from None


@requires(Permission.SEE_RECORDS)
class Courses(Endpoint):
    """Courses of care, by reference."""

    filters: ClassVar[frozenset[str]] = frozenset({"patient", "running"})

    @extend_schema(parameters=[OpenApiParameter("patient", str), OpenApiParameter("running", bool)], responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request, clinic: str) -> Response:
        """A page of courses, newest first."""
        rows: QuerySet[Course] = Course.objects.select_related("patient")
        if "patient" in request.query_params:
            rows = rows.filter(patient_id=identifier(request.query_params["patient"], "patient"))
        if "running" in request.query_params:
            rows = rows.filter(ended_on__isnull=request.query_params["running"] == "true")
        return self.paged(rows, course_dict)


def _visits() -> QuerySet[Visit]:
    rows: QuerySet[Visit] = Visit.objects.select_related("course").prefetch_related("laser_applications", "other_treatments")
    return rows


@requires(Permission.RECORD_VISITS)
class Visits(Endpoint):
    """Visits of the clinic."""

    filters: ClassVar[frozenset[str]] = frozenset({"course", "state", "since", "until"})

    @extend_schema(
        parameters=[OpenApiParameter(name, str) for name in ("course", "state", "since", "until")], responses={200: OpenApiTypes.OBJECT}
    )
    def get(self, request: Request, clinic: str) -> Response:
        """A page of visits with their parts, newest first."""
        rows, given = _visits(), request.query_params
        if "course" in given:
            rows = rows.filter(course_id=identifier(given["course"], "course"))
        if "state" in given:
            rows = rows.filter(state=given["state"])
        if "since" in given:
            rows = rows.filter(planned_for__gte=instant(given["since"], "since"))
        if "until" in given:
            rows = rows.filter(planned_for__lt=instant(given["until"], "until"))
        response = self.paged(rows, visit_dict)
        record_read(actor=self.actor, patient_id=None, action="visits.read")
        return response

    @extend_schema(request=VisitInput, responses={201: OpenApiTypes.OBJECT, 400: OpenApiTypes.OBJECT, 409: OpenApiTypes.OBJECT})
    @idempotent
    def post(self, request: Request, clinic: str) -> Response:
        """Record and sign a visit that took place. The server computes every dose."""
        given = VisitInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = dict(given.validated_data)
        course = Course.objects.filter(pk=data.pop("course")).first()
        if course is None:
            raise ApiRefusal("invalid", "A field is not acceptable.", fields={"course": ["There is no such course."]})
        laser = tuple(LaserRecord(**{**site, "levels": tuple(site["levels"])}) for site in data.pop("laser"))
        other = tuple(OtherRecord(**treatment) for treatment in data.pop("other"))
        record = VisitRecord(occurred_at=data.pop("occurred_at", None) or timezone.now(), laser=laser, other=other, **data)
        try:
            visit = sign_visit(actor=self.actor, visit=walk_in(actor=self.actor, course=course), record=record)
        except VisitLocked as refused:
            raise ApiRefusal("locked", str(refused), status_code=409) from None
        except VisitRefused as refused:
            fields = {objection.field: [objection.sentence % {"limit": objection.limit}] for objection in refused.objections}
            raise ApiRefusal("refused", "The visit cannot be recorded like this.", fields=fields) from None
        return Response({"id": str(visit.pk), "course": str(course.pk), "state": visit.state}, status=201)


@requires(Permission.RECORD_VISITS)
class OneVisit(Endpoint):
    """One visit."""

    @extend_schema(operation_id="visit_retrieve", responses={200: OpenApiTypes.OBJECT, 404: OpenApiTypes.OBJECT})
    def get(self, request: Request, clinic: str, visit: UUID) -> Response:
        """One visit with its parts."""
        found = _visits().filter(pk=visit).first()
        if found is None:
            raise ApiRefusal("not_found", "There is nothing at this address.", status_code=404)
        record_read(actor=self.actor, patient_id=found.course.patient_id, action="visit.read", object_id=found.pk)
        return Response(visit_dict(found))
