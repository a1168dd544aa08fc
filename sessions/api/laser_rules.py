"""/api/v1/<clinic>/devices/rules/: what the clinic decides about its laser records."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clinic.api.endpoint import Endpoint, StrictSerializer, described, idempotent
from clinic.api.fields import TrueFalse, Whole
from clinic.permissions import Permission, requires
from sessions.models import LaserRules
from sessions.selectors.laser_rules import laser_rules
from sessions.services.laser_rules import decide_laser_rules


class LaserRulesInput(StrictSerializer):
    """What the clinic decides."""

    dose_check = TrueFalse()
    measure_every_days = Whole(min_value=1, max_value=3650, required=False, allow_null=True, default=None)


class LaserRulesShape(serializers.Serializer):
    """What the clinic decided. `dose_check`: a signed visit shows where its dose lies beside the published window."""

    dose_check = serializers.BooleanField()
    measure_every_days = serializers.IntegerField(allow_null=True)


def _shape(rules: LaserRules) -> dict[str, Any]:
    return {"dose_check": rules.dose_check, "measure_every_days": rules.measure_every_days}


@requires(Permission.MANAGE_DEVICES)
class Rules(Endpoint):
    """Decisions about laser records."""

    @described("laser_rules_retrieve", LaserRulesShape)
    def get(self, request: Request, clinic: str) -> Response:
        """What is decided; everything is off until somebody decides."""
        return Response(_shape(laser_rules()))

    @described("laser_rules_decide", LaserRulesShape, takes=LaserRulesInput, status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str) -> Response:
        """Decide; what is stored of visits does not depend on it."""
        rules = decide_laser_rules(actor=self.actor, **self.given(LaserRulesInput))
        return Response(_shape(rules))
