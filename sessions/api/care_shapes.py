"""What the interface takes and answers about the course of care, its plan, the register of devices, and appointments."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from clinic.api.endpoint import PageFilters, StrictSerializer
from clinic.api.fields import Day, Id, Instant, Listed, Number, OneOf, Text, TrueFalse, Whole
from sessions import codes
from sessions.api.shapes import REGIONS
from sessions.models import Course, Device, Handpiece, Protocol, Visit
from sessions.models.device import LaserMode
from sessions.selectors.courses import PlanSheet
from sessions.services.courses import THERAPY_LISTS

THERAPY_KINDS = list(THERAPY_LISTS)
MISSED_STATES = [Visit.State.NO_SHOW.value, Visit.State.CANCELLED_BY_PATIENT.value, Visit.State.CANCELLED_BY_CLINIC.value]


def _setting(digits: int, places: int) -> Number:
    return Number(max_digits=digits, decimal_places=places, min_value=0, required=False, allow_null=True, default=None)


def _words(length: int) -> Text:
    return Text(max_length=length, required=False, default="", allow_blank=True)


class CourseChanges(StrictSerializer):
    """What may be corrected of a course; fields that are not given stay. `responsible`: a member who treats."""

    complaint = OneOf(Course.Complaint.values)
    icd10_code = _words(10)
    onset_on = Day(required=False, allow_null=True, default=None)
    responsible = Id(required=False, allow_null=True, default=None)
    label = _words(60)  # type: ignore[assignment]


class CourseInput(CourseChanges):
    """A new course of care."""

    patient = Id()
    started_on = Day()


class EndInput(StrictSerializer):
    """The end of care, and why."""

    ended_on = Day()
    reason = OneOf(Course.EndReason.values)


class ExerciseInput(StrictSerializer):
    """One prescribed exercise. Days: 0 is Monday; none given means every day."""

    name = Text(max_length=120)
    sets = Whole(min_value=1, max_value=20, required=False, allow_null=True, default=None)
    repetitions = Whole(min_value=1, max_value=200, required=False, allow_null=True, default=None)
    minutes = Whole(min_value=1, max_value=240, required=False, allow_null=True, default=None)
    weekdays = Listed(child=Whole(min_value=0, max_value=6), max_length=7, required=False, default=lambda: list(range(7)))


class TherapyInput(StrictSerializer):
    """One treatment of the list."""

    kind = OneOf(THERAPY_KINDS)
    code = Text(max_length=40)


class PlanInput(StrictSerializer):
    """The next version of a plan. No protocol means no laser."""

    planned_visits = Whole(min_value=1, max_value=200)
    visits_per_week = Number(max_digits=3, decimal_places=1, min_value=0, max_value=14)
    protocol = Id(required=False, allow_null=True, default=None)
    review_on = Day()
    exercises = Listed(child=ExerciseInput(), max_length=12, required=False, default=list)
    therapies = Listed(child=TherapyInput(), max_length=40, required=False, default=list)


class HandpieceInput(StrictSerializer):
    """A handpiece and its spot at the tissue; null when the maker does not state it."""

    name = Text(max_length=100)
    spot_area_cm2 = _setting(9, 4)
    edge_definition = OneOf(Handpiece.Edge.values, required=False, default=Handpiece.Edge.UNKNOWN.value)


class LabelInput(StrictSerializer):
    """An apparatus as its label describes it."""

    maker = Text(max_length=100)
    model = Text(max_length=100)
    laser_class = OneOf(Device.LaserClass.values)
    maximum_power_w = Number(max_digits=9, decimal_places=5, min_value=0)
    wavelengths_nm = Listed(child=Number(max_digits=6, decimal_places=1, min_value=100, max_value=20000), max_length=10)


class DeviceInput(LabelInput):
    """A new apparatus."""

    name = Text(max_length=100)
    serial_number = _words(100)
    handpieces = Listed(child=HandpieceInput(), max_length=8, required=False, default=list)


class DeviceChanges(StrictSerializer):
    """In or out of use, the serial number, and handpieces that were added."""

    is_active = TrueFalse()
    serial_number = _words(100)
    new_handpieces = Listed(child=HandpieceInput(), max_length=8, required=False, default=list)


class CorrectionInput(LabelInput):
    """What the register should say, and why it said something else."""

    reason = Text(max_length=200)


class ProtocolInput(StrictSerializer):
    """Settings that the clinic agreed on, with their source. A name in use makes its next version."""

    name = Text(max_length=100)
    device = Id()
    handpiece = Id(required=False, allow_null=True, default=None)
    region = OneOf(REGIONS)
    source = Text(max_length=300)  # type: ignore[assignment]
    technique = OneOf([code.key for code in codes.codes("laser_techniques")])
    mode = OneOf(LaserMode.values, required=False, default="cw")
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
    warnings_confirmed = TrueFalse(required=False, default=False)


class BookingInput(StrictSerializer):
    """One appointment. `therapist`: a member who treats, or nobody in particular."""

    planned_for = Instant()
    therapist = Id(required=False, allow_null=True, default=None)


class WalkInInput(StrictSerializer):
    """Somebody came without a booking. The same `client_key` twice makes one visit."""

    client_key = Id(required=False, allow_null=True, default=None)


class MissedInput(StrictSerializer):
    """Why a visit did not take place."""

    state = OneOf(MISSED_STATES)
    reason = OneOf(["", *Visit.MissedReason.values], required=False, default="", allow_blank=True)


class AddendumInput(StrictSerializer):
    """A dated amendment of a signed visit: what should have been, and why."""

    reason = Text(max_length=200)
    pain_before = Whole(min_value=0, max_value=10, required=False, allow_null=True, default=None)
    pain_after = Whole(min_value=0, max_value=10, required=False, allow_null=True, default=None)
    reaction = OneOf(["", *Visit.Reaction.values], required=False, default="", allow_blank=True)
    text = _words(20000)


class DeviceFilters(PageFilters):
    """Which devices."""

    in_use = OneOf(["true", "false"], required=False)


class ProtocolFilters(PageFilters):
    """Which protocols."""

    device = Id(required=False)
    in_use = OneOf(["true", "false"], required=False)


class HandpieceShape(serializers.Serializer):
    """A handpiece."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    spot_area_cm2 = serializers.DecimalField(9, 4, allow_null=True)
    edge_definition = serializers.ChoiceField(Handpiece.Edge.values)


class DeviceShape(serializers.Serializer):
    """An apparatus. W, nm, cm²."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    maker = serializers.CharField()
    model = serializers.CharField()
    serial_number = serializers.CharField()
    laser_class = serializers.ChoiceField(Device.LaserClass.values)
    maximum_power_w = serializers.DecimalField(9, 5)
    is_active = serializers.BooleanField()
    wavelengths_nm = serializers.ListField(child=serializers.DecimalField(6, 1))
    handpieces = HandpieceShape(many=True)


class ProtocolShape(serializers.Serializer):
    """One version of a protocol."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    version = serializers.IntegerField()
    device = serializers.UUIDField()
    handpiece = serializers.UUIDField(allow_null=True)
    region = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    is_active = serializers.BooleanField()
    mode = serializers.ChoiceField(LaserMode.values)
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


class PlannedExerciseShape(serializers.Serializer):
    """One prescribed exercise. Days: 0 is Monday."""

    name = serializers.CharField()
    sets = serializers.IntegerField(allow_null=True)
    repetitions = serializers.IntegerField(allow_null=True)
    minutes = serializers.IntegerField(allow_null=True)
    weekdays = serializers.ListField(child=serializers.IntegerField())


class PlannedTherapyShape(serializers.Serializer):
    """One treatment of the list."""

    kind = serializers.CharField()
    code = serializers.CharField()


class PlanShape(serializers.Serializer):
    """The version of a plan that counts."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    made_at = serializers.DateTimeField()
    planned_visits = serializers.IntegerField()
    visits_per_week = serializers.DecimalField(3, 1)
    protocol = serializers.UUIDField(allow_null=True)
    review_on = serializers.DateField()
    exercises = PlannedExerciseShape(many=True)
    therapies = PlannedTherapyShape(many=True)


class PlanReceipt(serializers.Serializer):
    """The version that was made."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()


def handpiece_dict(row: Handpiece) -> dict[str, Any]:
    """A handpiece as HandpieceShape."""
    return {"id": row.pk, "name": row.name, "spot_area_cm2": row.spot_area_cm2, "edge_definition": row.edge_definition}


def device_dict(row: Device) -> dict[str, Any]:
    """A device, with its parts prefetched, as DeviceShape."""
    names = ("name", "maker", "model", "serial_number", "laser_class", "maximum_power_w", "is_active")
    parts = {
        "wavelengths_nm": [each.wavelength_nm for each in row.wavelengths.all()],
        "handpieces": [handpiece_dict(each) for each in row.handpieces.all()],
    }
    return {"id": row.pk} | {name: getattr(row, name) for name in names} | parts


def protocol_dict(row: Protocol) -> dict[str, Any]:
    """A protocol as ProtocolShape."""
    reference: dict[str, Any] = {"id": row.pk, "device": row.device_id, "handpiece": row.handpiece_id}
    names = [str(name) for name in ProtocolShape().fields]
    return reference | {name: getattr(row, name) for name in names if name not in reference}


def plan_dict(sheet: PlanSheet) -> dict[str, Any]:
    """A plan as PlanShape."""
    names = ("id", "version", "made_at", "planned_visits", "visits_per_week", "review_on")
    exercises = [
        {name: getattr(each, name) for name in ("name", "sets", "repetitions", "minutes")}
        | {"weekdays": [day for day, marked in enumerate(each.weekdays) if marked]}
        for each in sheet.exercises
    ]
    therapies = [{"kind": kind, "code": code} for kind, code in sheet.therapy_codes]
    return {name: getattr(sheet, name) for name in names} | {
        "protocol": sheet.protocol_id,
        "exercises": exercises,
        "therapies": therapies,
    }
