"""One course over time: its scores in panels, its visits below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from outcomes.charts.paint import BLUE, FAINT, GREEN, INK, VERMILLION, WIDTH, Spec, shell

ISO = "%Y-%m-%d"


@dataclass(frozen=True)
class Point:
    """One score on one day; `value` None means due and not answered, which breaks the line."""

    day: date
    value: float | None


@dataclass(frozen=True)
class Visit:
    """One visit: with laser, or any other."""

    day: date
    kind: Literal["laser", "other"]


@dataclass(frozen=True)
class Panel:
    """One scale over time.

    `words` are the bands as (lowest value of the band, word), ascending; `important` is the value that is one important
    change away from the baseline, on the side of improvement, or None; `direction` says in words which way is better
    (no arrows: the axis title is turned).
    """

    title: str
    direction: str
    low: float
    high: float
    points: Sequence[Point]
    words: Sequence[tuple[float, str]] = ()
    important: float | None = None
    important_label: str = ""


@dataclass(frozen=True)
class TrendLabels:
    """The words of a trend chart, translated; `date_format` in d3's notation."""

    visits: str
    laser: str
    other: str
    no_answer: str
    date_format: str = ISO


def _segments(points: Iterable[Point]) -> list[Spec]:
    """Rows for a line that breaks where an answer is missing: `segment` grows at each gap."""
    rows, segment = [], 0
    for point in sorted(points, key=lambda one: one.day):
        if point.value is None:
            segment += 1
        else:
            rows.append({"day": point.day.isoformat(), "value": point.value, "segment": segment})
    return rows


def _days(panels: Sequence[Panel], visits: Sequence[Visit]) -> tuple[str, str]:
    """First and last day of the shared axis, with a margin so that no mark is cut."""
    days = [point.day for panel in panels for point in panel.points] + [visit.day for visit in visits]
    if not days:
        raise ValueError("A trend needs at least one day.")
    margin = timedelta(days=max(3, (max(days) - min(days)).days // 30))
    return (min(days) - margin).isoformat(), (max(days) + margin).isoformat()


def _x(days: tuple[str, str], labels: TrendLabels, *, shown: bool) -> Spec:
    axis = {"format": labels.date_format, "tickCount": 5, "grid": False, "labelFlush": True, "labelOverlap": True} if shown else None
    return {
        "field": "day",
        "type": "temporal",
        "title": None,
        "axis": axis,
        "scale": {"type": "utc", "domain": list(days), "nice": False},
    }


def _y(panel: Panel) -> Spec:
    """The same axis for every layer: Vega-Lite merges them, and one without our ticks would thin out the labels."""
    axis = {
        "title": panel.direction,
        "values": _ticks(panel.low, panel.high),
        "titlePadding": 10,
        "labelOverlap": False,
    }
    scale = {"domain": [panel.low, panel.high], "nice": False, "zero": False}
    return {"type": "quantitative", "scale": scale, "axis": axis}


def _bands(panel: Panel) -> list[Spec]:
    """Words for the bands at the end of the line, and a hairline where each begins."""
    starts = [start for start, _word in panel.words] + [panel.high]
    rows = [{"at": start, "middle": (start + starts[index + 1]) / 2, "word": word} for index, (start, word) in enumerate(panel.words)]
    if not rows:
        return []
    y = _y(panel)
    edges = [row for row, (start, _word) in zip(rows, panel.words, strict=True) if start > panel.low]
    return [
        {
            "data": {"values": edges},
            "mark": {"type": "rule", "color": FAINT, "strokeDash": [1, 3]},
            "encoding": {"y": {**y, "field": "at"}},
        },
        {
            "data": {"values": rows},
            "mark": {"type": "text", "align": "left", "dx": 8},
            "encoding": {"y": {**y, "field": "middle"}, "x": {"value": WIDTH}, "text": {"field": "word"}},
        },
    ]


def _important(panel: Panel) -> list[Spec]:
    """The line of important change, dashed and named; its words stand below it at the far end, away from the baseline."""
    if panel.important is None:
        return []
    data = {"values": [{"at": panel.important, "word": panel.important_label}]}
    y = {**_y(panel), "field": "at"}
    return [
        {"data": data, "mark": {"type": "rule", "color": GREEN, "strokeWidth": 2, "strokeDash": [7, 4]}, "encoding": {"y": y}},
        {
            "data": data,
            "mark": {"type": "text", "align": "left", "baseline": "top", "dx": 4, "dy": 4, "color": INK},
            "encoding": {"y": y, "x": {"value": 0}, "text": {"field": "word"}},
        },
    ]


def _missing(panel: Panel, x: Spec, labels: TrendLabels) -> list[Spec]:
    """A cross on the floor of the panel where an answer was due and none came."""
    rows = [{"day": point.day.isoformat(), "value": panel.low, "word": labels.no_answer} for point in panel.points if point.value is None]
    if not rows:
        return []
    y = {**_y(panel), "field": "value"}
    mark = {"type": "text", "text": "×", "fontSize": 18, "baseline": "bottom", "color": INK}
    word = {"type": "text", "baseline": "bottom", "dy": -14, "fontSize": 12}
    return [
        {"data": {"values": rows}, "mark": mark, "encoding": {"x": x, "y": y}},
        {"data": {"values": rows[:1]}, "mark": word, "encoding": {"x": x, "y": y, "text": {"field": "word"}}},
    ]


def _ticks(low: float, high: float) -> list[float]:
    """Four or five equal steps that end exactly on both ends of the scale."""
    steps = 5 if (high - low) % 5 == 0 else 4
    return [low + step * (high - low) / steps for step in range(steps + 1)]


def _panel(panel: Panel, days: tuple[str, str], labels: TrendLabels, look: Spec) -> Spec:
    x = _x(days, labels, shown=False)
    y = {**_y(panel), "field": "value"}
    line: Spec = {
        "data": {"values": _segments(panel.points)},
        "mark": {"type": "line", "color": look["color"], "strokeWidth": 2.5, "strokeDash": look["dash"]},
        "encoding": {"x": x, "y": y, "detail": {"field": "segment", "type": "nominal"}},
    }
    dots = {
        **line,
        "mark": {"type": "point", "filled": True, "opacity": 1, "size": 70, "color": look["color"], "shape": look["shape"]},
    }
    layers = [*_bands(panel), *_important(panel), *_missing(panel, x, labels), line, dots]
    return {"title": panel.title, "width": WIDTH, "height": 170, "layer": layers}


def trend_spec(panels: Sequence[Panel], visits: Sequence[Visit], labels: TrendLabels) -> Spec:
    """Scores of one course over time, one panel per scale above each other, and its visits below on the same dates.

    Panels differ by colour, dash and shape; visits by row, shape and filling, so that grey is enough to read it.
    Raises ValueError when there is neither a score nor a visit to give the axis its days.
    """
    days = _days(panels, visits)
    looks = ({"color": BLUE, "dash": [1, 0], "shape": "circle"}, {"color": VERMILLION, "dash": [6, 2], "shape": "diamond"})
    drawn = [_panel(panel, days, labels, looks[index % 2]) for index, panel in enumerate(panels)]
    words = {"laser": labels.laser, "other": labels.other}
    rows = [{"day": visit.day.isoformat(), "kind": words[visit.kind]} for visit in sorted(visits, key=lambda one: one.day)]
    kinds = [labels.laser, labels.other]
    marks: Spec = {
        "title": labels.visits,
        "width": WIDTH,
        "height": 52,
        "data": {"values": rows},
        "mark": {"type": "point", "size": 90, "strokeWidth": 1.75, "opacity": 1, "color": INK},
        "encoding": {
            "x": _x(days, labels, shown=True),
            "y": {
                "field": "kind",
                "type": "nominal",
                "title": None,
                "scale": {"domain": kinds},
                "axis": {"ticks": False, "domain": False},
            },
            "shape": {
                "field": "kind",
                "type": "nominal",
                "legend": None,
                "scale": {"domain": kinds, "range": ["triangle-up", "square"]},
            },
            "fill": {"field": "kind", "type": "nominal", "legend": None, "scale": {"domain": kinds, "range": [INK, "#ffffff"]}},
        },
    }
    return shell(vconcat=[*drawn, marks], spacing=22)
