"""What the interface takes and answers about responses, scores and trends. Decimals travel as texts."""

from __future__ import annotations

import json
import zoneinfo
from collections.abc import Iterable
from typing import Any

from rest_framework import serializers

from clinic.api.endpoint import PageFilters, StrictSerializer
from clinic.api.fields import Id, Instant, OneOf, Text
from outcomes.models import Response, Score
from outcomes.models.invitation import Mode, Occasion
from outcomes.models.response import AnsweredBy
from outcomes.registry import instruments
from outcomes.selectors.record import TrendData, TrendPoint, TrendScale

MOST_ITEMS = 200
MOST_BYTES = 64 * 1024
_ZONES = frozenset(zoneinfo.available_timezones())


class ResponseInput(StrictSerializer):
    """Answers to one or several instruments, given at one time: instrument → item → answer."""

    course = Id()
    visit = Id(required=False, allow_null=True, default=None)
    occasion = OneOf(Occasion.values)
    mode = OneOf([mode for mode in Mode.values if mode != Mode.IMPORT], required=False, default=Mode.API.value)
    answered_by = OneOf(AnsweredBy.values, required=False, default=AnsweredBy.PATIENT.value)
    occurred_at = Instant(past=True)
    device_time = Instant(required=False, allow_null=True, default=None)
    zone = Text(max_length=64, help_text="IANA name of the time zone in which it was answered.")
    language = OneOf(["en", "de"], required=False, default="en")
    layout = Text(max_length=40, required=False, default="", allow_blank=True)
    answers = serializers.DictField(child=serializers.DictField())

    def validate_zone(self, zone: str) -> str:
        if zone not in _ZONES:
            raise serializers.ValidationError("Write the name of a time zone, like Europe/Berlin.")
        return zone

    def validate_answers(self, answers: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        if sum(len(items) for items in answers.values()) > MOST_ITEMS or len(json.dumps(answers, default=str)) > MOST_BYTES:
            raise serializers.ValidationError(f"At most {MOST_ITEMS} answers in 64 KB.")
        return answers


class ResponseFilters(PageFilters):
    """Which responses."""

    course = Id(required=False)
    patient = Id(required=False)
    instrument = Text(required=False, max_length=60)

    def validate_instrument(self, key: str) -> str:
        return _known(key, instruments())


class ScoreFilters(PageFilters):
    """Which scores."""

    course = Id(required=False)
    patient = Id(required=False)
    scale = Text(required=False, max_length=60)

    def validate_scale(self, key: str) -> str:
        return _known(key, [scale.id for scale in instruments().scales])


def _known(key: str, keys: Iterable[str]) -> str:
    known = sorted(keys)
    if key not in known:
        raise serializers.ValidationError(f"Write one of: {', '.join(known)}.")
    return key


class ResponseShape(serializers.Serializer):
    """A response as it was given, and how it came about. `void`: it does not count any more."""

    id = serializers.UUIDField()
    course = serializers.UUIDField()
    patient = serializers.UUIDField()
    receipt = serializers.UUIDField()
    void = serializers.BooleanField()
    instrument = serializers.CharField()
    form_version = serializers.CharField()
    occasion = serializers.ChoiceField(Occasion.values)
    mode = serializers.ChoiceField(Mode.choices)
    answered_by = serializers.ChoiceField(AnsweredBy.values)
    language = serializers.CharField()
    translation = serializers.CharField()
    occurred_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField()
    zone = serializers.CharField()
    answers = serializers.DictField()


class ScoreShape(serializers.Serializer):
    """A scale's value of one response; null with the reason why there is none."""

    id = serializers.UUIDField()
    course = serializers.UUIDField()
    patient = serializers.UUIDField()
    response = serializers.UUIDField()
    scale = serializers.CharField()
    value = serializers.DecimalField(10, 5, allow_null=True)
    no_score_reason = serializers.CharField()
    answered_items = serializers.IntegerField()
    flagged = serializers.CharField()
    scorer_version = serializers.CharField()
    occurred_at = serializers.DateTimeField()


class TrendPointShape(serializers.Serializer):
    """One score of a trend."""

    at = serializers.DateTimeField()
    value = serializers.DecimalField(10, 5, allow_null=True)
    no_score_reason = serializers.CharField()
    occasion = serializers.ChoiceField(Occasion.values)
    mode = serializers.ChoiceField(Mode.choices)
    flagged = serializers.CharField()


class TrendScaleShape(serializers.Serializer):
    """One scale over time. `important_change_at`: the value one published important change better than the baseline."""

    scale = serializers.CharField()
    direction = serializers.ChoiceField(["lower_is_better", "higher_is_better"])
    baseline = serializers.DecimalField(10, 5, allow_null=True)
    latest = serializers.DecimalField(10, 5, allow_null=True)
    important_change_at = serializers.DecimalField(10, 5, allow_null=True)
    points = TrendPointShape(many=True)


class TrendVisitShape(serializers.Serializer):
    """One signed visit on the same axis."""

    at = serializers.DateTimeField()
    laser = serializers.BooleanField()


class TrendShape(serializers.Serializer):
    """A course over time. A change between two values says nothing about its cause."""

    course = serializers.UUIDField()
    scales = TrendScaleShape(many=True)
    visits = TrendVisitShape(many=True)


class ResponseReceipt(serializers.Serializer):
    """Proof that answers were stored: one receipt, one response per instrument."""

    receipt = serializers.UUIDField()
    responses = serializers.ListField(child=serializers.UUIDField())


_RESPONSE = (
    *("instrument", "form_version", "occasion", "mode", "answered_by", "language", "translation"),
    *("occurred_at", "received_at", "zone", "receipt", "answers"),
)
_SCORE = ("scale", "value", "no_score_reason", "answered_items", "flagged", "scorer_version", "occurred_at")


def response_dict(row: Response) -> dict[str, Any]:
    """A response, with its course and void selected, as ResponseShape."""
    reference = {"id": row.pk, "course": row.course_id, "patient": row.course.patient_id, "void": hasattr(row, "void")}
    return reference | {name: getattr(row, name) for name in _RESPONSE}


def score_dict(row: Score) -> dict[str, Any]:
    """A score, with its course selected, as ScoreShape."""
    reference = {"id": row.pk, "course": row.course_id, "patient": row.course.patient_id, "response": row.response_id}
    return reference | {name: getattr(row, name) for name in _SCORE}


def trend_dict(data: TrendData) -> dict[str, Any]:
    """A trend as TrendShape, in plain dictionaries: no serializer stands between the rows and the answer."""
    visits = [{"at": visit.at, "laser": visit.laser} for visit in data.visits]
    return {"course": data.course_id, "scales": [_scale_dict(each) for each in data.scales], "visits": visits}


def _scale_dict(each: TrendScale) -> dict[str, Any]:
    return {
        "scale": each.scale.id,
        "direction": each.scale.direction,
        "baseline": each.baseline,
        "latest": each.latest,
        "important_change_at": each.important_at,
        "points": [_point_dict(point) for point in each.points],
    }


def _point_dict(point: TrendPoint) -> dict[str, Any]:
    return {
        "at": point.at,
        "value": point.value,
        "no_score_reason": point.no_score_reason,
        "occasion": point.occasion,
        "mode": point.mode,
        "flagged": point.flagged,
    }
