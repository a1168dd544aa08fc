"""Rooms, closed days, and how the clinic books."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from clinic.models import Clinic
from clinic.scoping import current_clinic_id
from clinic.writes import Actor, audited, nothing_to_write, writes
from sessions.models import CalendarRules, ClosedDay, Room
from sessions.series import regions_of


class CalendarRefused(ValueError):
    """What cannot be decided so; `field` says where."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def _alone() -> Clinic:
    """The clinic, held until the end: of two who decide at once the second finds what the first wrote."""
    clinic: Clinic = Clinic.objects.select_for_update(no_key=True).get(pk=current_clinic_id())
    return clinic


@writes("room.add")
def add_room(*, actor: Actor, name: str) -> Room:
    """A room of the register. Raises CalendarRefused for a name that is taken."""
    _alone()
    if Room.objects.filter(name=name.strip()).exists():
        raise CalendarRefused("name", _("There is a room of this name."))
    room = Room(name=name.strip())
    room.save()
    audited(room)
    return room


@writes("room.change")
def change_room(*, actor: Actor, room: Room, is_active: bool) -> Room:
    """Put a room in or out of use. Visits that are booked there stay there."""
    if room.is_active == is_active:
        nothing_to_write()
        return room
    room.is_active = is_active
    room.save()
    audited(room, active=is_active)
    return room


@writes("calendar.close_day")
def close_day(*, actor: Actor, day: date, name: str = "") -> ClosedDay:
    """Say that the clinic treats nobody on a day; a second time changes the reason. Visits booked for it stay, to be moved."""
    _alone()
    closed = ClosedDay.objects.filter(day=day).first() or ClosedDay(day=day)
    closed.name = name.strip()
    closed.save()
    audited(closed)
    return closed


@writes("calendar.open_day")
def open_day(*, actor: Actor, closed: ClosedDay) -> None:
    """Take back that the clinic is closed on a day."""
    audited(closed, day=closed.day.isoformat())
    closed.delete()


@writes("calendar.decide")
def decide_calendar(*, actor: Actor, **values: Any) -> CalendarRules:
    """Decide how the open clinic books: region, hours, minutes of a visit, when cancelling is late, reminders, address.

    Raises CalendarRefused for hours out of order and a region that the clinic's country does not have.
    """
    clinic = _alone()
    rules = CalendarRules.objects.first() or CalendarRules()
    changed = [name for name, value in values.items() if getattr(rules, name) != value]
    if not changed:
        nothing_to_write()
        return rules
    for name in changed:
        setattr(rules, name, values[name])
    if rules.opens_at >= rules.closes_at:
        raise CalendarRefused("closes_at", _("The clinic closes after it opens."))
    if rules.region and rules.region not in regions_of(clinic.country):
        raise CalendarRefused("region", _("There is no such region in the clinic's country."))
    rules.save()
    audited(rules, changed=sorted(changed))
    return rules
