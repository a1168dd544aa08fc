"""Checks at start: a route that does not say whom it is for stops the product from starting."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from clinic.permissions import access_of

# Includes of other people's routes, with the reason why they may declare nothing.
THIRD_PARTY = {"accounts/": "allauth: sign-in, sign-out, password and second factor of the person signed in; no clinic data"}


def routes(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every (path pattern, view) of the product, from Django's own resolver."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, path)
        elif isinstance(entry, URLPattern):
            yield path, entry.callback


@register()
def every_route_declares_its_access(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Each route has requires(…), signed_in(…), public(…) or patient_link(…), or stands under an include on the allow-list."""
    return [
        Error(f"The route {path!r} does not declare who may use it.", id="clinic.E001")
        for path, view in routes()
        if access_of(view) is None and not path.startswith(tuple(THIRD_PARTY))
    ]
