"""Reports: the list, one report with its filters in the address, and the same numbers as CSV."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest
from clinic.scoping import allow_long_statements
from clinic.selectors.organisation import reported_clinics
from clinic.spreadsheets import as_csv
from clinic.writes import Entry, write_entries
from outcomes.reports import REPORTS, report_by_key
from outcomes.reports.base import Report
from outcomes.reports.filters import OutcomeFilters
from outcomes.reports.outcome import OutcomePage
from outcomes.reports.pictures import change_chart, group_chart


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
    allow_long_statements()
    clinics = reported if filters.cleaned_data.get("clinics") else [request.clinic]
    return report, filters, report.build(filters, clinics, language)


@requires(Permission.SEE_REPORTS)
def report(request: StaffRequest, clinic: str, report: str) -> HttpResponse:
    """One report. The address holds the filters: copied to another manager, it shows the same numbers."""
    found, filters, page = _built(request, report)
    context: dict[str, Any] = {"report": found, "filters": filters, "page": page, "query": request.GET.urlencode()}
    if page is not None:
        context |= {"groupings": _groupings(request, filters), "change_chart": change_chart(page), "group_chart": group_chart(page)}
    return render(request, found.template, context, status=200 if page is not None else 400)


def _groupings(request: StaffRequest, filters: OutcomeFilters) -> list[tuple[str, str, bool]]:
    """The same report by each group, one press away: its name, its address, and whether it is open."""
    field: Any = filters.fields["by"]
    found = []
    for value, name in field.choices:
        query = request.GET.copy()
        query["by"] = value
        found.append((str(name), f"?{query.urlencode()}#groups" if value else f"?{query.urlencode()}", value == filters.cleaned_data["by"]))
    return found


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
