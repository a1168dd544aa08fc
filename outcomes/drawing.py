"""Charts drawn once per content and process: the specification is its own cache key."""

from __future__ import annotations

import functools
import hashlib
import json
from typing import Any

from outcomes import charts


def draw(spec: Any, *, key: str, title: str, description: str) -> str:
    """An SVG for the page, from this process's memory when the same numbers were drawn before."""
    text = json.dumps(spec, sort_keys=True, default=str)
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return _drawn(text, f"{key}-{digest}", title, description)


@functools.lru_cache(maxsize=64)
def _drawn(spec: str, key: str, title: str, description: str) -> str:
    return charts.svg(json.loads(spec), key=key, title=title, description=description)
