"""Booking with therapist, room and device: nobody and nothing twice at once, whoever is quicker."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections

from clinic.models import AuditEvent
from clinic.permissions import THERAPIST
from clinic.scoping import clinic_scope
from clinic.services.organisation import add_staff
from clinic.services.staff import set_absence
from sessions.models import Room, Visit
from sessions.series import Place
from sessions.services.booking import PlacesTaken, book_places, move_to
from sessions.services.calendar import add_room
from sessions.services.visits import mark_arrived, mark_missed, reopen_visit
from tests.cast import Cast

NINE = datetime(2027, 3, 2, 8, 0, tzinfo=UTC)  # a Tuesday; 9 o'clock in Berlin
HALF = timedelta(minutes=30)


def _place(cast: Cast, room: Room | None = None, **other: Any) -> Place:
    taken = {"therapist_id": cast.therapist.pk, "room_id": room.pk if room else None, "device_id": cast.device.pk}
    return Place(NINE, NINE + HALF, **{**taken, **other})


def _book(cast: Cast, *places: Place) -> list[Visit]:
    return book_places(actor=cast.actor(), course=cast.ada_course, places=places)


@pytest.mark.parametrize("field", ["therapist", "room", "device"])
def test_each_is_booked_once_at_a_time_and_the_refusal_says_what_clashes_and_no_patient(cast: Cast, field: str) -> None:
    with clinic_scope(cast.harbour.pk):
        room = add_room(actor=cast.actor(), name="Green room")
        names = {"therapist": cast.therapist.display_name, "room": "Green room", "device": cast.device.name}
        _book(cast, _place(cast, room))
        alone = {f"{each}_id": None for each in names if each != field}
        half_later = replace(_place(cast, room, **alone), start=NINE + HALF / 2, end=NINE + HALF * 2)
        with pytest.raises(PlacesTaken) as refused:
            book_places(actor=cast.actor(), course=cast.ben_course, places=[half_later])
        told = [(clash.field, clash.sentence) for clash in refused.value.clashes]
        assert told == [(field, f"{names[field]} is booked from 09:00 to 09:30.")]
        # What ends when the next begins is no clash, and a cancelled visit takes no place.
        _book(cast, replace(_place(cast, room, **alone), start=NINE + HALF, end=NINE + HALF * 2))
        first = Visit.objects.get(planned_for=NINE)
        mark_missed(actor=cast.actor(), visit=first, state="cancelled_by_patient")
        _book(cast, _place(cast, room, **alone))


def test_a_series_is_booked_whole_or_not_at_all(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        weeks = [replace(_place(cast), start=NINE + timedelta(weeks=n), end=NINE + timedelta(weeks=n) + HALF) for n in range(12)]
        _book(cast, weeks[7])
        with pytest.raises(PlacesTaken) as refused:
            _book(cast, *weeks)
        assert [clash.index for clash in refused.value.clashes] == [7, 7]
        assert Visit.objects.count() == 1
        _book(cast, *weeks[:7], *weeks[8:])
        assert AuditEvent.objects.filter(action="visit.book").count() == 12


def test_who_is_away_is_not_booked(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        deputy = add_staff(actor=cast.actor(), email="locum@harbour.example", name="Lia", roles=[THERAPIST.key])
        day = NINE.date()
        set_absence(actor=cast.actor(), member=cast.therapist, first=day, last=day, deputy=deputy, today=day)
        with pytest.raises(PlacesTaken, match="is away on this day"):
            _book(cast, _place(cast))


def test_a_visit_moves_over_its_own_place_but_not_onto_anothers(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        [visit], [_other] = _book(cast, _place(cast)), _book(cast, replace(_place(cast), start=NINE + HALF, end=NINE + HALF * 2))
        quarter_later = replace(_place(cast), start=NINE + HALF / 2, end=NINE + HALF)
        move_to(actor=cast.actor(), visit=visit, place=quarter_later)
        with pytest.raises(PlacesTaken):
            move_to(actor=cast.actor(), visit=visit, place=replace(quarter_later, end=NINE + HALF * 1.5))
        assert Visit.objects.get(pk=visit.pk).planned_for == NINE + HALF / 2


def test_who_comes_back_after_the_place_was_given_away_is_received_without_it(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        visits = []
        for _again in range(2):
            [visit] = _book(cast, _place(cast))
            mark_missed(actor=cast.actor(), visit=visit, state="no_show")
            visits.append(visit)
        [new] = _book(cast, _place(cast))
        assert mark_arrived(actor=cast.actor(), visit=visits[0]).planned_until is None
        assert reopen_visit(actor=cast.actor(), visit=visits[1]).planned_until is None
        assert Visit.objects.get(pk=new.pk).planned_until == NINE + HALF


def _at_once(*works: Callable[[], object]) -> list[object]:
    """Do these in threads with connections of their own, all past the barrier before the first begins."""
    barrier, results = threading.Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        barrier.wait(timeout=20)
        try:
            results.append(work())
        except PlacesTaken as refused:
            results.append(refused)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def test_of_eight_receptionists_at_the_same_second_one_books_and_seven_are_told(committed_cast: Cast) -> None:
    cast = committed_cast

    def book() -> object:
        with clinic_scope(cast.harbour.pk):
            return _book(cast, _place(cast))

    results = _at_once(*[book] * 8)
    assert sorted(type(each).__name__ for each in results) == ["PlacesTaken"] * 7 + ["list"]
    with clinic_scope(cast.harbour.pk):
        assert Visit.objects.filter(state="booked").count() == 1


def test_the_database_itself_refuses_a_second_booking_that_nobody_looked_at(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        [visit] = _book(cast, _place(cast))
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_constraint WHERE contype = 'x' AND conrelid = 'treatment_visit'::regclass")
            assert cursor.fetchone() == (3,)
        assert visit.planned_until == NINE + HALF
