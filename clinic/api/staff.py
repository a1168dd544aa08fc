"""/api/v1/<clinic>/: who works here, and who is away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clinic.api.endpoint import Done, Endpoint, PageFilters, StrictSerializer, described, idempotent, one, page_of, referred, refusing
from clinic.api.fields import Day, Id
from clinic.models import Membership
from clinic.permissions import ROLES, Permission, requires
from clinic.services.organisation import StaffRefused
from clinic.services.staff import end_absence, set_absence


class StaffShape(serializers.Serializer):
    """Somebody who works here, or did. `deputy` stands in from `absent_from` until and with `absent_until`."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    roles = serializers.ListField(child=serializers.ChoiceField(list(ROLES)))
    is_active = serializers.BooleanField()
    left_at = serializers.DateTimeField(allow_null=True)
    absent_from = serializers.DateField(allow_null=True)
    absent_until = serializers.DateField(allow_null=True)
    deputy = serializers.UUIDField(allow_null=True)


class AbsenceInput(StrictSerializer):
    """From when until when, both included, and who stands in. Nothing at all: the colleague is back."""

    first = Day(required=False)
    last = Day(required=False)
    deputy = Id(required=False, allow_null=True, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The first day and the last, or neither."""
        for name, other in (("first", "last"), ("last", "first")):
            if name in attrs and other not in attrs:
                raise serializers.ValidationError({other: ["This field is required."]})
        if "first" not in attrs and attrs["deputy"] is not None:
            raise serializers.ValidationError({"first": ["This field is required."]})
        return attrs


def _staff_dict(member: Membership) -> dict[str, Any]:
    names = ("roles", "is_active", "left_at", "absent_from", "absent_until")
    return {"id": member.pk, "name": member.display_name, "deputy": member.deputy_id} | {name: getattr(member, name) for name in names}


@requires(Permission.MANAGE_STAFF)
class Staff(Endpoint):
    """Who works here."""

    filters = PageFilters

    @described("staff_list", page_of(StaffShape), filters=PageFilters)
    def get(self, request: Request, clinic: str) -> Response:
        """A page of members of staff, newest first. Roles are given in the browser, which asks for the password again."""
        return self.paged(Membership.objects.all(), _staff_dict, read="staff.read", about=None)


@requires(Permission.MANAGE_STAFF)
class Away(Endpoint):
    """A colleague's absence."""

    @described("staff_away", Done, takes=AbsenceInput, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, member: UUID) -> Response:
        """Note from when until when a colleague is away and who stands in; without dates, that they are back."""
        found, given = one(Membership.objects.all(), member), self.given(AbsenceInput)
        wanted = given.pop("deputy")
        deputy = referred(Membership.objects.filter(is_active=True), wanted, "deputy") if wanted else None
        with refusing(StaffRefused):
            if "first" in given:
                set_absence(actor=self.actor, member=found, deputy=deputy, today=self.member.clinic.today(), **given)
            else:
                end_absence(actor=self.actor, member=found)
        return Response({"id": str(found.pk)})
