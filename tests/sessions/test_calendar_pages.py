"""Booking a series from the plan, the calendar by week and day, moving, the card, and the interface for programs."""

from __future__ import annotations

import html
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.models import AuditEvent
from clinic.scoping import clinic_scope
from sessions.models import Visit
from sessions.selectors.calendar import calendar_rules, clashes
from sessions.series import Place, public_holiday, series_days
from sessions.services.booking import book_places
from sessions.services.calendar import add_room, close_day, decide_calendar
from sessions.services.courses import end_course
from sessions.services.visits import mark_missed
from tests.callers import Caller
from tests.cast import Cast

HALF = timedelta(minutes=30)
TUESDAY = datetime(2027, 3, 2, 8, 0, tzinfo=UTC)  # 9 o'clock in Berlin


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    client.force_login(cast.front_desk.user)
    return client


def _text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def _places(cast: Cast, count: int, **taken: Any) -> list[Place]:
    return [Place(TUESDAY + HALF * n, TUESDAY + HALF * (n + 1), cast.therapist.pk, **taken) for n in range(count)]


def test_public_holidays_are_those_of_the_country_and_region() -> None:
    """Epiphany is a holiday in Bavaria and not in Berlin; 8 March the other way round (the Länder's own laws)."""
    assert public_holiday("DE", "BY", date(2027, 1, 6))
    assert not public_holiday("DE", "BE", date(2027, 1, 6))
    assert public_holiday("DE", "BE", date(2027, 3, 8))
    assert not public_holiday("DE", "", date(2027, 3, 8))
    assert public_holiday("ZZ", "", date(2027, 1, 1)) == ""


def test_a_series_keeps_to_its_weekdays_passes_closed_days_over_and_ends_later() -> None:
    days = series_days(date(2027, 3, 23), {1, 4}, 3, lambda day: day == date(2027, 3, 26))  # 26 March 2027 is Good Friday
    assert days == [date(2027, 3, 23), date(2027, 3, 30), date(2027, 4, 2)]
    assert series_days(date(2027, 3, 23), {1}, 3, lambda _day: True) == []


def _rows(answer: Any) -> dict[str, str]:
    """The dates as the page would post them."""
    posted = {"step": "book", "minutes": "30"}
    for row in answer.context["rows"]:
        for bound in row:
            value = bound.value()
            posted[bound.html_name] = "on" if value is True else value.isoformat() if hasattr(value, "isoformat") else str(value or "")
    return posted


def test_a_series_is_seen_first_with_its_clash_changed_and_booked_whole(cast: Cast, desk: Client) -> None:
    with clinic_scope(cast.harbour.pk):
        decide_calendar(actor=cast.actor(), region="BE")
        close_day(actor=cast.actor(), day=date(2027, 3, 9), name="Team day")
        taken = TUESDAY + timedelta(days=2)
        book_places(actor=cast.actor(), course=cast.ben_course, places=[Place(taken, taken + HALF, cast.therapist.pk)])
    address = f"/c/harbour/courses/{cast.ada_course.pk}/book/"
    wanted = {"visits": "12", "day": "2027-03-02", "at": "09:00", "length": "30", "weekdays": ["1", "3"]}
    seen = desk.post(address, {**wanted, "therapist": str(cast.therapist.pk), "step": "show"})
    assert seen.status_code == 422
    assert f"{cast.therapist.display_name} is booked from 09:00 to 09:30." in _text(seen)
    assert "O'Brien" not in _text(seen)
    rows = _rows(seen)
    assert [rows[f"row-{n}-day"] for n in (0, 1, 2)] == ["2027-03-02", "2027-03-04", "2027-03-11"]
    with clinic_scope(cast.harbour.pk):
        assert Visit.objects.filter(course=cast.ada_course).count() == 0
    assert desk.post(address, rows).status_code == 422
    with CaptureQueriesContext(
        connection,
    ) as statements:
        booked = desk.post(address, rows | {"row-1-at": "10:30"})
    assert booked.status_code == 302
    assert len(statements) <= 30
    with clinic_scope(cast.harbour.pk):
        assert Visit.objects.filter(course=cast.ada_course, planned_until__isnull=False).count() == 12
        assert AuditEvent.objects.filter(action="visit.book", patient_id=cast.ada.pk).count() == 12
    card = _text(desk.get(f"/c/harbour/patients/{cast.ada.pk}/card/"))
    assert card.count("<li>") == 12
    assert "pain" not in card.lower()


@pytest.mark.parametrize("minutes", ["0030999", "0030" + "9" * 5000, "4", "241", "-30", ""])
def test_minutes_that_no_visit_has_are_the_clinics_own(cast: Cast, desk: Client, minutes: str) -> None:
    row = {"row-0-day": "2027-03-02", "row-0-at": "09:00", "row-0-take": "on"}
    assert desk.post(f"/c/harbour/courses/{cast.ada_course.pk}/book/", {"step": "book", "minutes": minutes, **row}).status_code == 302
    with clinic_scope(cast.harbour.pk):
        visit = Visit.objects.get(course=cast.ada_course)
    assert visit.planned_until == visit.planned_for + HALF


def test_a_booking_that_is_refused_keeps_its_length(cast: Cast, desk: Client) -> None:
    with clinic_scope(cast.harbour.pk):
        end_course(actor=cast.actor(), course=cast.ada_course, ended_on=cast.harbour.today(), reason="completed")
    wanted = {"visits": "1", "day": "2027-03-02", "at": "09:00", "length": "45"}
    refused = desk.post(f"/c/harbour/courses/{cast.ada_course.pk}/book/", wanted)
    assert '<input type="hidden" name="minutes" value="45">' in refused.content.decode()
    with clinic_scope(cast.harbour.pk):
        assert not Visit.objects.filter(course=cast.ada_course).exists()


def test_the_week_takes_the_same_statements_for_one_visit_and_for_forty(cast: Cast, desk: Client) -> None:
    desk.get("/c/harbour/calendar/")  # the first page of a sign-in asks more
    counts = []
    for places in (_places(cast, 1), _places(cast, 40)[1:]):
        with clinic_scope(cast.harbour.pk):
            for place in places:
                book_places(actor=cast.actor(), course=cast.ada_course, places=[place])
        with CaptureQueriesContext(connection) as statements:
            page = _text(desk.get("/c/harbour/calendar/?day=2027-03-02"))
        counts.append(len(statements))
    assert page.count('class="visit-card ') == 40
    assert counts[0] == counts[1] <= 20


def test_a_day_stands_in_columns_of_rooms_with_one_for_visits_without(cast: Cast, desk: Client) -> None:
    with clinic_scope(cast.harbour.pk):
        room = add_room(actor=cast.actor(), name="Green room")
        [first, second] = _places(cast, 2)
        book_places(actor=cast.actor(), course=cast.ada_course, places=[Place(first.start, first.end, None, room.pk)])
        [other] = book_places(actor=cast.actor(), course=cast.ben_course, places=[second])
        mark_missed(actor=cast.actor(), visit=other, state="cancelled_by_clinic")
    columns = desk.get("/c/harbour/calendar/?day=2027-03-02&view=day&by=room").context["columns"]
    assert [(column.title, column.number) for column in columns] == [("Green room", 1), ("Without a room", 0)]


@pytest.mark.parametrize("query", ["day=2027-99-99", "day=9999-12-31", "view=x&by=y", "only=therapist:x", "only=room:"])
def test_a_calendar_that_cannot_be_shown_is_shown_as_usual(cast: Cast, desk: Client, query: str) -> None:
    assert desk.get(f"/c/harbour/calendar/?{query}").status_code == 200


def test_moving_onto_a_taken_time_is_told_at_its_field(cast: Cast, desk: Client) -> None:
    with clinic_scope(cast.harbour.pk):
        [visit] = book_places(actor=cast.actor(), course=cast.ada_course, places=_places(cast, 1))
        book_places(actor=cast.actor(), course=cast.ben_course, places=_places(cast, 2)[1:])
    address = f"/c/harbour/visits/{visit.pk}/move/"
    wanted = {"day": "2027-03-02", "at": "09:30", "therapist": str(cast.therapist.pk)}
    refused = desk.post(address, wanted)
    assert refused.status_code == 422
    assert "is booked from 09:30 to 10:00." in str(refused.context["form"].errors["therapist"])
    assert desk.post(address, wanted | {"at": "10:00"}).status_code == 302
    with clinic_scope(cast.harbour.pk):
        assert Visit.objects.get(pk=visit.pk).planned_for == TUESDAY + HALF * 2


def test_a_cancellation_is_late_by_the_clinics_rule_of_that_moment(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        soon = datetime.now(UTC) + timedelta(hours=30)
        for hours, late in ((48, True), (24, False)):
            decide_calendar(actor=cast.actor(), late_hours=hours)
            [visit] = book_places(actor=cast.actor(), course=cast.ada_course, places=[Place(soon, soon + HALF)])
            visit = mark_missed(actor=cast.actor(), visit=visit, state="cancelled_by_patient")
            decide_calendar(actor=cast.actor(), late_hours=30 + hours)
            assert Visit.objects.get(pk=visit.pk).is_late_cancel is late


def test_rooms_closed_days_and_rules_are_kept_on_their_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator.user)
    address = "/c/harbour/calendar/settings/"
    assert client.post(address, {"what": "room", "room-name": "Blue"}).status_code == 302
    assert client.post(address, {"what": "room", "room-name": "Blue"}).status_code == 422
    assert client.post(address, {"what": "close", "close-day": "2027-03-02", "close-name": "Move"}).status_code == 302
    rules = {"opens_at": "09:00", "closes_at": "08:00", "visit_minutes": "20", "late_hours": "12", "remind_hours": "24"}
    assert "closes after it opens" in _text(client.post(address, {"what": "rules", **rules}))
    assert client.post(address, {"what": "rules", **rules, "closes_at": "17:00", "region": "BE"}).status_code == 302
    assert client.post(address, {}).status_code == 404
    with clinic_scope(cast.harbour.pk):
        [clash] = clashes([Place(TUESDAY, TUESDAY + HALF)], cast.harbour)
        assert (clash.sentence, clash.hard) == ("Closed: Move", False)


def test_a_program_books_a_series_whole_and_is_told_what_clashes(cast: Cast) -> None:
    caller = Caller(cast)
    visits = [{"planned_for": (TUESDAY + timedelta(days=day)).isoformat(), "therapist": str(cast.therapist.pk)} for day in range(3)]
    address = f"harbour/courses/{cast.ada_course.pk}/visits/series/"
    booked = caller.post(address, {"visits": visits})
    assert (booked.status_code, len(booked.json()["visits"])) == (201, 3)
    refused = caller.post(address, {"visits": visits[:1]})
    assert refused.status_code == 400
    assert "is booked from 09:00 to 09:30." in refused.json()["fields"]["therapist"][0]
    moved = caller.post(f"harbour/visits/{booked.json()['visits'][0]}/move/", {"planned_for": "2027-03-06T09:00:00+00:00"})
    assert moved.status_code == 200


def test_a_program_decides_the_hours_and_is_told_which_are_none(cast: Cast) -> None:
    caller = Caller(cast, cast.administrator)
    decided = caller.patch("harbour/settings/calendar/", {"opens_at": "07:30", "closes_at": "19:05"})
    assert decided.status_code == 200
    said = caller.get("harbour/settings/calendar/").json()
    assert (said["opens_at"], said["closes_at"], said["visit_minutes"]) == ("07:30", "19:05", 30)
    with clinic_scope(cast.harbour.pk):
        assert calendar_rules().closes_at == time(19, 5)
    for wrong in ("24:00", "8:30", "08:30:00", "08:60", "٠٨:٣٠", 830, None, ""):
        assert list(caller.patch("harbour/settings/calendar/", {"opens_at": wrong}).json()["fields"]) == ["opens_at"]
    early = caller.patch("harbour/settings/calendar/", {"closes_at": "07:00"})
    assert early.json()["fields"] == {"closes_at": ["The clinic closes after it opens."]}
