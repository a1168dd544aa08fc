"""The product's addresses, and the floor: a bare view under our middleware with token, serializer and one audit INSERT."""

from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clinic.api.endpoint import Endpoint, StrictSerializer
from clinic.config.urls import urlpatterns as product
from clinic.permissions import Permission, requires
from clinic.reads import record_read


class FloorInput(StrictSerializer):
    """As little as a call can say."""

    value = serializers.IntegerField(min_value=0, max_value=10)


@requires(Permission.SEE_RECORDS)
class Floor(Endpoint):
    """What every call costs before it does anything."""

    def post(self, request: Request, clinic: str) -> Response:
        """Check one number and write one audit entry."""
        given = FloorInput(data=request.data)
        given.is_valid(raise_exception=True)
        record_read(actor=self.actor, patient_id=None, action="bench.floor")
        return Response({"value": given.validated_data["value"]})


urlpatterns = [path("api/v1/<slug:clinic>/scores/floor/", Floor.as_view()), *product]
