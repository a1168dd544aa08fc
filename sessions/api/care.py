"""/api/v1/<clinic>/: courses opened, changed and ended, plans, devices and protocols."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError

from clinic.api.calls import ApiRefusal
from clinic.api.endpoint import Done, Endpoint, Nothing, PageFilters, described, idempotent, one, page_of, referred, refusing
from clinic.models import Membership
from clinic.permissions import THERAPIST, Permission, requires
from clinic.reads import record_read
from sessions.api.care_shapes import (
    CorrectionInput,
    CourseChanges,
    DeviceChanges,
    DeviceFilters,
    DeviceInput,
    DeviceShape,
    EndInput,
    PlanInput,
    PlanReceipt,
    PlanShape,
    ProtocolFilters,
    ProtocolInput,
    ProtocolShape,
    device_dict,
    plan_dict,
    protocol_dict,
)
from sessions.laser_ranges import check_ranges
from sessions.models import Course, Device, DeviceWavelength, Handpiece, Protocol
from sessions.records import LaserRecord
from sessions.selectors.courses import newest_plan
from sessions.services.courses import CourseRefused, change_course, end_course, make_plan
from sessions.services.devices import (
    DeviceRefused,
    agree_protocol,
    change_device,
    correct_device,
    register_device,
    retire_protocol,
)

_LIMITS = {"time_per_point_s": "seconds_per_point", "emission_time_s": "emission_s", "duty_cycle": "duty_cycle_percent"}


def treating(wanted: UUID | None, field: str) -> Membership | None:
    """The member who treats that a body's field names; None where it names nobody."""
    if wanted is None:
        return None
    found: Membership = referred(Membership.objects.filter(is_active=True, roles__contains=[THERAPIST.key]), wanted, field)
    return found


@requires(Permission.PLAN_CARE)
class CourseChange(Endpoint):
    """A course of care, corrected."""

    @described("course_change", Done, takes=CourseChanges, refusals=[404], status_code=200)
    @idempotent
    def patch(self, request: Request, clinic: str, course: UUID) -> Response:
        """Correct complaint, code, onset, responsible person or label; what is not given stays."""
        found = one(Course.objects.all(), course)
        data = self.given(CourseChanges, partial=True)
        if "responsible" in data:
            data["responsible"] = treating(data["responsible"], "responsible")
        not_ahead(self.member, data, "onset_on")
        with refusing(CourseRefused):
            change_course(actor=self.actor, course=found, **data)
        return Response({"id": str(found.pk)})


def not_ahead(member: Membership, data: dict[str, Any], name: str) -> None:
    """Refuse a day after the clinic's today."""
    if data.get(name) and data[name] > member.clinic.today():
        raise ValidationError({name: ["This day lies in the future."]})


@requires(Permission.PLAN_CARE)
class CourseEnd(Endpoint):
    """The end of a course."""

    @described("course_end", Done, takes=EndInput, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, course: UUID) -> Response:
        """End a course with its reason."""
        found = one(Course.objects.all(), course)
        data = self.given(EndInput)
        not_ahead(self.member, data, "ended_on")
        with refusing(CourseRefused, names={"end_reason": "reason"}):
            end_course(actor=self.actor, course=found, **data)
        return Response({"id": str(found.pk)})


@requires(Permission.PLAN_CARE)
class CoursePlan(Endpoint):
    """The plan of a course."""

    @described("plan_retrieve", PlanShape, refusals=[404])
    def get(self, request: Request, clinic: str, course: UUID) -> Response:
        """The version that counts; 404 where nothing was planned yet."""
        found = one(Course.objects.all(), course)
        sheet = newest_plan(found.pk)
        if sheet is None:
            raise ApiRefusal("not_found", "There is nothing at this address.", status_code=404)
        record_read(actor=self.actor, patient_id=found.patient_id, action="plan.read", object_id=found.pk)
        return Response(plan_dict(sheet))

    @described("plan_make", PlanReceipt, takes=PlanInput, refusals=[404])
    @idempotent
    def post(self, request: Request, clinic: str, course: UUID) -> Response:
        """Make the next version; the earlier ones stay."""
        found = one(Course.objects.all(), course)
        data = self.given(PlanInput)
        if data["protocol"] is not None:
            data["protocol"] = referred(Protocol.objects.filter(is_active=True), data["protocol"], "protocol")
        for name in ("exercises", "therapies"):
            data[name] = [dict(each) for each in data[name]]
        with refusing(CourseRefused):
            plan = make_plan(actor=self.actor, course=found, **data)
        return Response({"id": str(plan.pk), "version": plan.version}, status=201)


def _devices() -> QuerySet[Device]:
    parts = (
        Prefetch("wavelengths", DeviceWavelength.objects.order_by("wavelength_nm")),
        Prefetch("handpieces", Handpiece.objects.order_by("name")),
    )
    rows: QuerySet[Device] = Device.objects.prefetch_related(*parts)
    return rows


def _handpieces(given: list[dict[str, Any]]) -> list[tuple[str, Any, str]]:
    names = [each["name"] for each in given]
    if len(set(names)) < len(names):
        raise ValidationError({"handpieces": ["A name stands twice."]})
    return [(each["name"], each["spot_area_cm2"] or None, each["edge_definition"]) for each in given]


@requires(Permission.MANAGE_DEVICES)
class Devices(Endpoint):
    """The register of devices."""

    filters = DeviceFilters

    @described("devices_list", page_of(DeviceShape), filters=DeviceFilters)
    def get(self, request: Request, clinic: str) -> Response:
        """A page of devices with their handpieces, newest first."""
        rows = _devices()
        if "in_use" in self.asked:
            rows = rows.filter(is_active=self.asked["in_use"] == "true")
        return self.paged(rows, device_dict, read="devices.read", about=None)

    @described("device_register", Done, takes=DeviceInput)
    @idempotent
    def post(self, request: Request, clinic: str) -> Response:
        """Register a device as its label describes it."""
        data = self.given(DeviceInput)
        data["handpieces"] = _handpieces(data["handpieces"])
        data["wavelengths_nm"] = list(dict.fromkeys(data["wavelengths_nm"]))
        with refusing(DeviceRefused, names={"wavelengths": "wavelengths_nm"}):
            device = register_device(actor=self.actor, **data)
        return Response({"id": str(device.pk)}, status=201)


@requires(Permission.RECORD_VISITS)
class Equipment(Endpoint):
    """What a visit may be recorded with."""

    filters = PageFilters

    @described("equipment_list", page_of(DeviceShape), filters=PageFilters)
    def get(self, request: Request, clinic: str) -> Response:
        """A page of the devices in use with their handpieces, for whoever records visits."""
        return self.paged(_devices().filter(is_active=True), device_dict, read="devices.read", about=None)


@requires(Permission.MANAGE_DEVICES)
class OneDevice(Endpoint):
    """One device."""

    @described("device_retrieve", DeviceShape, refusals=[404])
    def get(self, request: Request, clinic: str, device: UUID) -> Response:
        """The device of an id."""
        return Response(device_dict(one(_devices(), device)))

    @described("device_change", Done, takes=DeviceChanges, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, device: UUID) -> Response:
        """Put a device in or out of use, correct its serial number, add handpieces."""
        found = one(Device.objects.all(), device)
        data = self.given(DeviceChanges)
        data["new_handpieces"] = _handpieces(data["new_handpieces"])
        with refusing(DeviceRefused):
            change_device(actor=self.actor, device=found, **data)
        return Response({"id": str(found.pk)})


@requires(Permission.MANAGE_DEVICES)
class DeviceCorrection(Endpoint):
    """What the register says of a device."""

    @described("device_correct", Done, takes=CorrectionInput, refusals=[404])
    @idempotent
    def post(self, request: Request, clinic: str, device: UUID) -> Response:
        """Correct the label's data, with the reason. Signed visits keep their own numbers."""
        found = one(Device.objects.all(), device)
        data = self.given(CorrectionInput)
        data["wavelengths_nm"] = list(dict.fromkeys(data["wavelengths_nm"]))
        with refusing(DeviceRefused, names={"wavelengths": "wavelengths_nm"}):
            made = correct_device(actor=self.actor, device=found, corrected_by=self.member, **data)
        return Response({"id": str(made.pk)}, status=201)


@requires(Permission.MANAGE_DEVICES)
class Protocols(Endpoint):
    """Settings that the clinic has agreed on."""

    filters = ProtocolFilters

    @described("protocols_list", page_of(ProtocolShape), filters=ProtocolFilters)
    def get(self, request: Request, clinic: str) -> Response:
        """A page of protocols with every version, newest first."""
        rows: QuerySet[Protocol] = Protocol.objects.all()
        if "device" in self.asked:
            rows = rows.filter(device_id=self.asked["device"])
        if "in_use" in self.asked:
            rows = rows.filter(is_active=self.asked["in_use"] == "true")
        return self.paged(rows, protocol_dict, read="protocols.read", about=None)

    @described("protocol_agree", Done, takes=ProtocolInput)
    @idempotent
    def post(self, request: Request, clinic: str) -> Response:
        """Agree on settings for a device, with their source; unusual ones are refused until they are confirmed."""
        data = self.given(ProtocolInput)
        device = referred(Device.objects.all(), data.pop("device"), "device")
        handpiece = data.pop("handpiece")
        if handpiece is not None:
            handpiece = referred(Handpiece.objects.filter(device=device), handpiece, "handpiece")
        about = {name: data.pop(name) for name in ("name", "region", "source")}
        confirmed = data.pop("warnings_confirmed")
        _check(device, about["region"], data, confirmed=confirmed)
        with refusing(DeviceRefused):
            made = agree_protocol(actor=self.actor, device=device, handpiece=handpiece, settings=data, **about)
        return Response({"id": str(made.pk)}, status=201)


def _check(device: Device, region: str, settings: dict[str, Any], *, confirmed: bool) -> None:
    """Refuse settings out of range, each at its field, as the page does."""
    record = LaserRecord(device_id=device.pk, region=region, **settings)
    found = [each for each in check_ranges(record.settings(), device.laser_class) if each.level == "hard" or not confirmed]
    if found:
        told = {_LIMITS.get(each.field, each.field): [each.sentence % {"limit": each.limit}] for each in found}
        raise ApiRefusal("refused", "These settings cannot be agreed on like this.", fields=told)


@requires(Permission.MANAGE_DEVICES)
class ProtocolRetirement(Endpoint):
    """The end of a protocol."""

    @described("protocol_retire", Done, takes=Nothing, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, protocol: UUID) -> Response:
        """Take a protocol out of use; plans and visits that name it keep it."""
        self.given(Nothing)
        found = one(Protocol.objects.all(), protocol)
        retire_protocol(actor=self.actor, protocol=found)
        return Response({"id": str(found.pk)})
