"""The interface as DRF's settings name it: who calls, what may be sent, how an error is told. Endpoints: clinic.api.endpoint."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from clinic import strict_json
from clinic.writes import Actor

_MOST_FIELDS_TOLD = 50  # an answer stays small, however much was wrong


class ApiRefusal(Exception):
    """A request that is understood and refused. `fields` says why, field by field."""

    def __init__(self, code: str, message: str, *, status_code: int = 400, fields: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code, self.status_code, self.fields = code, status_code, fields or {}


class _Csrf(CsrfViewMiddleware):
    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def _no_view(request: HttpRequest) -> HttpResponse:
    """Stands where Django asks for the view, which may declare itself exempt; ours may not."""
    return HttpResponse()


class BoundaryAuthentication(BaseAuthentication):
    """The boundary has already decided who calls; DRF is told. A call by session cookie also proves that it is no forgery."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        plain: Any = request._request
        member = getattr(plain, "membership", None)
        if member is None:
            return None
        if plain.actor.kind != Actor.API:
            check = _Csrf(lambda _request: None)  # type: ignore[arg-type]
            check.process_request(plain)
            if check.process_view(plain, _no_view, (), {}):
                raise ApiRefusal("csrf", "A call by session cookie needs its CSRF token.", status_code=403)
        return member, None

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class DeclaredPermission(BasePermission):
    """What the route declares, asked a second time; and what a call that writes needs besides."""

    def has_permission(self, request: Request, view: Any) -> bool:
        member, access = getattr(request._request, "membership", None), getattr(type(view), "access", None)
        if not (member and access and access.permission and member.may(access.permission)):
            return False
        besides = getattr(view, "post_needs", None)
        return request.method in SAFE_METHODS or besides is None or bool(member.may(besides))


class StrictJSONParser(BaseParser):
    """JSON as `clinic.strict_json` accepts it."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        body = stream.read(strict_json.MAXIMUM_BYTES + 1)
        try:
            return strict_json.parse(body)
        except strict_json.NotAcceptable as error:
            too_large = error.code == "too_large"
            raise ApiRefusal(error.code, str(error), status_code=413 if too_large else 400, fields={error.field: [str(error)]}) from None


class _Encoder(JSONEncoder):
    def default(self, obj: Any) -> Any:
        return f"{obj:f}" if isinstance(obj, Decimal) else super().default(obj)


class ExactJSONRenderer(JSONRenderer):
    """JSON in which decimals are texts: as numbers, a reader would round them."""

    encoder_class = _Encoder


class JSONOnly(BaseContentNegotiation):
    """One parser, one renderer: a body of another kind is answered with 415."""

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        media_type = (request.content_type or "").split(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == media_type), None)

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


def explain_error(error: Exception, context: dict[str, Any]) -> Response | None:
    """An error as JSON: {"error": code, "message": words, "fields": {name: [words]}}. Values are never repeated."""
    if isinstance(error, ApiRefusal):
        return _told(error.status_code, error.code, str(error), error.fields)
    if isinstance(error, exceptions.ValidationError):
        return _told(400, "invalid", "A field is missing, unknown or not acceptable.", error.detail)
    if isinstance(error, Http404):
        return _told(404, "not_found", "There is nothing at this address.")
    if isinstance(error, PermissionDenied):
        return _told(403, "forbidden", "Your role does not permit this.")
    if isinstance(error, exceptions.APIException):
        return _told(error.status_code, str(getattr(error, "default_code", "error")), str(error.detail))
    return None


def _told(status_code: int, code: str, message: str, fields: Any = None) -> Response:
    body: dict[str, Any] = {"error": code, "message": message}
    if fields:
        body["fields"] = dict(islice(_flat(fields, ()).items(), _MOST_FIELDS_TOLD))
    return Response(body, status=status_code)


def _flat(detail: Any, path: tuple[object, ...]) -> dict[str, list[str]]:
    """Nested reasons by their place, written as "laser.0.region"."""
    if isinstance(detail, dict):
        steps: Iterable[tuple[object, Any]] = detail.items()
    elif isinstance(detail, list) and any(isinstance(each, dict | list) for each in detail):
        steps = enumerate(detail)
    else:
        return {strict_json.field_name(path): [str(each) for each in detail] if isinstance(detail, list) else [str(detail)]}
    found: dict[str, list[str]] = {}
    for step, inner in steps:
        if inner:
            found |= _flat(inner, path if step == "non_field_errors" else (*path, step))
    return found
