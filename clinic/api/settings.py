"""/api/v1/<clinic>/settings/: what the clinic is called, where it is, and its limits."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clinic.api.endpoint import Endpoint, StrictSerializer, described, idempotent
from clinic.api.fields import OneOf, Text, TrueFalse, Whole
from clinic.forms.clinic import SETTINGS, time_zones
from clinic.models import Clinic
from clinic.permissions import Permission, requires
from clinic.services.organisation import change_clinic

_LANGUAGES = [code for code, _name in settings.LANGUAGES]


class SettingsShape(serializers.Serializer):
    """The clinic's own settings. `small_cell_minimum`: numbers about fewer people are hidden in reports."""

    name = serializers.CharField()
    telephone = serializers.CharField()
    time_zone = serializers.CharField()
    language = serializers.CharField()
    country = serializers.CharField()
    small_cell_minimum = serializers.IntegerField()
    require_second_factor = serializers.BooleanField()


class SettingsInput(StrictSerializer):
    """What is to change; fields that are not given stay. `time_zone`: a place, like Europe/Berlin. `country`: two letters."""

    name = Text(max_length=200)
    telephone = Text(max_length=40, allow_blank=True)
    time_zone = Text(max_length=60)
    language = OneOf(_LANGUAGES)
    country = serializers.RegexField(r"^[A-Z]{2}$", max_length=2)
    small_cell_minimum = Whole(min_value=2, max_value=50)
    require_second_factor = TrueFalse()

    def validate_time_zone(self, zone: str) -> str:
        """A zone that people know by its place, as the page offers it."""
        if zone not in dict(time_zones()):
            raise serializers.ValidationError("There is no such time zone.")
        return zone


def settings_dict(clinic: Clinic) -> dict[str, Any]:
    """A clinic's settings as SettingsShape."""
    return {name: getattr(clinic, name) for name in SETTINGS}


@requires(Permission.EDIT_CLINIC, step_up=True)
class Settings(Endpoint):
    """The clinic's own settings."""

    @described("settings_retrieve", SettingsShape)
    def get(self, request: Request, clinic: str) -> Response:
        """What the clinic is called, where it is, and its limits."""
        return Response(settings_dict(self.member.clinic))

    @described("settings_change", SettingsShape, takes=SettingsInput, status_code=200)
    @idempotent
    def patch(self, request: Request, clinic: str) -> Response:
        """Change what is given. A second factor can be required of everybody only by somebody who has one."""
        try:
            changed = change_clinic(actor=self.actor, clinic=self.member.clinic, **self.given(SettingsInput, partial=True))
        except ValidationError as refused:
            raise serializers.ValidationError(refused.message_dict) from None
        return Response(settings_dict(changed))
