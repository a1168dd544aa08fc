"""Booking one visit or a whole series, and moving one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from clinic.permissions import Permission, requires
from clinic.requests import StaffRequest, posted
from clinic.selectors.patients import identities
from sessions.forms.booking import BookingForm, DateForm, as_typed, dates_of, mark, posted_dates
from sessions.forms.visit import whole_number
from sessions.models import Course, Visit
from sessions.selectors.booking import wanted_series
from sessions.selectors.calendar import calendar_rules, choices, clashes, open_days
from sessions.series import Place
from sessions.services.booking import PlacesTaken, book_places, move_to
from sessions.services.visits import VisitLocked


@requires(Permission.BOOK_VISITS)
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: StaffRequest, clinic: str, course: UUID) -> HttpResponse:
    """What is wanted; then the dates that come of it, each marked where something stands against it; then all of them at once."""
    found = get_object_or_404(Course.objects.select_related("patient"), pk=course)
    if request.method == "POST" and request.POST.get("step") == "book":
        return _book_dates(request, found)
    rules, zone = calendar_rules(), request.clinic.zone
    options: dict[str, Any] = {"zone": zone, "choices": choices(), "minutes": rules.visit_minutes}
    today = timezone.localdate(timezone=zone)
    initial = {**wanted_series(found), "length": rules.visit_minutes, "at": rules.opens_at}
    form = BookingForm(posted(request), days=open_days(request.clinic, rules), today=today, initial=initial, **options)
    if request.method == "POST" and form.is_valid():
        places = form.places()
        stands_against = clashes(places, request.clinic)
        if request.POST.get("step") != "show" and not stands_against:
            return _booked(request, found, places, form.minutes, twice=form.twice())
        rows = dates_of(places, **(options | {"minutes": form.minutes}))
        mark(rows, stands_against)
        return _dates_page(request, found, rows, form.minutes)
    shown = {"form": form, "course": found, "person": _person(found), "calendar_url": _calendar(request, today)}
    return render(request, "sessions/book.html", shown, status=422 if form.errors else 200)


def _book_dates(request: StaffRequest, course: Course) -> HttpResponse:
    minutes = _minutes(request)
    rows = posted_dates(request.POST, request.clinic.zone, choices=choices(), minutes=minutes)
    correct = [row.is_valid() for row in rows]
    taken = [row for row in rows if row.is_taken]
    if not all(correct) or not taken:
        return _dates_page(request, course, rows, minutes, nothing=not taken)
    places = [row.place() for row in taken]
    found = clashes(places, request.clinic)
    if any(clash.hard for clash in found):
        mark(taken, found)
        return _dates_page(request, course, rows, minutes)
    return _booked(request, course, places, minutes, rows=rows)


def _minutes(request: StaffRequest) -> int:
    given = whole_number(request.POST.get("minutes"), none=0)
    return given if 5 <= given <= 240 else calendar_rules().visit_minutes


def _booked(
    request: StaffRequest,
    course: Course,
    places: list[Place],
    minutes: int,
    *,
    rows: list[DateForm] | None = None,
    twice: datetime | None = None,
) -> HttpResponse:
    """Book; when that is refused the dates are shown. `twice`: the first time to book that the clock shows twice that day."""
    try:
        visits = book_places(actor=request.actor, course=course, places=places)
    except (PlacesTaken, VisitLocked) as refused:
        messages.warning(request, str(refused))
        return _dates_page(request, course, rows or dates_of(places, request.clinic.zone, choices=choices(), minutes=minutes), minutes)
    messages.success(request, ngettext("%(n)s visit is booked.", "%(n)s visits are booked.", len(visits)) % {"n": len(visits)})
    if twice is not None:
        told = {"day": date_format(twice.date()), "time": f"{twice:%H:%M}", "zone": twice.tzname()}
        messages.warning(request, _("The clocks go back on %(day)s, and %(time)s comes twice: the first was booked (%(zone)s).") % told)
    return redirect("appointment_card", clinic=request.clinic.slug, patient=course.patient_id)


def _dates_page(request: StaffRequest, course: Course, rows: list[DateForm], minutes: int, *, nothing: bool = False) -> HttpResponse:
    hard = any(clash.hard for row in rows for clash in row.warnings)
    wrong = nothing or hard or any(row.errors for row in rows)
    shown = {"rows": rows, "course": course, "person": _person(course), "minutes": minutes, "nothing": nothing, "hard": hard}
    return render(request, "sessions/book_dates.html", shown, status=422 if wrong else 200)


def _person(course: Course) -> Any:
    return identities({course.patient_id}).get(course.patient_id)


def _calendar(request: StaffRequest, day: Any) -> str:
    return f"{reverse('calendar', kwargs={'clinic': request.clinic.slug})}?day={day:%Y-%m-%d}"


@requires(Permission.BOOK_VISITS)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: StaffRequest, clinic: str, visit: UUID) -> HttpResponse:
    """Another time, therapist, room or laser for a booked visit."""
    found = get_object_or_404(Visit.objects.select_related("course"), pk=visit)
    zone = request.clinic.zone
    length = found.planned_until - found.planned_for if found.planned_until else timedelta(minutes=calendar_rules().visit_minutes)
    minutes = round(length / timedelta(minutes=1))
    now = Place(found.planned_for, found.planned_for + length, found.therapist_id, found.room_id, found.device_id)
    form = DateForm(posted(request), initial=as_typed(now, zone), zone=zone, choices=choices(), minutes=minutes)
    if request.method == "POST" and form.is_valid():
        try:
            moved = move_to(actor=request.actor, visit=found, place=form.place())
        except PlacesTaken as refused:
            for clash in refused.clashes:
                form.add_error(clash.field if clash.field in form.fields else None, clash.sentence)
        except VisitLocked:
            form.add_error(None, _("Only a booked visit can be moved."))
        else:
            messages.success(request, _("The visit is moved."))
            return redirect(_calendar(request, timezone.localdate(moved.planned_for, timezone=zone)))
    shown = {"form": form, "visit": found, "person": _person(found.course), "zone": zone}
    shown["calendar_url"] = _calendar(request, timezone.localdate(found.planned_for, timezone=zone))
    return render(request, "sessions/move_visit.html", shown, status=422 if form.errors else 200)
