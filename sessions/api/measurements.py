"""/api/v1/<clinic>/devices/<device>/measurements/: what a power meter showed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clinic.api.endpoint import Done, Endpoint, PageFilters, StrictSerializer, described, idempotent, one, page_of, referred, refusing
from clinic.api.fields import Day, Id, Number, Text
from clinic.permissions import Permission, requires
from sessions.models import Device, Handpiece, OutputMeasurement
from sessions.services.devices import DeviceRefused
from sessions.services.measurements import record_measurement


class MeasurementInput(StrictSerializer):
    """One reading: W measured while W were set, at one wavelength of the device (nm). Without a handpiece it stands for each."""

    wavelength_nm = Number(max_digits=6, decimal_places=1)
    set_power_w = Number(max_digits=9, decimal_places=5)
    measured_power_w = Number(max_digits=9, decimal_places=5)
    meter = Text(max_length=100)
    measured_on = Day()
    handpiece = Id(required=False, allow_null=True, default=None)
    note = Text(max_length=200, required=False, default="", allow_blank=True)


class MeasurementShape(serializers.Serializer):
    """One reading as recorded."""

    id = serializers.UUIDField()
    wavelength_nm = serializers.CharField()
    handpiece = serializers.UUIDField(allow_null=True)
    set_power_w = serializers.CharField()
    measured_power_w = serializers.CharField()
    meter = serializers.CharField()
    measured_on = serializers.DateField()
    recorded_at = serializers.DateTimeField()
    note = serializers.CharField(allow_blank=True)


def _shape(row: OutputMeasurement) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "wavelength_nm": str(row.wavelength_nm),
        "handpiece": str(row.handpiece_id) if row.handpiece_id else None,
        "set_power_w": str(row.set_power_w),
        "measured_power_w": str(row.measured_power_w),
        "meter": row.meter,
        "measured_on": row.measured_on.isoformat(),
        "recorded_at": row.recorded_at.isoformat(),
        "note": row.note,
    }


@requires(Permission.MANAGE_DEVICES)
class Measurements(Endpoint):
    """The measurements of a device's output."""

    filters = PageFilters

    @described("measurements_list", page_of(MeasurementShape), filters=PageFilters, refusals=[404])
    def get(self, request: Request, clinic: str, device: UUID) -> Response:
        """A page of measurements, newest first."""
        found = one(Device.objects.all(), device)
        return self.paged(OutputMeasurement.objects.filter(device=found), _shape, read="devices.read", about=None)

    @described("measurement_record", Done, takes=MeasurementInput, refusals=[404])
    @idempotent
    def post(self, request: Request, clinic: str, device: UUID) -> Response:
        """Record a reading. It is never changed; the newest counts."""
        found = one(Device.objects.all(), device)
        data = self.given(MeasurementInput)
        wanted = data.pop("handpiece")
        handpiece = referred(Handpiece.objects.filter(device=found), wanted, "handpiece") if wanted else None
        with refusing(DeviceRefused):
            made = record_measurement(actor=self.actor, device=found, handpiece=handpiece, measured_by=self.member, **data)
        return Response({"id": str(made.pk)}, status=201)
