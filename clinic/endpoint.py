"""What endpoints are made of: strict input, pages by cursor, known filters, and calls that have one effect however often repeated."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable
from typing import Any, ClassVar

from django.db import models
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import serializers, status
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from clinic.api import ApiRefusal, JSONOnly
from clinic.models import IdempotencyKey
from clinic.writes import Actor, nothing_to_write, writes


class BoundaryScheme(OpenApiAuthenticationExtension):
    """How the interface's description says that a token is needed."""

    target_class = "clinic.api.BoundaryAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


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
