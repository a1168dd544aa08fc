"""/api/v1/<clinic>/: what waits for a colleague, and giving it to another one."""

from __future__ import annotations

from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clinic.api.endpoint import Done, Endpoint, StrictSerializer, described, idempotent, one, referred, refusing
from clinic.api.fields import Id, Listed, OneOf
from clinic.models import Membership
from clinic.permissions import Permission, requires
from sessions.selectors.handing_over import KINDS, receivers, work_of
from sessions.services.handing_over import HandingOverRefused, hand_over


class WorkShape(serializers.Serializer):
    """How much of each kind waits for somebody."""

    courses = serializers.IntegerField()
    visits = serializers.IntegerField()
    notes = serializers.IntegerField()
    tasks = serializers.IntegerField()


class HandOverInput(StrictSerializer):
    """To whom, and what of it."""

    receiver = Id()
    kinds = Listed(child=OneOf(list(KINDS)), min_length=1, max_length=len(KINDS))


@requires(Permission.MANAGE_STAFF, step_up=True)
class Work(Endpoint):
    """What waits for a colleague."""

    @described("staff_work", WorkShape, refusals=[404])
    def get(self, request: Request, clinic: str, member: UUID) -> Response:
        """Running courses, open visits, unsigned notes and open tasks, in numbers."""
        found: Membership = one(Membership.objects.all(), member)
        return Response({each.kind: each.number for each in work_of(found)})

    @described("staff_hand_over", Done, takes=HandOverInput, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, member: UUID) -> Response:
        """Hand it over to somebody who treats, each kind whole."""
        found, given = one(Membership.objects.all(), member), self.given(HandOverInput)
        receiver = referred(receivers(found), given["receiver"], "receiver")
        with refusing(HandingOverRefused):
            hand_over(actor=self.actor, giver=found, receiver=receiver, kinds=given["kinds"])
        return Response({"id": str(found.pk)})
