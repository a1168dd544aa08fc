"""Today: who comes when, what they said, and what is still unsigned. One row is one press away from the visit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clinic.permissions import Permission, requires
from clinic.reads import record_read
from clinic.requests import StaffRequest, asked_day
from clinic.selectors.staff import away_on
from outcomes.selectors.arrivals import SurveyState, survey_states
from outcomes.services.offers import offer_survey
from sessions.models import Course, Visit
from sessions.selectors.visits import DayLine, day_bounds, day_lines, unsigned_lines
from sessions.services.visits import VisitLocked, VisitRefused, mark_arrived, mark_missed, reopen_visit, walk_in

TABS = ("mine", "all", "unsigned")


@dataclass(frozen=True)
class Row:
    """One line of the page: the visit and its survey."""

    line: DayLine
    survey: SurveyState


@requires(Permission.SEE_SCHEDULE)
def today(request: StaffRequest, clinic: str) -> HttpResponse:
    """The day's list, in one of three tabs: mine, all, unsigned."""
    member = request.membership
    zone = request.clinic.zone
    day, treats = asked_day(request), member.may(Permission.RECORD_VISITS)
    tab = request.GET.get("tab", "mine" if treats else "all")
    tab = tab if tab in TABS else "all"
    start, end = day_bounds(day, zone)
    tonight = day_bounds(timezone.localdate(timezone=zone), zone)[1]
    unsigned = unsigned_lines(tonight) if treats else []
    lines = unsigned if tab == "unsigned" else day_lines(day, zone)
    away = away_on(day)
    if tab == "mine":
        mine = {None, member.pk} | {each.member_id for each in away if each.deputy_id == member.pk}
        lines = [line for line in lines if line.therapist_id in mine]
    surveys = survey_states({line.course_id for line in lines}, start, end) if member.may(Permission.SEE_RECORDS) else {}
    nothing = SurveyState("", None, ())
    rows = [Row(line, surveys.get(line.course_id, nothing)) for line in lines]
    for line in lines:
        record_read(actor=request.actor, patient_id=line.patient_id, action="schedule.read")
    page: dict[str, Any] = {
        "rows": rows,
        "day": day,
        "is_today": day == timezone.localdate(timezone=zone),
        "yesterday": day - timedelta(days=1),
        "tomorrow": day + timedelta(days=1),
        "tab": tab,
        "unsigned_count": len(unsigned),
        "away": away,
        "zone": zone,
        "treats": treats,
        "reasons": Visit.MissedReason.choices,
    }
    return render(request, "outcomes/today.html", page)


@requires(Permission.BOOK_VISITS)
@require_POST
def arrive(request: StaffRequest, clinic: str, visit: str) -> HttpResponse:
    """The patient is here; the next page offers what is due."""
    found = get_object_or_404(Visit, pk=visit)
    mark_arrived(actor=request.actor, visit=found)
    offer_survey(actor=request.actor, visit=found)
    return redirect("due_surveys", clinic=clinic, visit=found.pk)


@requires(Permission.BOOK_VISITS)
@require_POST
def missed(request: StaffRequest, clinic: str, visit: str) -> HttpResponse:
    """The visit did not take place."""
    found = get_object_or_404(Visit, pk=visit)
    try:
        mark_missed(
            actor=request.actor,
            visit=found,
            state=request.POST.get("state", ""),
            reason=request.POST.get("reason", ""),
        )
    except VisitLocked:
        messages.warning(request, _("This visit was closed already."))
    except VisitRefused:
        messages.warning(request, _("Nothing was changed: choose why the visit did not take place."))
    return redirect(_today_of(request, found))


@requires(Permission.BOOK_VISITS)
@require_POST
def reopen(request: StaffRequest, clinic: str, visit: str) -> HttpResponse:
    """Take back that a visit did not take place."""
    found = get_object_or_404(Visit, pk=visit)
    try:
        reopen_visit(actor=request.actor, visit=found)
    except VisitLocked:
        messages.warning(request, _("This visit is open or signed already."))
    return redirect(_today_of(request, found))


@requires(Permission.BOOK_VISITS)
@require_POST
def begin_walk_in(request: StaffRequest, clinic: str, course: str) -> HttpResponse:
    """Somebody came without a booking; what is due is asked before the visit is opened."""
    found = get_object_or_404(Course, pk=course)
    member = request.membership
    therapist = member if member.may(Permission.RECORD_VISITS) else None
    try:
        visit = walk_in(actor=request.actor, course=found, therapist=therapist, client_key=_client_key(request))
        asked = offer_survey(actor=request.actor, visit=visit)
    except VisitLocked:
        return redirect("course", clinic=clinic, course=found.pk)
    return redirect("visit" if therapist and asked is None else "due_surveys", clinic=clinic, visit=visit.pk)


def _client_key(request: StaffRequest) -> UUID | None:
    """The page's own id of the visit to be, so that a double tap makes one."""
    try:
        return UUID(request.POST.get("client_key", ""))
    except ValueError:
        return None


def _today_of(request: StaffRequest, visit: Visit) -> str:
    zone = request.clinic.zone
    day = timezone.localdate(visit.planned_for, timezone=zone)
    tab = request.POST.get("tab", "all")
    tab = tab if tab in TABS else "all"
    return f"{reverse('today', kwargs={'clinic': request.clinic.slug})}?day={day:%Y-%m-%d}&tab={tab}"
