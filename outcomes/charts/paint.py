"""Colours, type and frame that every chart shares."""

from __future__ import annotations

from typing import Any

Spec = dict[str, Any]
FONT = "Noto Sans"
INK, SOFT, FAINT, GRID = "#13262c", "#40565e", "#71868f", "#dde5e7"
BLUE, VERMILLION, GREEN = "#0072b2", "#d55e00", "#009e73"  # Okabe-Ito, those that reach 3:1 on white
WIDTH = 560


def _config() -> Spec:
    text = {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "labelColor": SOFT,
        "titleColor": SOFT,
    }
    return {
        "aria": False,  # Vega's own labels are English and would be read before ours
        "font": FONT,
        "background": "#ffffff",
        "view": {"stroke": None},
        "axis": {**text, "titleFontWeight": "normal", "gridColor": GRID, "domainColor": FAINT, "tickColor": FAINT},
        "title": {
            "font": FONT,
            "fontSize": 14,
            "fontWeight": 600,
            "color": INK,
            "anchor": "start",
            "frame": "group",
            "offset": 10,
        },
        "text": {"font": FONT, "fontSize": 13, "color": SOFT},
    }


def shell(**parts: Any) -> Spec:
    """A specification with our frame around `parts`."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "padding": 8,
        "config": _config(),
        **parts,
    }
