"""Numbers to charts: one Vega-Lite specification, drawn as SVG. Pure; every word arrives already translated.

A specification is a plain dictionary and can be tested as one. `svg` draws it in the calling process: about 1 s the
first time and 0.1 s after; `draw` keeps the result (it depends on its arguments alone). vl-convert hangs for ever
in a child forked after its first use; therefore it is imported inside the function, and nothing draws at import time.
"""

from outcomes.charts.change import Group, groups_spec, patient_lines_spec, waterfall_spec
from outcomes.charts.drawing import draw, png, svg
from outcomes.charts.paint import BLUE, INK, Spec
from outcomes.charts.trend import ISO, Panel, Point, TrendLabels, Visit, trend_spec

__all__ = [
    "BLUE",
    "INK",
    "ISO",
    "Group",
    "Panel",
    "Point",
    "Spec",
    "TrendLabels",
    "Visit",
    "draw",
    "groups_spec",
    "patient_lines_spec",
    "png",
    "svg",
    "trend_spec",
    "waterfall_spec",
]
