"""The calendar by week and by day, the patient's card, and how the clinic books."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from clinic.models import Patient
from clinic.pages import link_above
from clinic.permissions import Permission, requires
from clinic.reads import record_read
from clinic.requests import StaffRequest, asked_day, posted
from clinic.selectors.patients import person
from sessions.forms.booking import RESOURCES
from sessions.forms.calendar import CalendarRulesForm, ClosedDayForm, RoomForm
from sessions.models import ClosedDay, Room
from sessions.selectors.booking import next_visits
from sessions.selectors.calendar import calendar_rules, choices, closed_lines, room_lines
from sessions.selectors.calendar_view import BY, monday_of, one_day, seen, week
from sessions.services.calendar import CalendarRefused, add_room, change_room, close_day, decide_calendar, open_day

_SERVICES: dict[str, Callable[..., object]] = {"rules": decide_calendar, "room": add_room, "close": close_day}
VIEWS = {"week": gettext_lazy("Week"), "day": gettext_lazy("Day")}


def _only(request: StaffRequest) -> tuple[str, UUID | None]:
    """Whose week: "therapist:<id>"; everybody's when it says nothing that is known."""
    by, _colon, key = request.GET.get("only", "").partition(":")
    try:
        return (by, UUID(key)) if by in BY else ("", None)
    except ValueError:
        return "", None


def _groups() -> list[tuple[Any, list[tuple[str, str]]]]:
    """Whose week can be chosen: heading, and value with name of each."""
    return [(RESOURCES[name], [(f"{name}:{key}", title) for key, title in listed]) for name, listed in choices().items() if listed]


def _move_url(clinic: str) -> list[str]:
    """What stands before and after a visit's key in the address of its move: asked once, not once a visit of a full week."""
    nobody = UUID(int=0)
    return reverse("visit_move", kwargs={"clinic": clinic, "visit": nobody}).split(str(nobody))


@requires(Permission.SEE_SCHEDULE)
@require_safe
def calendar(request: StaffRequest, clinic: str) -> HttpResponse:
    """A week in days, or a day in therapists, rooms or lasers."""
    day, view = asked_day(request), request.GET.get("view", "week")
    view, by = view if view in VIEWS else "week", request.GET.get("by", "therapist")
    by = by if by in BY else "therapist"
    whose, only = _only(request)
    columns = one_day(request.clinic, day, by) if view == "day" else week(request.clinic, day, by=whose, only=only)
    for patient_id in seen(columns):
        record_read(actor=request.actor, patient_id=patient_id, action="schedule.read")
    step = timedelta(days=1 if view == "day" else 7)
    shown: dict[str, Any] = {
        "columns": columns, "day": day, "view": view, "views": VIEWS, "by": by, "resources": RESOURCES,
        "groups": _groups(),
        "only": f"{whose}:{only}" if only else "", "before": day - step, "after": day + step,
        "first": monday_of(day), "today": timezone.localdate(timezone=request.clinic.zone),
        "day_list_url": link_above(clinic, "day"), "move_url": _move_url(clinic),
    }  # fmt: skip
    return render(request, "sessions/calendar.html", shown)


@requires(Permission.FIND_PATIENTS)
@require_safe
def appointment_card(request: StaffRequest, clinic: str, patient: UUID) -> HttpResponse:
    """The visits to come on paper, with the clinic's address and telephone; neither complaint nor treatment stands on it."""
    found = get_object_or_404(Patient, pk=patient)
    record_read(actor=request.actor, patient_id=found.pk, action="schedule.read")
    shown = {
        "person": person(found.pk),
        "visits": next_visits(found.pk, timezone.now()),
        "zone": request.clinic.zone,
        "address": calendar_rules().address,
        "record_url": link_above(clinic, "record", patient=found.pk) if request.membership.may(Permission.SEE_RECORDS) else "",
    }
    return render(request, "sessions/appointment_card.html", shown)


@requires(Permission.EDIT_CLINIC)
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_settings(request: StaffRequest, clinic: str) -> HttpResponse:
    """Rooms, closed days and rules; each part has its own form, and says what it is about in `what`."""
    what = request.POST.get("what", "")
    if request.method == "POST" and what not in {"rules", "room", "close", "room_change", "open"}:
        raise Http404
    given = {name: posted(request) if what == name else None for name in ("rules", "room", "close")}
    rules = CalendarRulesForm(given["rules"], rules=calendar_rules(), country=request.clinic.country)
    room, closed = RoomForm(given["room"], prefix="room"), ClosedDayForm(given["close"], prefix="close")
    if request.method == "POST" and _decided(request, what, rules, room, closed):
        messages.success(request, _("Saved."))
        return redirect("calendar_settings", clinic=clinic)
    shown = {
        "rules": rules, "room": room, "closed": closed, "rooms": room_lines(),
        "closed_days": closed_lines(request.clinic.today() - timedelta(days=31)),
    }  # fmt: skip
    return render(request, "sessions/calendar_settings.html", shown, status=422 if request.method == "POST" else 200)


def _decided(request: StaffRequest, what: str, rules: CalendarRulesForm, room: RoomForm, closed: ClosedDayForm) -> bool:
    actor, form = request.actor, {"rules": rules, "room": room, "close": closed}.get(what)
    try:
        if form is not None:
            if not form.is_valid():
                return False
            _SERVICES[what](actor=actor, **form.cleaned_data)
        elif what == "room_change":
            found = get_object_or_404(Room, pk=_key(request))
            change_room(actor=actor, room=found, is_active=request.POST.get("is_active") == "1")
        else:
            open_day(actor=actor, closed=get_object_or_404(ClosedDay, pk=_key(request)))
    except CalendarRefused as refused:
        if form is not None:
            form.add_error(refused.field, str(refused))
        return False
    return True


def _key(request: StaffRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        return None
