"""/api/v1/<clinic>/: responses, scores and trends."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response as Answer

from clinic.api import ApiRefusal
from clinic.endpoint import Endpoint, StrictSerializer, idempotent
from clinic.permissions import Permission, requires
from clinic.reads import record_read
from outcomes.models import Response, Score
from outcomes.models.invitation import Occasion
from outcomes.models.response import AnsweredBy
from outcomes.selectors.record import trend
from outcomes.services.responses import AnswersRefused, ResponseRefused, record_response
from sessions.api import identifier
from sessions.models import Course


class ResponseInput(StrictSerializer):
    """Answers to one or several instruments, given at one time."""

    course = serializers.UUIDField()
    occasion = serializers.ChoiceField(Occasion.values)
    answered_by = serializers.ChoiceField(AnsweredBy.values, required=False, default="patient")
    occurred_at = serializers.DateTimeField()
    zone = serializers.CharField(max_length=64)
    language = serializers.CharField(max_length=10, required=False, default="en")
    answers = serializers.DictField(child=serializers.DictField())


def response_dict(row: Response) -> dict[str, Any]:
    """A response as it was given, and how it came about."""
    names = ("instrument", "form_version", "occasion", "mode", "answered_by", "language", "occurred_at", "received_at", "zone", "answers")
    return {"id": row.pk, "course": row.course_id, "receipt": row.receipt, "void": hasattr(row, "void")} | {
        name: getattr(row, name) for name in names
    }


def score_dict(row: Score) -> dict[str, Any]:
    """A score, or the reason why there is none."""
    names = ("scale", "value", "no_score_reason", "answered_items", "flagged", "scorer_version", "occurred_at")
    return {"id": row.pk, "course": row.course_id, "response": row.response_id} | {name: getattr(row, name) for name in names}


@requires(Permission.SEE_RECORDS)
class Responses(Endpoint):
    """Responses of the clinic."""

    filters: ClassVar[frozenset[str]] = frozenset({"course", "instrument"})

    @extend_schema(parameters=[OpenApiParameter("course", str), OpenApiParameter("instrument", str)], responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request, clinic: str) -> Answer:
        """A page of responses, newest first."""
        rows: QuerySet[Response] = Response.objects.select_related("void")
        if "course" in request.query_params:
            rows = rows.filter(course_id=identifier(request.query_params["course"], "course"))
        if "instrument" in request.query_params:
            rows = rows.filter(instrument=request.query_params["instrument"])
        record_read(actor=self.actor, patient_id=None, action="responses.read")
        return self.paged(rows, response_dict)

    @extend_schema(request=ResponseInput, responses={201: OpenApiTypes.OBJECT, 400: OpenApiTypes.OBJECT, 409: OpenApiTypes.OBJECT})
    @idempotent
    def post(self, request: Request, clinic: str) -> Answer:
        """Store answers; the server scores them. An answer that does not fit is refused by name."""
        given = ResponseInput(data=request.data)
        given.is_valid(raise_exception=True)
        data = dict(given.validated_data)
        course = Course.objects.filter(pk=data.pop("course")).first()
        if course is None:
            raise ApiRefusal("invalid", "A field is not acceptable.", fields={"course": ["There is no such course."]})
        try:
            receipt = record_response(actor=self.actor, course=course, mode="api", **data)
        except AnswersRefused as refused:
            raise ApiRefusal("invalid", "Some answers do not fit.", fields=_named(refused)) from None
        except ResponseRefused as refused:
            raise ApiRefusal("invalid", "A field is not acceptable.", fields={refused.field: [str(refused)]}) from None
        return Answer({"receipt": str(receipt.receipt), "responses": [str(row) for row in receipt.responses]}, status=201)


def _named(refused: AnswersRefused) -> dict[str, list[str]]:
    return {
        f"answers.{instrument}.{item}": [problem.code] for instrument, items in refused.problems.items() for item, problem in items.items()
    }


@requires(Permission.SEE_RECORDS)
class Scores(Endpoint):
    """Scores of the clinic."""

    filters: ClassVar[frozenset[str]] = frozenset({"course", "scale"})

    @extend_schema(parameters=[OpenApiParameter("course", str), OpenApiParameter("scale", str)], responses={200: OpenApiTypes.OBJECT})
    def get(self, request: Request, clinic: str) -> Answer:
        """A page of scores, newest first."""
        rows: QuerySet[Score] = Score.objects.filter(response__void__isnull=True)
        if "course" in request.query_params:
            rows = rows.filter(course_id=identifier(request.query_params["course"], "course"))
        if "scale" in request.query_params:
            rows = rows.filter(scale=request.query_params["scale"])
        record_read(actor=self.actor, patient_id=None, action="scores.read")
        return self.paged(rows, score_dict)


@requires(Permission.SEE_RECORDS)
class Trend(Endpoint):
    """A course over time."""

    @extend_schema(responses={200: OpenApiTypes.OBJECT, 404: OpenApiTypes.OBJECT})
    def get(self, request: Request, clinic: str, course: UUID) -> Answer:
        """Scores by scale, the change that patients call important, and the signed visits; plain dictionaries."""
        patient_id = Course.objects.filter(pk=course).values_list("patient_id", flat=True).first()
        if patient_id is None:
            raise ApiRefusal("not_found", "There is nothing at this address.", status_code=404)
        data = trend(course)
        record_read(actor=self.actor, patient_id=patient_id, action="trend.read", object_id=course)
        scales = [
            {
                "scale": each.scale.id,
                "direction": each.scale.direction,
                "baseline": each.baseline,
                "latest": each.latest,
                "important_change_at": each.important_at,
                "points": [asdict(point) for point in each.points],
            }
            for each in data.scales
        ]
        return Answer({"course": course, "scales": scales, "visits": [asdict(visit) for visit in data.visits]})
