"""Booking across a change of the clocks, in Berlin: forward on 28 March 2027 at 2, back on 31 October 2027 at 3."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from clinic.days import exists, happens_twice
from clinic.scoping import clinic_scope
from sessions.models import Visit
from tests.cast import Cast

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("at", "is_there", "comes_twice"),
    [
        (datetime(2027, 3, 28, 1, 59, tzinfo=BERLIN), True, False),
        (datetime(2027, 3, 28, 2, 0, tzinfo=BERLIN), False, False),
        (datetime(2027, 3, 28, 2, 59, tzinfo=BERLIN), False, False),
        (datetime(2027, 3, 28, 3, 0, tzinfo=BERLIN), True, False),
        (datetime(2027, 10, 31, 1, 59, tzinfo=BERLIN), True, False),
        (datetime(2027, 10, 31, 2, 0, tzinfo=BERLIN), True, True),
        (datetime(2027, 10, 31, 2, 59, tzinfo=BERLIN), True, True),
        (datetime(2027, 10, 31, 3, 0, tzinfo=BERLIN), True, False),
        (datetime(2027, 3, 28, 2, 30, tzinfo=UTC), True, False),
    ],
)
def test_a_clock_leaves_times_out_and_shows_some_twice(at: datetime, is_there: bool, comes_twice: bool) -> None:
    assert (exists(at), happens_twice(at)) == (is_there, comes_twice)


def _booked(cast: Cast, client: Client, **fields: str) -> tuple[Any, list[datetime]]:
    client.force_login(cast.therapist.user)
    answer = client.post(f"/c/harbour/courses/{cast.ada_course.pk}/book/", {"visits": "1", **fields}, follow=True)
    with clinic_scope(cast.harbour.pk):
        return answer, list(Visit.objects.order_by("planned_for").values_list("planned_for", flat=True))


@pytest.mark.parametrize(("day", "visits"), [("2027-03-28", "1"), ("2027-03-14", "4")])
def test_a_time_that_the_clocks_leave_out_is_refused_at_its_field(cast: Cast, client: Client, day: str, visits: str) -> None:
    answer, booked = _booked(cast, client, day=day, at="02:30", visits=visits)
    assert (answer.status_code, booked) == (422, [])
    assert "there is no 02:30 on that day" in str(answer.context["form"].errors["at"])


def test_of_an_hour_that_comes_twice_the_first_is_booked_and_said(cast: Cast, client: Client) -> None:
    answer, booked = _booked(cast, client, day="2027-10-31", at="02:30")
    assert "02:30 comes twice: the first was booked (CEST)" in answer.content.decode()
    assert booked == [datetime(2027, 10, 31, 0, 30, tzinfo=UTC)]


def test_a_series_keeps_its_hour_of_the_day_across_the_change(cast: Cast, client: Client) -> None:
    _answer, booked = _booked(cast, client, day="2027-03-24", at="09:00", visits="2")
    assert booked == [datetime(2027, 3, 24, 8, tzinfo=UTC), datetime(2027, 3, 31, 7, tzinfo=UTC)]
