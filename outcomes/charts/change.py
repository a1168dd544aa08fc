"""Many courses: the change of each, and the mean change of groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from outcomes.charts.paint import BLUE, FAINT, INK, VERMILLION, WIDTH, Spec, shell


@dataclass(frozen=True)
class Group:
    """A mean change with its interval; `mean` None means suppressed or not computable, and `note` says which."""

    label: str
    mean: float | None
    low: float | None
    high: float | None
    note: str


def waterfall_spec(
    changes: Sequence[float],
    *,
    missing: int,
    important: float,
    lower_is_better: bool,
    title: str,
    axis: str,
    words: dict[str, str],
) -> Spec:
    """Every course's change as one bar, best first, with lines at the important change for better and for worse.

    `changes` in the scale's points, latest minus baseline; `important` > 0. Courses without a pair are drawn as crosses
    at the end, not dropped. `words` needs "better", "worse" (names of the two lines) and "missing" (already counted).
    """
    ordered = sorted(changes, reverse=not lower_is_better)
    sign = -1 if lower_is_better else 1
    bars = [{"place": place, "change": change, "improved": sign * change >= important} for place, change in enumerate(ordered, start=1)]
    crosses = [{"place": len(ordered) + place, "change": 0.0} for place in range(1, missing + 1)]
    lines = [{"at": sign * important, "word": words["better"]}, {"at": -sign * important, "word": words["worse"]}]
    reach = max([abs(change) for change in ordered] + [important]) * 1.1
    domain = list(range(1, len(ordered) + missing + 1))
    x = {"field": "place", "type": "ordinal", "axis": None, "scale": {"domain": domain, "paddingInner": 0.2}}
    y = {"field": "change", "type": "quantitative", "title": axis, "scale": {"domain": [-reach, reach], "nice": False}}
    fill = {"condition": {"test": "datum.improved", "value": BLUE}, "value": "#ffffff"}
    layers: list[Spec] = [
        {
            "data": {"values": bars},
            "mark": {"type": "bar", "stroke": BLUE, "strokeWidth": 1},
            "encoding": {"x": x, "y": y, "fill": fill},
        },
        {
            "data": {"values": crosses},
            "mark": {"type": "text", "text": "×", "fontSize": 17, "color": INK},
            "encoding": {"x": x, "y": y},
        },
        *_worded_lines(lines),
    ]
    if missing:
        note = {"type": "text", "align": "right", "baseline": "middle"}
        free_corner = 228 if lower_is_better else 12  # the worst bars stand on the right, on the other side of zero
        layers.append(
            {
                "data": {"values": [{"word": words["missing"]}]},
                "mark": note,
                "encoding": {"y": {"value": free_corner}, "x": {"value": WIDTH}, "text": {"field": "word"}},
            }
        )
    return shell(title=title, width=WIDTH, height=240, layer=layers)


def _worded_lines(lines: list[dict[str, Any]]) -> list[Spec]:
    """Dashed lines across the chart, each with its word at the end."""
    at = {"field": "at", "type": "quantitative"}
    return [
        {"data": {"values": lines}, "mark": {"type": "rule", "strokeDash": [7, 4], "color": INK}, "encoding": {"y": at}},
        {
            "data": {"values": lines},
            "mark": {"type": "text", "align": "left", "dx": 8, "limit": 150},
            "encoding": {"y": at, "x": {"value": WIDTH}, "text": {"field": "word"}},
        },
    ]


def groups_spec(groups: Sequence[Group], *, title: str, axis: str, no_change: str) -> Spec:
    """Mean change per group with its 95 % interval, one row each, beside a line at no change.

    A group without a mean keeps its row: the note says why there is no dot. Values in the scale's points.
    """
    rows = [{"group": group.label, "mean": group.mean, "low": group.low, "high": group.high, "note": group.note} for group in groups]
    shown = [row for row in rows if row["mean"] is not None]
    y = {
        "field": "group",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {"ticks": False, "domain": False, "labelLimit": 280, "labelColor": INK},
    }
    ends = [float(value) for group in groups for value in (group.low, group.high) if value is not None] + [0.0]
    room = (max(ends) - min(ends) or 1.0) * 0.05
    scale = {"domain": [min(ends) - room, max(ends) + room], "nice": False}
    x = {"type": "quantitative", "title": axis, "scale": scale, "axis": {"tickCount": 6}}
    layers: list[Spec] = [
        {
            "data": {"values": [{"at": 0, "word": no_change}]},
            "mark": {"type": "rule", "color": FAINT, "strokeWidth": 1.5},
            "encoding": {"x": {"field": "at", **x}},
        },
        {
            "data": {"values": [{"at": 0, "word": no_change}]},
            "mark": {"type": "text", "baseline": "bottom", "dy": -4},
            "encoding": {"x": {"field": "at", **x}, "y": {"value": 0}, "text": {"field": "word"}},
        },
        {
            "data": {"values": shown},
            "mark": {"type": "rule", "strokeWidth": 2.5, "color": BLUE},
            "encoding": {"y": y, "x": {"field": "low", **x}, "x2": {"field": "high"}},
        },
        {
            "data": {"values": shown},
            "mark": {"type": "point", "filled": True, "opacity": 1, "size": 110, "color": BLUE},
            "encoding": {"y": y, "x": {"field": "mean", **x}},
        },
        {
            "data": {"values": rows},
            "mark": {"type": "text", "align": "left", "dx": 8, "limit": 230},
            "encoding": {"y": y, "x": {"value": WIDTH - 140}, "text": {"field": "note"}},
        },
    ]
    return shell(title={"text": title, "offset": 26}, width=WIDTH - 140, height={"step": 38}, layer=layers)


def patient_lines_spec(
    pairs: Sequence[tuple[float, float]], *, low: float, high: float, title: str, axis: str, baseline: str, latest: str, mean: str
) -> Spec:
    """Each course as a thin line from baseline to latest, and their mean as a thick one. For small n.

    `pairs` are (baseline, latest) in the scale's points; raises ValueError when there is none.
    """
    if not pairs:
        raise ValueError("Lines need at least one pair.")
    times = [baseline, latest]
    rows = [
        {"course": index, "time": time, "value": value} for index, pair in enumerate(pairs) for time, value in zip(times, pair, strict=True)
    ]
    means = [{"time": time, "value": sum(pair[place] for pair in pairs) / len(pairs)} for place, time in enumerate(times)]
    x = {
        "field": "time",
        "type": "ordinal",
        "title": None,
        "sort": times,
        "axis": {"labelAngle": 0, "labelFontSize": 13},
        "scale": {"padding": 0.3},
    }
    y = {"field": "value", "type": "quantitative", "title": axis, "scale": {"domain": [low, high], "nice": False, "zero": False}}
    thin = {"type": "line", "color": FAINT, "opacity": 0.55, "strokeWidth": 1}
    thick = {"type": "line", "color": VERMILLION, "strokeWidth": 4, "point": {"filled": True, "size": 110, "color": VERMILLION}}
    layers = [
        {"data": {"values": rows}, "mark": thin, "encoding": {"x": x, "y": y, "detail": {"field": "course", "type": "nominal"}}},
        {"data": {"values": means}, "mark": thick, "encoding": {"x": x, "y": y}},
        {
            "data": {"values": [{**means[1], "word": mean}]},
            "mark": {"type": "text", "align": "left", "dx": 12, "color": INK, "fontWeight": 600},
            "encoding": {"x": x, "y": y, "text": {"field": "word"}},
        },
    ]
    return shell(title=title, width=WIDTH // 2, height=260, layer=layers)
