"""/api/v1/<clinic>/patients/<id>/merges/: one person on record twice."""

from __future__ import annotations

from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clinic.api.endpoint import Endpoint, StrictSerializer, described, idempotent, one, referred, refusing
from clinic.api.fields import Id, Text
from clinic.models import Patient
from clinic.permissions import Permission, requires
from clinic.reads import record_read
from clinic.services.patients import PatientRefused
from sessions.services.merging import merge_patients


class MergeInput(StrictSerializer):
    """The other record of the same person, and how it is known that both are one: "passport seen"."""

    other = Id()
    reason = Text(max_length=200)


class MergedShape(serializers.Serializer):
    """The record that stays, and how many courses of care moved to it."""

    id = serializers.UUIDField()
    courses = serializers.IntegerField()


@requires(Permission.EDIT_PATIENTS, step_up=True)
class Merges(Endpoint):
    """Two records that become one."""

    @described("patient_merge", MergedShape, takes=MergeInput, refusals=[404])
    @idempotent
    def post(self, request: Request, clinic: str, patient: UUID) -> Response:
        """Move everything of the other record to this one. Both stay readable and show the trace; there is no way back."""
        kept = one(Patient.objects.filter(merged_into=None), patient)
        given = self.given(MergeInput)
        absorbed = referred(Patient.objects.filter(merged_into=None).exclude(pk=kept.pk), given["other"], "other")
        for each in (kept, absorbed):
            record_read(actor=self.actor, patient_id=each.pk, action="identity.read")
        with refusing(PatientRefused, names={"": "reason"}):
            moved = merge_patients(actor=self.actor, kept=kept, absorbed=absorbed, reason=given["reason"])
        return Response({"id": str(kept.pk), "courses": moved}, status=201)
