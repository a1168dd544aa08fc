"""The interface's own description, OpenAPI 3: made once per process, the same for everyone, without data."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from clinic.permissions import public


@cache
def description() -> dict[str, Any]:
    """The description of every address under /api/v1/."""
    from drf_spectacular.generators import SchemaGenerator  # reads every route: not while the routes are still being read

    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made


@cache
def _written() -> bytes:
    return json.dumps(description(), indent=1, default=str).encode()


@public("the description of the interface, without data")
@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """The description as JSON."""
    return HttpResponse(_written(), content_type="application/vnd.oai.openapi+json; charset=utf-8")
