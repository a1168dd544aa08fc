"""Booking visits with therapist, room and device, one or a whole series; moving one. Nobody and nothing is booked twice at once.

What is seen beforehand is told at its field. What two people book at the same second is refused by the database
(`sessions.places`): the second one waits for the first one's transaction, and is then told the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError
from django.utils.translation import gettext as _

from clinic.models import Clinic
from clinic.scoping import current_clinic_id
from clinic.writes import Actor, all_or_nothing, audited, nothing_to_write, writes
from sessions.models import Course, Visit
from sessions.places import CONSTRAINTS, broken_by
from sessions.selectors.calendar import Clash, clashes
from sessions.series import MOST_VISITS, Place
from sessions.services.visits import VisitLocked


class PlacesTaken(ValueError):
    """Some of the visits cannot be booked like this; `clashes` says which and why. Nothing was booked."""

    def __init__(self, found: Sequence[Clash]) -> None:
        super().__init__(found[0].sentence if found else "")
        self.clashes = list(found)
        self.field = self.clashes[0].field if self.clashes else ""


def book_places(*, actor: Actor, course: Course, places: Sequence[Place]) -> list[Visit]:
    """Book all of these visits of a course that still runs, or none of them. Raises PlacesTaken, VisitLocked.

    Public holidays and closed days do not stand against it: whoever books has seen them in the preview.
    """
    if not 0 < len(places) <= MOST_VISITS:
        raise ValueError("A series has between one and forty visits.")
    if course.ended_on:
        raise VisitLocked("This course has ended.")
    _refuse(places)
    visits = [_visit(course, place) for place in sorted(places, key=lambda place: place.start)]
    if broken := _book(actor=actor, visits=visits):
        _refuse(places)
        raise PlacesTaken([_said(broken)])
    return visits


def move_to(*, actor: Actor, visit: Visit, place: Place) -> Visit:
    """Move a booked visit to another time, therapist, room or device. Raises PlacesTaken, VisitLocked."""
    _refuse([place], visit)
    moved, broken = _move(actor=actor, visit=visit, place=place)
    if broken:
        _refuse([place], visit)
        raise PlacesTaken([_said(broken)])
    return moved


def _refuse(places: Sequence[Place], moving: Visit | None = None) -> None:
    clinic = Clinic.objects.get(pk=current_clinic_id())
    found = [clash for clash in clashes(places, clinic, besides=moving.pk if moving else None) if clash.hard]
    if found:
        raise PlacesTaken(found)


def _said(constraint: str) -> Clash:
    field = CONSTRAINTS[constraint].removesuffix("_id")
    return Clash(0, field, _("Somebody else has just booked this time. Choose another one."))


def _visit(course: Course, place: Place) -> Visit:
    visit = Visit(course=course)
    _put(visit, place)
    return visit


def _put(visit: Visit, place: Place) -> None:
    visit.planned_for, visit.planned_until = place.start, place.end
    visit.therapist_id, visit.room_id, visit.device_id = place.therapist_id, place.room_id, place.device_id


@writes("visit.book")
def _book(*, actor: Actor, visits: list[Visit]) -> str:
    """The constraint that stands against it, or nothing. Returned, not raised: the page that tells it still needs the transaction."""
    try:
        with all_or_nothing():
            Visit.objects.bulk_create(visits)
    except IntegrityError as error:
        nothing_to_write()
        return broken_by(error)
    for visit in visits:
        audited(visit, series=len(visits))
    return ""


@writes("visit.move")
def _move(*, actor: Actor, visit: Visit, place: Place) -> tuple[Visit, str]:
    current: Visit = Visit.objects.select_for_update(of=("self",), no_key=True).select_related("course").get(pk=visit.pk)
    if current.state != Visit.State.BOOKED:
        raise VisitLocked("Only a booked visit can be moved.")
    before = current.planned_for
    _put(current, place)
    try:
        with all_or_nothing():
            current.save()
    except IntegrityError as error:
        nothing_to_write()
        return visit, broken_by(error)
    audited(current, before=before.isoformat())
    return current, ""
