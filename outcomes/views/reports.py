"""Reports: the list, one report with its filters in the address, and the same numbers as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest
from clinic.selectors.organisation import reported_clinics
from clinic.spreadsheets import as_csv
from clinic.writes import Entry, write_entries
from outcomes import charts
from outcomes.drawing import draw
from outcomes.reports import REPORTS, report_by_key
from outcomes.reports.base import Report
from outcomes.reports.filters import OutcomeFilters
from outcomes.reports.outcome import UNITS, OutcomePage


@requires(Permission.SEE_REPORTS)
def reports(request: StaffRequest, clinic: str) -> HttpResponse:
    """The reports that there are."""
    return render(request, "outcomes/reports.html", {"reports": REPORTS})


def _built(request: StaffRequest, key: str) -> tuple[Report, OutcomeFilters, OutcomePage | None]:
    report = report_by_key(key)
    if report is None:
        raise Http404
    language = (get_language() or "en")[:2]
    reported = reported_clinics(request.membership)
    filters = OutcomeFilters(request.GET, language=language, several_clinics=len(reported) > 1)
    unknown = set(request.GET) - set(filters.fields)
    if not filters.is_valid() or unknown:
        return report, filters, None
    clinics = reported if filters.cleaned_data.get("clinics") else [request.clinic]
    return report, filters, report.build(filters, clinics, language)


@requires(Permission.SEE_REPORTS)
def report(request: StaffRequest, clinic: str, report: str) -> HttpResponse:
    """One report. The address holds the filters: copied to another manager, it shows the same numbers."""
    found, filters, page = _built(request, report)
    context: dict[str, Any] = {"report": found, "filters": filters, "page": page, "query": request.GET.urlencode()}
    if page is not None:
        context |= {"change_chart": _change_chart(page), "group_chart": _group_chart(page)}
    return render(request, found.template, context, status=200 if page is not None else 400)


@requires(Permission.EXPORT_REPORTS, step_up=True)
def table(request: StaffRequest, clinic: str, report: str) -> HttpResponse:
    """What the page shows, as CSV, with its filters and its caveat."""
    found, _filters, page = _built(request, report)
    if page is None:
        return HttpResponse(status=400)
    write_entries([Entry(action="report.export", actor=request.actor, detail={"report": found.key, "filters": request.GET.urlencode()})])
    response = HttpResponse("\ufeff" + as_csv(page.rows()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.key}.csv"'
    return response


MOST_BARS = 240  # more than a screen has room for


def _bars(changes: Sequence[float]) -> tuple[list[float], str]:
    """The bars of the picture, and its title: every course, or as many of them as there is room for, evenly spaced in order."""
    if len(changes) <= MOST_BARS:
        return list(changes), _("Every course's change, best first")
    ordered, step = sorted(changes), (len(changes) - 1) / (MOST_BARS - 1)
    bars = [ordered[round(n * step)] for n in range(MOST_BARS)]
    return bars, _("Change, best first: %(shown)s of %(all)s courses, evenly spaced") % {"shown": MOST_BARS, "all": len(changes)}


def _change_chart(page: OutcomePage) -> str:
    if len(page.numbers.changes) < 2 or page.scale.absolute_change is None:
        return ""
    bars, title = _bars(page.numbers.changes)
    missing = page.numbers.whole.flow.eligible - len(page.numbers.changes)
    words = {
        "better": _("important change"),
        "worse": _("as much worse"),
        "missing": _("%(n)s missing") % {"n": missing} if missing >= 5 else _("missing"),
    }
    spec = charts.waterfall_spec(
        bars,
        missing=round(missing * len(bars) / len(page.numbers.changes)) if missing >= 5 else 0,
        important=float(page.scale.absolute_change),
        lower_is_better=page.scale.lower_is_better,
        title=title,
        axis=f"{page.scale_name} ({UNITS[page.scale.unit]})",
        words=words,
    )
    return draw(spec, key="change", title=_("Change of every course"), description=page.headline)


def _group_chart(page: OutcomePage) -> str:
    shown = [
        (line, group.change)
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
            f"n = {line.values[1]}",
        )
        for line, change in shown
    ]
    spec = charts.groups_spec(
        groups,
        # xgettext:no-python-format
        title=_("Mean change by group, with 95 % interval"),
        axis=f"{page.scale_name} ({page.direction})",
        no_change=_("no change"),
    )
    return draw(spec, key="groups", title=_("Mean change by group"), description=str(page.caveat))
