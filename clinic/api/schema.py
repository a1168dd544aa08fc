"""The interface's own description, OpenAPI 3: made once per process, the same for everyone, without data."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from clinic.api_scopes import scope_of
from clinic.permissions import public


def name_scopes(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:  # noqa: FBT001 - the generator calls it so
    """Write into each operation which scope a token needs for it."""
    for path, methods in result["paths"].items():
        for method, operation in methods.items():
            scope = scope_of(path, method)
            if scope:
                operation["x-scope"] = scope
                operation["description"] = f"{operation.get('description', '')}\n\nScope: `{scope}`".strip()
    return result


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
