"""What the interface takes and answers about patients, courses and visits. W, s, Hz, cm², J; decimals travel as texts."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from clinic.api.endpoint import PageFilters, StrictSerializer
from clinic.api.fields import Day, Id, Instant, Listed, Number, OneOf, Text, TrueFalse, Whole
from sessions import codes
from sessions.models import Course, LaserApplication, OtherTreatment, Visit
from sessions.models.device import LaserMode

MOST_SITES = 20
MOST_OTHER = 40
VISIT_STATES = list(Visit.State.values)
TREATMENT_KINDS = list(OtherTreatment.Kind.values)
REGIONS = [code.key for code in codes.codes("body_regions")]
_SIDES = ["", *(code.key for code in codes.codes("sides"))]
_LEVELS = codes.treatment_codes().spinal_levels


def _setting(digits: int, places: int) -> Number:
    return Number(max_digits=digits, decimal_places=places, required=False, allow_null=True, default=None)


# Taken -------------------------------------------------------------------------------------------------------------------------


class LaserInput(StrictSerializer):
    """One site treated with laser, as set on the device. `energy_typed_j` is the console's reading."""

    device_id = Id()
    region = OneOf(REGIONS)
    technique = OneOf([code.key for code in codes.codes("laser_techniques")])
    side = OneOf(_SIDES, required=False, default="", allow_blank=True)
    levels = Listed(child=OneOf(_LEVELS), max_length=30, required=False, default=list)
    mode = OneOf(LaserMode.values, required=False, default="cw")
    handpiece_id = Id(required=False, allow_null=True, default=None)
    protocol_id = Id(required=False, allow_null=True, default=None)
    average_power_w = _setting(9, 5)
    peak_power_w = _setting(10, 4)
    pulse_duration_s = _setting(15, 12)
    frequency_hz = _setting(9, 2)
    duty_cycle_percent = _setting(9, 6)
    spot_area_cm2 = _setting(9, 4)
    treated_area_cm2 = _setting(9, 2)
    points = Whole(min_value=1, max_value=100, required=False, allow_null=True, default=None)
    seconds_per_point = _setting(8, 2)
    emission_s = _setting(8, 2)
    energy_typed_j = _setting(12, 4)


class OtherInput(StrictSerializer):
    """Another treatment of the same day, coded."""

    kind = OneOf(TREATMENT_KINDS)
    code = Text(max_length=40)
    grade = OneOf(["", *(code.key for code in codes.codes("manual_therapy_grades"))], required=False, default="", allow_blank=True)
    region = OneOf(["", *REGIONS], required=False, default="", allow_blank=True)
    side = OneOf(_SIDES, required=False, default="", allow_blank=True)
    levels = Listed(child=OneOf(_LEVELS), max_length=30, required=False, default=list)
    minutes = Whole(min_value=1, max_value=600, required=False, allow_null=True, default=None)


class VisitInput(StrictSerializer):
    """A visit that took place, recorded and signed in one call. `visit` names a booked one; without it, one is added.

    Pain is immediate pain, 0-10. `warnings_confirmed`: unusual settings, which are refused with their reason at first, are right.
    """

    course = Id()
    visit = Id(required=False, allow_null=True, default=None)
    occurred_at = Instant(past=True, required=False, default=timezone.now)
    pain_before = Whole(min_value=0, max_value=10, required=False, allow_null=True, default=None)
    pain_after = Whole(min_value=0, max_value=10, required=False, allow_null=True, default=None)
    no_pain_after_reason = Text(max_length=200, required=False, default="", allow_blank=True)
    skin_checked = TrueFalse(required=False, allow_null=True, default=None)
    reaction = OneOf(["", *Visit.Reaction.values], required=False, default="", allow_blank=True)
    note = Text(max_length=20000, required=False, default="", allow_blank=True)
    laser = Listed(child=LaserInput(), required=False, default=list, max_length=MOST_SITES)
    other = Listed(child=OtherInput(), required=False, default=list, max_length=MOST_OTHER)
    warnings_confirmed = TrueFalse(required=False, default=False)


class CourseFilters(PageFilters):
    """Which courses."""

    patient = Id(required=False)
    running = OneOf(["true", "false"], required=False)


class VisitFilters(PageFilters):
    """Which visits; `day` is a day of the clinic's own calendar."""

    course = Id(required=False)
    patient = Id(required=False)
    state = OneOf(VISIT_STATES, required=False)
    day = Day(required=False)
    since = Instant(required=False)
    until = Instant(required=False)


# Answered ----------------------------------------------------------------------------------------------------------------------


class CourseShape(serializers.Serializer):
    """A course of care by reference."""

    id = serializers.UUIDField()
    patient = serializers.UUIDField()
    record_number = serializers.CharField()
    complaint = serializers.ChoiceField(Course.Complaint.values)
    label = serializers.CharField()  # type: ignore[assignment]
    started_on = serializers.DateField()
    ended_on = serializers.DateField(allow_null=True)


class LaserShape(serializers.Serializer):
    """One site as it was set, and its dose; what cannot be computed is null, with its reason in `not_computable`."""

    device_id = serializers.UUIDField()
    handpiece_id = serializers.UUIDField(allow_null=True)
    protocol_id = serializers.UUIDField(allow_null=True)
    region = serializers.CharField()
    side = serializers.CharField()
    levels = serializers.ListField(child=serializers.CharField())
    mode = serializers.CharField()
    technique = serializers.CharField()
    average_power_w = serializers.DecimalField(9, 5, allow_null=True)
    peak_power_w = serializers.DecimalField(10, 4, allow_null=True)
    pulse_duration_s = serializers.DecimalField(15, 12, allow_null=True)
    frequency_hz = serializers.DecimalField(9, 2, allow_null=True)
    duty_cycle_percent = serializers.DecimalField(9, 6, allow_null=True)
    spot_area_cm2 = serializers.DecimalField(9, 4, allow_null=True)
    treated_area_cm2 = serializers.DecimalField(9, 2, allow_null=True)
    points = serializers.IntegerField(allow_null=True)
    seconds_per_point = serializers.DecimalField(8, 2, allow_null=True)
    emission_s = serializers.DecimalField(8, 2, allow_null=True)
    energy_computed_j = serializers.DecimalField(12, 4, allow_null=True)
    energy_typed_j = serializers.DecimalField(12, 4, allow_null=True)
    energy_differs = serializers.BooleanField()
    irradiance_w_cm2 = serializers.DecimalField(14, 8, allow_null=True)
    fluence_j_cm2 = serializers.DecimalField(14, 6, allow_null=True)
    not_computable = serializers.DictField(child=serializers.CharField())
    dose_version = serializers.CharField()


class OtherShape(serializers.Serializer):
    """Another treatment of the day."""

    kind = serializers.ChoiceField(TREATMENT_KINDS)
    code = serializers.CharField()
    grade = serializers.CharField()
    region = serializers.CharField()
    side = serializers.CharField()
    levels = serializers.ListField(child=serializers.CharField())
    minutes = serializers.IntegerField(allow_null=True)


class VisitShape(serializers.Serializer):
    """A visit with its parts."""

    id = serializers.UUIDField()
    course = serializers.UUIDField()
    patient = serializers.UUIDField()
    state = serializers.ChoiceField(VISIT_STATES)
    planned_for = serializers.DateTimeField()
    occurred_at = serializers.DateTimeField(allow_null=True)
    recorded_at = serializers.DateTimeField(allow_null=True)
    immediate_pain_before = serializers.IntegerField(allow_null=True)
    immediate_pain_after = serializers.IntegerField(allow_null=True)
    no_pain_after_reason = serializers.CharField()
    skin_checked = serializers.BooleanField(allow_null=True)
    reaction = serializers.CharField()
    note = serializers.CharField()
    laser = LaserShape(many=True)
    other = OtherShape(many=True)


class VisitReceipt(serializers.Serializer):
    """Proof that a visit was recorded."""

    id = serializers.UUIDField()
    course = serializers.UUIDField()
    state = serializers.ChoiceField(VISIT_STATES)


_LASER = tuple(LaserShape().fields)
_OTHER = tuple(OtherShape().fields)
_VISIT = ("state", "planned_for", "occurred_at", "recorded_at", "no_pain_after_reason", "skin_checked", "reaction", "note")


def course_dict(course: Course) -> dict[str, Any]:
    """A course, with its patient selected, as CourseShape."""
    names = ("complaint", "label", "started_on", "ended_on")
    reference = {"id": course.pk, "patient": course.patient_id, "record_number": course.patient.record_number}
    return reference | {name: getattr(course, name) for name in names}


def visit_dict(visit: Visit) -> dict[str, Any]:
    """A visit, with its parts prefetched, as VisitShape."""
    return {
        "id": visit.pk,
        "course": visit.course_id,
        "patient": visit.course.patient_id,
        **{name: getattr(visit, name) for name in _VISIT},
        "immediate_pain_before": visit.pain_before,
        "immediate_pain_after": visit.pain_after,
        "laser": [_part(row, _LASER) for row in visit.laser_applications.all()],
        "other": [_part(row, _OTHER) for row in visit.other_treatments.all()],
    }


def _part(row: LaserApplication | OtherTreatment, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}
