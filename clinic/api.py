"""What every API endpoint shares: who calls, what may be sent, how an error is told, how a repeated call is recognised."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from rest_framework import exceptions, serializers, status
from rest_framework.authentication import BaseAuthentication
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.pagination import CursorPagination
from rest_framework.parsers import BaseParser
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from clinic import strict_json
from clinic.models import IdempotencyKey
from clinic.writes import Actor, nothing_to_write, writes


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
    """What the route declares, asked a second time."""

    def has_permission(self, request: Request, view: Any) -> bool:
        member, access = getattr(request._request, "membership", None), getattr(type(view), "access", None)
        return bool(member and access and access.permission and member.may(access.permission))


class StrictJSONParser(BaseParser):
    """JSON as `clinic.strict_json` accepts it."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        body = stream.read(strict_json.MAXIMUM_BYTES + 1)
        try:
            return strict_json.parse(body)
        except strict_json.NotAcceptable as error:
            too_large = error.code == "too_large"
            raise ApiRefusal(error.code, str(error), status_code=413 if too_large else 400) from None


class JSONOnly(BaseContentNegotiation):
    """One parser, one renderer: a body of another kind is answered with 415."""

    def select_parser(self, request: Request, parsers: Iterable[Any]) -> Any:
        media_type = (request.content_type or "").split(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == media_type), None)

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> Any:
        return renderers[0], renderers[0].media_type


class StrictSerializer(serializers.Serializer):
    """Fields that are not declared are errors: a misspelt field is never quietly dropped."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = sorted(set(data) - set(self.fields))
            if unknown:
                raise serializers.ValidationError({name: ["This field is unknown."] for name in unknown}, code="unknown")
        return super().to_internal_value(data)


class Pages(CursorPagination):
    """Pages by cursor, at most a hundred rows: the same cost at any depth, and no row twice when others are added."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 100
    ordering: Any = "-id"  # ids are time-ordered


class Endpoint(APIView):
    """A view under /api/v1/<clinic>/. `filters` names the query parameters it understands; any other is refused."""

    content_negotiation_class = JSONOnly
    filters: ClassVar[frozenset[str]] = frozenset()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        unknown = sorted(set(request.query_params) - self.filters - {"cursor", "page_size"})
        if unknown:
            fields = {name: ["This parameter is unknown."] for name in unknown}
            raise ApiRefusal("unknown_parameter", "A query parameter is unknown.", fields=fields)

    @property
    def actor(self) -> Actor:
        """Who acts, as the boundary found out."""
        actor: Actor = self.request._request.actor  # type: ignore[attr-defined]
        return actor

    def paged(self, rows: models.QuerySet[Any], present: Callable[[Any], dict[str, Any]]) -> Response:
        """One page of rows, each presented as a plain dictionary."""
        pages = Pages()
        page = pages.paginate_queryset(rows, self.request, view=self) or []
        return pages.get_paginated_response([present(row) for row in page])


def explain_error(error: Exception, context: dict[str, Any]) -> Response | None:
    """An error as JSON: {"error": code, "message": words, "fields": {name: [words]}}. Values are never repeated."""
    if isinstance(error, ApiRefusal):
        return _told(error.status_code, error.code, str(error), error.fields)
    if isinstance(error, serializers.ValidationError):
        fields = error.detail if isinstance(error.detail, dict) else {"body": error.detail}
        return _told(400, "invalid", "A field is missing, unknown or not acceptable.", fields)
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
        body["fields"] = fields
    return Response(body, status=status_code)


# Repeated calls ----------------------------------------------------------------------------------------------------------------


def idempotent(create: Callable[..., Response]) -> Callable[..., Response]:
    """A creating method that has one effect per `Idempotency-Key`: same body, same answer; another body, 409.

    The key is claimed in the transaction of the call itself, so that a call that fails leaves no key behind, and a second call
    waits for the first one's end.
    """

    @functools.wraps(create)
    def guarded(self: Endpoint, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return create(self, request, *args, **kwargs)
        if len(key) > 120 or not key.isprintable():
            raise ApiRefusal("idempotency_key", "The Idempotency-Key is at most 120 printable characters.")
        digest = hashlib.sha256(json.dumps(request.data, sort_keys=True, default=str).encode()).hexdigest()
        claim, fresh = claim_key(actor=self.actor, endpoint=f"{request.method} {type(self).__name__}", key=key, body_hash=digest)
        if not fresh:
            return _replay(claim, digest)
        response = create(self, request, *args, **kwargs)
        if response.status_code < 400:
            keep_answer(actor=self.actor, claim=claim, status_code=response.status_code, answer=response.data)
        return response

    return guarded


def _replay(claim: IdempotencyKey, digest: str) -> Response:
    if claim.body_hash != digest:
        raise ApiRefusal("idempotency_conflict", "This Idempotency-Key was used with another body.", status_code=409)
    answer = Response(claim.answer, status=claim.status or status.HTTP_201_CREATED)
    answer["Idempotent-Replay"] = "true"
    return answer


@writes("idempotency_key.claim")
def claim_key(*, actor: Actor, endpoint: str, key: str, body_hash: str) -> tuple[IdempotencyKey, bool]:
    """The row of this key, and whether it is new. Waits while another transaction holds the same key."""
    nothing_to_write()  # bookkeeping of the interface, not clinic data: the call it guards is audited by its own service
    mine = IdempotencyKey(client=str(actor.user_id), endpoint=endpoint, key=key, body_hash=body_hash)
    IdempotencyKey.objects.bulk_create([mine], ignore_conflicts=True)
    stored = IdempotencyKey.objects.get(client=mine.client, endpoint=endpoint, key=key)
    return stored, stored.pk == mine.pk


@writes("idempotency_key.answer")
def keep_answer(*, actor: Actor, claim: IdempotencyKey, status_code: int, answer: Any) -> None:
    """Keep the answer of a creating call: ids and receipts only, so that it holds no health data."""
    nothing_to_write()
    IdempotencyKey.objects.filter(pk=claim.pk).update(status=status_code, answer=json.loads(json.dumps(answer, default=str)))
