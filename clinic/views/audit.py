"""The audit: who opened or changed what of whom. Looking at it is audited too."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from clinic.forms.audit import AuditFilters
from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest
from clinic.selectors.audit import MOST_EXPORTED, audit_page
from clinic.spreadsheets import as_csv
from clinic.writes import Entry, write_entries


@requires(Permission.SEE_AUDIT)
@require_GET
def audit(request: StaffRequest, clinic: str) -> HttpResponse:
    """The newest events first, by patient, person, action and time."""
    filters = AuditFilters(request.GET)
    before = request.GET.get("before", "")
    shown = {"filters": filters, "query": _query(request)}
    if not filters.is_valid() or not (before == "" or (before.isascii() and before.isdecimal() and len(before) < 16)):
        return render(request, "clinic/audit.html", shown, status=400)
    page = audit_page(filters.wanted(), request.clinic.zone, before=int(before) if before else None)
    _note(request, "audit.read", filters)
    return render(request, "clinic/audit.html", shown | {"page": page, "is_first": not before})


@requires(Permission.SEE_AUDIT, step_up=True)
@require_GET
def table(request: StaffRequest, clinic: str) -> HttpResponse:
    """The same events as a file, newest first; its last line says when there are more than a file holds."""
    filters = AuditFilters(request.GET)
    if not filters.is_valid():
        return HttpResponse(status=400)
    zone = request.clinic.zone
    page = audit_page(filters.wanted(), zone, size=MOST_EXPORTED)
    _note(request, "audit.export", filters)
    rows: list[tuple[object, ...]] = [("sequence", "at", "who", "as", "action", "whom", "record", "detail", "address")]
    for line in page.lines:
        at = line.at.astimezone(zone).isoformat()
        rows.append((line.sequence, at, line.who, line.as_what, line.action, line.whom, line.whose, line.detail, line.address))
    if page.before is not None:
        rows.append((_("There are older events: choose an earlier last day."),))
    response = HttpResponse("\ufeff" + as_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


def _query(request: StaffRequest) -> str:
    kept = request.GET.copy()
    kept.pop("before", None)
    return kept.urlencode()


def _note(request: StaffRequest, action: str, filters: AuditFilters) -> None:
    wanted = filters.wanted()
    asked = [name for name in ("patient", "person", "action", "first", "last") if getattr(wanted, name)]
    write_entries([Entry(action=action, actor=request.actor, patient_id=wanted.patient, detail={"asked_by": asked} if asked else {})])
