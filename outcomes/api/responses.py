"""/api/v1/<clinic>/: responses, scores and trends."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response as Answer

from clinic.api.calls import ApiRefusal
from clinic.api.endpoint import Endpoint, described, idempotent, one, page_of, referred
from clinic.permissions import Permission, requires
from clinic.reads import record_read
from outcomes.api.shapes import (
    ResponseFilters,
    ResponseInput,
    ResponseReceipt,
    ResponseShape,
    ScoreFilters,
    ScoreShape,
    TrendShape,
    response_dict,
    score_dict,
    trend_dict,
)
from outcomes.models import Response, ResponseVoid, Score
from outcomes.selectors.record import trend_with_patient
from outcomes.services.responses import AnswersRefused, ResponseRefused, record_response
from sessions.models import Course, Visit

_CONDITIONS = {"course": "course_id", "patient": "course__patient_id", "instrument": "instrument", "scale": "scale"}


def _chosen(asked: dict[str, Any]) -> dict[str, Any]:
    """The filters as conditions, from a closed list."""
    return {condition: asked[name] for name, condition in _CONDITIONS.items() if name in asked}


def _responses() -> QuerySet[Response]:
    rows: QuerySet[Response] = Response.objects.select_related("void", "course")
    return rows


@requires(Permission.SEE_RECORDS)
class Responses(Endpoint):
    """Responses of the clinic."""

    filters = ResponseFilters
    post_needs = Permission.ENTER_ANSWERS

    @described("responses_list", page_of(ResponseShape), filters=ResponseFilters)
    def get(self, request: Request, clinic: str) -> Answer:
        """A page of responses with their answers, newest first."""
        rows = _responses().filter(**_chosen(self.asked))
        return self.paged(rows, response_dict, read="responses.read", about=lambda row: row.course.patient_id)

    @described("responses_create", ResponseReceipt, takes=ResponseInput)
    @idempotent
    def post(self, request: Request, clinic: str) -> Answer:
        """Store answers; the server scores them. An answer that does not fit is refused by instrument and item."""
        given = ResponseInput(data=request.data)
        given.is_valid(raise_exception=True)
        data: dict[str, Any] = dict(given.validated_data)
        course = referred(Course.objects.all(), data.pop("course"), "course")
        visit = data.pop("visit")
        visit = visit and referred(Visit.objects.filter(course=course), visit, "visit")
        try:
            receipt = record_response(actor=self.actor, course=course, visit=visit, recorded_by=self.member, **data)
        except AnswersRefused as refused:
            raise ApiRefusal("invalid", "Some answers do not fit.", fields=_named(refused)) from None
        except ResponseRefused as refused:
            raise ApiRefusal("invalid", "A field is not acceptable.", fields={refused.field: [str(refused)]}) from None
        return Answer({"receipt": str(receipt.receipt), "responses": [str(row) for row in receipt.responses]}, status=201)


def _named(refused: AnswersRefused) -> dict[str, Any]:
    return {
        "answers": {instrument: {item: [problem.code] for item, problem in items.items()} for instrument, items in refused.problems.items()}
    }


@requires(Permission.SEE_RECORDS)
class OneResponse(Endpoint):
    """One response."""

    @described("response_retrieve", ResponseShape, refusals=[404])
    def get(self, request: Request, clinic: str, given: UUID) -> Answer:
        """One response with its answers."""
        found = one(_responses(), given)
        record_read(actor=self.actor, patient_id=found.course.patient_id, action="response.read", object_id=found.pk)
        return Answer(response_dict(found))


@requires(Permission.SEE_RECORDS)
class Scores(Endpoint):
    """Scores of the clinic."""

    filters = ScoreFilters

    @described("scores_list", page_of(ScoreShape), filters=ScoreFilters)
    def get(self, request: Request, clinic: str) -> Answer:
        """A page of scores, newest first, without those of void responses."""
        # Not by way of the responses: PostgreSQL would join all of the clinic's before it takes a page, for seconds in a full house.
        void = ResponseVoid.objects.filter(response=OuterRef("response"))
        rows: QuerySet[Score] = Score.objects.filter(~Exists(void), **_chosen(self.asked)).select_related("course")
        return self.paged(rows, score_dict, read="scores.read", about=lambda row: row.course.patient_id)


@requires(Permission.SEE_RECORDS)
class Trend(Endpoint):
    """A course over time."""

    @described("trend_retrieve", TrendShape, refusals=[404])
    def get(self, request: Request, clinic: str, course: UUID) -> Answer:
        """Scores by scale, the change that patients call important, and the signed visits."""
        found = trend_with_patient(course)
        if found is None:
            raise ApiRefusal("not_found", "There is nothing at this address.", status_code=404)
        patient_id, data = found
        record_read(actor=self.actor, patient_id=patient_id, action="trend.read", object_id=course)
        return Answer(trend_dict(data))
