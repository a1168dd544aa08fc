"""What endpoints are made of: strict input, known filters, pages by cursor, audited reads, calls that have one effect however often
repeated."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.db import models
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from clinic.api.calls import ApiRefusal, JSONOnly
from clinic.api.fields import Count, Text
from clinic.models import IdempotencyKey, Membership
from clinic.permissions import Permission
from clinic.reads import record_read
from clinic.strict_json import field_name
from clinic.writes import Actor, nothing_to_write, writes


class BoundaryScheme(OpenApiAuthenticationExtension):
    """How the interface's description says that a token is needed."""

    target_class = "clinic.api.calls.BoundaryAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class StrictSerializer(serializers.Serializer):
    """Fields that are not declared are errors: a misspelt field is never quietly dropped."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = sorted({field_name([name]) for name in set(data) - set(self.fields)})
            if unknown:
                raise serializers.ValidationError({name: ["This field is unknown."] for name in unknown[:20]}, code="unknown")
        return super().to_internal_value(data)


class NoFilters(StrictSerializer):
    """An address that takes no query parameters."""


class PageFilters(StrictSerializer):
    """The query parameters of every list."""

    cursor = Text(required=False, max_length=300, help_text="From `next` or `previous` of an earlier page.")
    page_size = Count(required=False, min_value=1, max_value=100)


class Pages(CursorPagination):
    """Pages by cursor, at most a hundred rows: the same cost at any depth, and no row twice when others are added."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 100
    ordering: Any = "-id"  # ids are time-ordered

    def decode_cursor(self, request: Request) -> Cursor | None:
        try:
            cursor = super().decode_cursor(request)
            if cursor is not None and cursor.position is not None:
                UUID(str(cursor.position))
        except (NotFound, ValueError):
            told = {"cursor": ["This is no cursor of an earlier page."]}
            raise ApiRefusal("invalid_parameter", "A query parameter is unknown or not acceptable.", fields=told) from None
        return cursor


class Endpoint(APIView):
    """A view under /api/v1/<clinic>/. `filters` names its query parameters; any other, and any given twice, is refused.

    The class declares the permission to read; `post_needs` is what a writing call needs besides.
    """

    http_method_names = ["get", "head", "post", "patch"]
    content_negotiation_class = JSONOnly
    filters: ClassVar[type[StrictSerializer]] = NoFilters
    post_needs: ClassVar[Permission | None] = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        allowed = self.filters if request.method in {"GET", "HEAD"} else NoFilters
        given = {name: request.query_params.getlist(name) for name in request.query_params}
        twice = {field_name([name]): ["This parameter stands twice."] for name, values in given.items() if len(values) > 1}
        asked = allowed(data={name: values[0] for name, values in given.items()})
        if twice or not asked.is_valid():
            raise ApiRefusal("invalid_parameter", "A query parameter is unknown or not acceptable.", fields=twice or asked.errors)
        self.asked: dict[str, Any] = asked.validated_data

    @property
    def actor(self) -> Actor:
        """Who acts, as the boundary found out."""
        actor: Actor = self.request._request.actor  # type: ignore[attr-defined]
        return actor

    @property
    def member(self) -> Membership:
        """The member on whose behalf the call is made."""
        member: Membership = self.request._request.membership  # type: ignore[attr-defined]
        return member

    def given(self, shape: type[StrictSerializer], *, partial: bool = False) -> dict[str, Any]:
        """The body in the shape that the operation takes. Raises ValidationError naming each field that does not fit."""
        taken = shape(data=self.request.data, partial=partial)
        taken.is_valid(raise_exception=True)
        return dict(taken.validated_data)

    def paged(
        self, rows: models.QuerySet[Any], present: Callable[[Any], dict[str, Any]], *, read: str, about: Callable[[Any], UUID | None] | None
    ) -> Response:
        """One page of rows, each presented as a plain dictionary; `read` is audited once for every patient `about` whom a row is.

        about: None for rows that are about no patient.
        """
        pages = Pages()
        page = pages.paginate_queryset(rows, self.request, view=self) or []
        for patient_id in dict.fromkeys(about(row) for row in page) if about else ():
            record_read(actor=self.actor, patient_id=patient_id, action=read)
        return pages.get_paginated_response([present(row) for row in page])


def one(rows: models.QuerySet[Any], wanted: UUID) -> Any:
    """The row of an address. Raises ApiRefusal (404), the same for another clinic's id as for one that does not exist."""
    found = rows.filter(pk=wanted).first()
    if found is None:
        raise ApiRefusal("not_found", "There is nothing at this address.", status_code=404)
    return found


def referred(rows: models.QuerySet[Any], wanted: UUID, field: str) -> Any:
    """The row that a body's field refers to. Raises ApiRefusal naming the field."""
    found = rows.filter(pk=wanted).first()
    if found is None:
        raise ApiRefusal("invalid", "A field is missing, unknown or not acceptable.", fields={field: ["There is none with this id."]})
    return found


@contextlib.contextmanager
def refusing(*kinds: type[ValueError], locked: tuple[type[ValueError], ...] = (), names: Mapping[str, str] | None = None) -> Iterator[None]:
    """Tell a service's refusal as the interface does: at its field (400), or as a thing that is closed already (`locked`, 409)."""
    try:
        yield
    except locked as refused:
        raise ApiRefusal("locked", str(refused), status_code=409) from None
    except kinds as refused:
        field = str(getattr(refused, "field", "") or "body")
        told = {(names or {}).get(field, field): [str(refused)]}
        raise ApiRefusal("refused", "This cannot be done like that.", fields=told) from None


class Nothing(StrictSerializer):
    """An action that takes no fields."""


class Done(serializers.Serializer):
    """What an action was about."""

    id = serializers.UUIDField()


# The description ---------------------------------------------------------------------------------------------------------------


class ErrorShape(serializers.Serializer):
    """Why a call was refused. `fields`: place in the body or query → reasons. What was sent is never repeated."""

    error = serializers.CharField()
    message = serializers.CharField()
    fields = serializers.DictField(child=serializers.ListField(child=serializers.CharField()), required=False)  # type: ignore[assignment]


_KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="The same key and body have one effect and one answer; another body is 409.",
)


def described(
    name: str,
    answers: Any,
    *,
    refusals: Iterable[int] = (),
    filters: type[StrictSerializer] | None = None,
    takes: type[StrictSerializer] | None = None,
    status_code: int | None = None,
) -> Callable[[Any], Any]:
    """An operation for the interface's description: what it answers and takes, and every way in which it refuses."""
    common = {400: ErrorShape, 401: ErrorShape, 403: ErrorShape, 429: ErrorShape}
    errors = common | dict.fromkeys(refusals, ErrorShape) | (dict.fromkeys((409, 413, 415), ErrorShape) if takes else {})
    decorator: Callable[[Any], Any] = extend_schema(
        operation_id=name,
        request=takes,
        parameters=[each for each in (filters, _KEY if takes else None) if each is not None],
        responses={status_code or (201 if takes else 200): answers} | errors,
        filters=False,
    )
    return decorator


@functools.cache
def page_of(shape: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """The shape of a page of rows."""
    fields = {
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
        "results": shape(many=True),
    }
    return type(f"{shape.__name__.removesuffix('Shape')}Page", (serializers.Serializer,), fields)


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
        if len(key) > 120 or not (key.isascii() and key.isprintable()):
            raise ApiRefusal(
                "idempotency_key",
                "The Idempotency-Key is not acceptable.",
                fields={"Idempotency-Key": ["Write at most 120 printable ASCII characters."]},
            )
        # The path is part of what was asked: the same empty body about another visit is another call.
        asked = json.dumps([request.path, request.data], sort_keys=True, default=str)
        digest = hashlib.sha256(asked.encode()).hexdigest()
        claim, fresh = claim_key(actor=self.actor, endpoint=f"{request.method} {type(self).__name__}", key=key, body_hash=digest)
        if not fresh:
            return _replay(claim, digest)
        response = create(self, request, *args, **kwargs)
        response.data = _in_order(response.data)
        if response.status_code < 400:
            keep_answer(actor=self.actor, claim=claim, status_code=response.status_code, answer=response.data)
        return response

    return guarded


def _in_order(answer: dict[str, Any]) -> dict[str, Any]:
    """The same bytes each time: the database keeps no order of keys."""
    return dict(sorted(answer.items()))


def _replay(claim: IdempotencyKey, digest: str) -> Response:
    if claim.body_hash != digest:
        raise ApiRefusal("idempotency_conflict", "This Idempotency-Key was used with another body.", status_code=409)
    answer = Response(_in_order(claim.answer), status=claim.status or status.HTTP_201_CREATED)
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
