"""What every API endpoint shares: who calls, what may be sent, how an error is told."""

from __future__ import annotations

from typing import Any

from rest_framework.authentication import BaseAuthentication
from rest_framework.parsers import JSONParser
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler


class BoundaryAuthentication(BaseAuthentication):
    """The boundary has already decided who calls; DRF is told."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        member = getattr(request._request, "membership", None)
        return (member, None) if member is not None else None


class DeclaredPermission(BasePermission):
    """What the route declares, asked a second time."""

    def has_permission(self, request: Request, view: Any) -> bool:
        member, access = getattr(request._request, "membership", None), getattr(type(view), "access", None)
        return bool(member and access and access.permission and member.may(access.permission))


class StrictJSONParser(JSONParser):
    """JSON as the API accepts it."""


def explain_error(error: Exception, context: dict[str, Any]) -> Response | None:
    """An error as JSON that names the field."""
    return exception_handler(error, context)
