"""A course's trend as chart and table: the same numbers twice."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from outcomes import charts
from outcomes.selectors.record import TrendData, TrendPoint, TrendScale, local_day
from outcomes.selectors.timeline import NO_SCORE
from outcomes.wording import written

# Django's formats of a day (clinic.formats), in d3's notation.
_AXIS_DATES = {"en": "%-d %b %Y", "de": "%d.%m.%Y"}


@dataclass(frozen=True)
class TrendFigure:
    """What the page includes: an SVG, a sentence, and the table beneath."""

    svg: str
    summary: str
    columns: list[dict[str, object]]
    rows: list[list[str]]


def trend_figure(data: TrendData, *, zone: ZoneInfo, language: str) -> TrendFigure | None:
    """The figure of a course; None where there is no score yet."""
    if not data.scales:
        return None
    summary = " ".join(_sentence(scale, language) for scale in data.scales)
    spec = charts.trend_spec(
        [_panel(scale, zone, language) for scale in data.scales],
        [charts.Visit(local_day(visit.at, zone), "laser" if visit.laser else "other") for visit in data.visits],
        charts.TrendLabels(
            visits=_("Visits"),
            laser=_("with laser"),
            other=_("without laser"),
            no_answer=_("no score"),
            date_format=_AXIS_DATES.get(language, charts.ISO),
        ),
    )
    return TrendFigure(
        svg=charts.draw(spec, key="trend", title=_("Course over time"), description=summary),
        summary=summary,
        columns=[{"label": _("Day")}, {"label": _("Measure")}, {"label": _("Score"), "number": True}, {"label": _("Occasion")}],
        rows=_rows(data, zone, language),
    )


def _panel(scale: TrendScale, zone: ZoneInfo, language: str) -> charts.Panel:
    bands = list(scale.scale.bands)
    starts = [scale.scale.minimum, *(band.upto for band in bands)][: len(bands)]
    words = [(float(start), band.label.get(language, band.label["en"])) for start, band in zip(starts, bands, strict=True)]
    return charts.Panel(
        title=scale.scale.label(language),
        direction=direction(scale),
        low=float(scale.scale.minimum),
        high=float(scale.scale.maximum),
        points=[charts.Point(local_day(p.at, zone), None if p.value is None else float(p.value)) for p in scale.points],
        words=words,
        important=None if scale.important_at is None else float(scale.important_at),
        important_label=_("important change") if scale.important_at is not None else "",
    )


def direction(scale: TrendScale) -> str:
    """Which way is better, in words."""
    return _("lower is better") if scale.scale.lower_is_better else _("higher is better")


def _sentence(scale: TrendScale, language: str) -> str:
    name = scale.scale.label(language)
    if scale.baseline is None:
        return _("%(name)s: no score from before treatment, so no change is stated.") % {"name": name}
    if scale.latest is None:
        return _("%(name)s was %(first)s before treatment; there is no later score.") % {
            "name": name,
            "first": written(scale.scale, scale.baseline),
        }
    numbers = {
        "name": name,
        "first": written(scale.scale, scale.baseline),
        "last": written(scale.scale, scale.latest),
        "direction": direction(scale),
    }
    return _("%(name)s was %(first)s before treatment and is %(last)s at the newest score; %(direction)s.") % numbers


def _rows(data: TrendData, zone: ZoneInfo, language: str) -> list[list[str]]:
    found = [(point, scale) for scale in data.scales for point in scale.points]
    return [_row(point, scale, zone, language) for point, scale in sorted(found, key=lambda pair: pair[0].at)]


def _row(point: TrendPoint, scale: TrendScale, zone: ZoneInfo, language: str) -> list[str]:
    reason = _("no score: %(reason)s") % {"reason": _(NO_SCORE.get(point.no_score_reason, point.no_score_reason))}
    value = reason if point.value is None else written(scale.scale, point.value)
    return [formats.date_format(local_day(point.at, zone), "DATE_FORMAT"), scale.scale.label(language), value, occasion(point.occasion)]


def occasion(key: str) -> str:
    """An occasion in words."""
    from outcomes.models.invitation import Occasion

    return str(dict(Occasion.choices).get(key, key))
