"""A specification drawn as SVG for pages and as PNG for mail."""

from __future__ import annotations

import hashlib
import html
import json
import re
from functools import cache, lru_cache
from pathlib import Path

from outcomes.charts.paint import Spec

FONT_FOLDER = Path(__file__).resolve().parents[2] / "clinic/static/vendor/noto-sans"


@cache
def _register_fonts() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(FONT_FOLDER))


def draw(spec: Spec, *, key: str, title: str, description: str) -> str:
    """An SVG for a page (see `svg`), from this process's memory when the same numbers and words were drawn before."""
    text = json.dumps(spec, sort_keys=True, default=str)
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return _drawn(text, f"{key}-{digest}", title, description)


@lru_cache(maxsize=64)
def _drawn(spec: str, key: str, title: str, description: str) -> str:
    return svg(json.loads(spec), key=key, title=title, description=description)


def svg(spec: Spec, *, key: str, title: str, description: str) -> str:
    """Draw a specification as one accessible SVG element for a page with a strict content policy.

    `key` makes the ids unique on the page; `title` is the name, `description` the finding in words. No style attribute,
    no style element, no script, no outside reference. The same arguments give the same text.
    """
    import vl_convert  # here and not above: see the module's first lines

    _register_fonts()
    drawn = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return _accessible(drawn, key=key, title=title, description=description)


def png(spec: Spec, *, scale: float = 2.0) -> bytes:
    """Draw a specification as PNG, for mail; `scale` in pixels per chart unit."""
    import vl_convert

    _register_fonts()
    drawn: bytes = vl_convert.vegalite_to_png(spec, scale=scale, allowed_base_urls=[])
    return drawn


def _accessible(drawn: str, *, key: str, title: str, description: str) -> str:
    drawn = re.sub(r"<\?xml[^>]*>|<!DOCTYPE[^>]*>|<style\b.*?</style>", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r'\s(?:style|class|role|aria-[a-z]+)="[^"]*"', "", drawn)
    drawn = re.sub(r'\bid="([^"]+)"', rf'id="{key}-\1"', drawn)
    drawn = re.sub(r"url\(#([^)]+)\)", rf"url(#{key}-\1)", drawn)
    names = f'<title id="{key}-title">{html.escape(title)}</title><desc id="{key}-desc">{html.escape(description)}</desc>'
    opening = f'<svg role="img" aria-labelledby="{key}-title" aria-describedby="{key}-desc" focusable="false"'
    head, body = drawn.strip().removeprefix("<svg").split(">", 1)
    return f"{opening}{head}>{names}{body}"
