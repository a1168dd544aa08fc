"""Sample numbers for the charts: a course with a gap, and a report at n = 30. Invented."""

from __future__ import annotations

from datetime import date, timedelta

from outcomes import charts

START = date(2026, 3, 2)
CHANGES = [
    -5.0,
    -4.5,
    -4.0,
    -4.0,
    -3.5,
    -3.0,
    -3.0,
    -3.0,
    -2.5,
    -2.0,
    -2.0,
    -2.0,
    -2.0,
    -1.5,
    -1.0,
    -1.0,
    -1.0,
    -0.5,
    0.0,
    0.0,
    0.0,
    0.5,
    1.0,
    1.5,
    2.0,
    3.0,
]
PAIRS = [(7.0 - index % 3, max(0.0, 7.0 - index % 3 + change)) for index, change in enumerate(CHANGES)]


def points(*values: float | None) -> list[charts.Point]:
    """One score per week from the start; None is a missing answer."""
    return [charts.Point(START + timedelta(weeks=week), value) for week, value in enumerate(values)]


def trend() -> charts.Spec:
    """Pain and disability over eleven weeks with one gap, seven visits of two kinds."""
    pain = charts.Panel(
        title="Back pain, average over the past week (0–10)",
        direction="lower is better",
        low=0,
        high=10,
        points=points(7, 6, 6.5, None, 5, 4, 4, 3, 4, 3, 2),
        words=[(0, "none"), (1, "mild"), (4, "moderate"), (7, "severe")],
        important=5,
        important_label="important change: 5 or lower",
    )
    disability = charts.Panel(
        title="Disability, Roland-Morris (0–24)",
        direction="lower is better",
        low=0,
        high=24,
        points=points(16, None, 15, None, 12, 11, None, 9, None, 8, 7),
        important=11,
        important_label="important change: 11 or lower",
    )
    kinds = ("laser", "laser", "other", "laser", "laser", "other", "laser")
    visits = [charts.Visit(START + timedelta(days=5 * index), kind) for index, kind in enumerate(kinds)]  # type: ignore[arg-type]
    return charts.trend_spec([pain, disability], visits, charts.TrendLabels("Visits", "Laser", "Other visit", "no answer"))


def waterfall() -> charts.Spec:
    """26 pairs and 4 missing."""
    words = {"better": "important change", "worse": "clearly worse", "missing": "4 without a second answer"}
    return charts.waterfall_spec(
        CHANGES,
        missing=4,
        important=2,
        lower_is_better=True,
        title="Change of each course",
        axis="points, latest minus baseline",
        words=words,
    )


def groups() -> charts.Spec:
    """Two groups with an interval, one suppressed."""
    rows = [
        charts.Group("Laser and exercise", -2.4, -3.0, -1.8, "−2.4 (−3.0 to −1.8), n 62"),
        charts.Group("Exercise only", -1.9, -2.7, -1.1, "−1.9 (−2.7 to −1.1), n 31"),
        charts.Group("Other", None, None, None, "fewer than 5: not shown"),
    ]
    return charts.groups_spec(rows, title="Mean change by group", axis="points, latest minus baseline", no_change="no change")


def patient_lines() -> charts.Spec:
    """The pairs of the waterfall as lines."""
    return charts.patient_lines_spec(
        PAIRS, low=0, high=10, title="Each course", axis="pain, 0–10", baseline="Baseline", latest="Latest", mean="mean"
    )


def for_gallery() -> list[dict[str, str]]:
    """All charts, drawn, as the gallery's template wants them."""
    specs = {"trend": trend(), "waterfall": waterfall(), "groups": groups(), "lines": patient_lines()}
    texts = {
        "title": "Pain went from 7 to 2",
        "subtitle": "NPRS, 10 of 11 answers",
        "summary": "Pain was 7 on 2 March and 2 on 11 May. Lower is better.",
    }
    return [{**texts, "svg": charts.svg(spec, key=key, title=texts["title"], description=texts["summary"])} for key, spec in specs.items()]
