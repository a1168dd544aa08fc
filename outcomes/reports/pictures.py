"""The pictures of the outcome report: its figures as specifications of charts, with their words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from outcomes import charts
from outcomes.reports.outcome import UNITS, OutcomePage

MOST_BARS = 240  # more than a screen has room for


def bars(changes: Sequence[float]) -> tuple[list[float], str]:
    """The bars of the picture, and its title: every course, or as many of them as there is room for, evenly spaced in order."""
    if len(changes) <= MOST_BARS:
        return list(changes), _("Every course's change, best first")
    ordered, step = sorted(changes), (len(changes) - 1) / (MOST_BARS - 1)
    title = _("Change, best first: %(shown)s of %(all)s courses, evenly spaced") % {"shown": MOST_BARS, "all": len(changes)}
    return [ordered[round(n * step)] for n in range(MOST_BARS)], title


def change_chart(page: OutcomePage) -> str:
    """Every course's change as an SVG, best first; "" where single changes may not be shown or nothing tells what is important."""
    if len(page.numbers.changes) < 2 or page.scale.absolute_change is None:
        return ""
    shown, title = bars(page.numbers.changes)
    missing = page.numbers.whole.flow.eligible - len(page.numbers.changes)
    counted = missing >= page.minimum  # fewer are not told, here as in the words beside the picture
    words = {
        "better": _("important change"),
        "worse": _("as much worse"),
        "missing": _("%(n)s missing") % {"n": missing} if counted else _("missing"),
    }
    spec = charts.waterfall_spec(
        shown,
        missing=round(missing * len(shown) / len(page.numbers.changes)) if counted else 0,
        important=float(page.scale.absolute_change),
        lower_is_better=page.scale.lower_is_better,
        title=title,
        axis=f"{page.scale_name} ({UNITS[page.scale.unit]})",
        words=words,
    )
    return charts.draw(spec, key="change", title=_("Change of every course"), description=page.headline)


def group_chart(page: OutcomePage) -> str:
    """The groups' mean changes with their intervals as an SVG; "" for fewer than two groups that may be shown."""
    shown = [
        (line, group.change, group.shows_pairs)
        for line, group in zip(page.groups, page.numbers.groups, strict=True)
        if not group.hidden and group.change.mean_raw_change is not None and group.change.raw_ci_low is not None
    ]
    if len(shown) < 2:
        return ""
    groups = [
        charts.Group(
            line.name,
            change.mean_raw_change,
            min(change.raw_ci_low or 0.0, change.raw_ci_high or 0.0),
            max(change.raw_ci_low or 0.0, change.raw_ci_high or 0.0),
            f"n = {line.values[1]}" if group_shows else "",
        )
        for line, change, group_shows in shown
    ]
    spec = charts.groups_spec(
        groups,
        # xgettext:no-python-format
        title=_("Mean change by group, with 95 % interval"),
        axis=f"{page.scale_name} ({page.direction})",
        no_change=_("no change"),
    )
    return charts.draw(spec, key="groups", title=_("Mean change by group"), description=str(page.caveat))
