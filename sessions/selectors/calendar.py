"""How the clinic books, and what stands against a booking: somebody or something is taken, away, or the clinic is closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from clinic.models import Clinic, Membership
from sessions.models import CalendarRules, ClosedDay, Device, Room, Visit
from sessions.series import Place, public_holiday

OPEN = (Visit.State.BOOKED, Visit.State.ARRIVED)


@dataclass(frozen=True)
class Clash:
    """What stands against a visit. `field` is the form's: therapist, room, device, or day. It names no patient.

    What is `hard` cannot be booked; the rest can, once somebody has seen it.
    """

    index: int
    field: str
    sentence: str
    hard: bool = True


@dataclass(frozen=True)
class ClosedLine:
    """One day on which the clinic is closed."""

    id: UUID
    day: date
    name: str


@dataclass(frozen=True)
class RoomLine:
    """One room of the register."""

    id: UUID
    name: str
    is_active: bool


def calendar_rules() -> CalendarRules:
    """How the open clinic books; the defaults where nothing was decided yet. One statement."""
    found: CalendarRules | None = CalendarRules.objects.first()
    return found or CalendarRules()


def room_lines() -> list[RoomLine]:
    """Every room, those in use first, by name."""
    return [RoomLine(room.pk, room.name, room.is_active) for room in Room.objects.order_by("-is_active", "name", "id")]


def closed_lines(since: date) -> list[ClosedLine]:
    """The clinic's own closed days from this one on."""
    return [ClosedLine(row.pk, row.day, row.name) for row in ClosedDay.objects.filter(day__gte=since).order_by("day")]


@dataclass(frozen=True)
class OpenDays:
    """On which days the clinic is closed, and why."""

    country: str
    region: str
    own: dict[date, str]

    def why_closed(self, day: date) -> str:
        """Why the clinic is closed on this day; empty when it is open."""
        if day in self.own:
            return self.own[day] or _("the clinic is closed")
        return public_holiday(self.country, self.region, day)

    def is_closed(self, day: date) -> bool:
        """Whether it is closed on this day."""
        return bool(self.why_closed(day))


def open_days(clinic: Clinic, rules: CalendarRules) -> OpenDays:
    """The clinic's closed days, own and public. One statement."""
    return OpenDays(clinic.country, rules.region, dict(ClosedDay.objects.values_list("day", "name")))


def clashes(places: Sequence[Place], clinic: Clinic, *, besides: UUID | None = None) -> list[Clash]:
    """What stands against these visits, in their order: four statements however many they are. `besides`: the visit that moves."""
    if not places:
        return []
    days = open_days(clinic, calendar_rules())
    taken, away = _taken(places, besides), _away(places)
    found: list[Clash] = []
    for index, place in enumerate(places):
        day = place.start.astimezone(clinic.zone).date()
        if why := days.why_closed(day):
            found.append(Clash(index, "day", _("Closed: %(why)s") % {"why": why}, hard=False))
        gone = [member for member in away if member.pk == place.therapist_id and member.absent_from <= day <= member.absent_until]
        found += [Clash(index, "therapist", _("%(name)s is away on this day.") % {"name": member.display_name}) for member in gone]
        found += _against(index, place, taken, clinic)
        found += _among(index, place, places[:index])
    return found


def _taken(places: Sequence[Place], besides: UUID | None) -> list[Visit]:
    within = Q()
    for place in places:
        within |= Q(planned_for__lt=place.end, planned_until__gt=place.start)
    rows = Visit.objects.filter(within, state__in=OPEN).exclude(pk=besides) if besides else Visit.objects.filter(within, state__in=OPEN)
    return list(rows.select_related("therapist", "room", "device"))


def _away(places: Sequence[Place]) -> list[Any]:
    wanted = {place.therapist_id for place in places} - {None}
    return list(Membership.objects.filter(pk__in=wanted, absent_from__isnull=False))


def _against(index: int, place: Place, taken: Iterable[Visit], clinic: Clinic) -> list[Clash]:
    found = []
    for visit in taken:
        if visit.planned_until is None or visit.planned_for >= place.end or visit.planned_until <= place.start:
            continue
        told = {"from": _clock(visit.planned_for, clinic), "until": _clock(visit.planned_until, clinic)}
        for field, row in (("therapist", visit.therapist), ("room", visit.room), ("device", visit.device)):
            if row is not None and row.pk == getattr(place, f"{field}_id"):
                name = getattr(row, "display_name", "") or getattr(row, "name", "")
                found.append(Clash(index, field, _("%(name)s is booked from %(from)s to %(until)s.") % {**told, "name": name}))
    return found


def _among(index: int, place: Place, earlier: Sequence[Place]) -> list[Clash]:
    for other in earlier:
        if other.start < place.end and place.start < other.end:
            return [Clash(index, "day", _("This visit overlaps another one of the series."))]
    return []


def _clock(at: datetime, clinic: Clinic) -> str:
    return f"{at.astimezone(clinic.zone):%H:%M}"


def choices() -> dict[str, list[tuple[UUID, str]]]:
    """Whom and what a visit can be booked with, by field: three statements."""
    treats = Membership.objects.filter(is_active=True, roles__contains=["therapist"]).order_by("display_name")
    return {
        "therapist": list(treats.values_list("pk", "display_name")),
        "room": list(Room.objects.filter(is_active=True).order_by("name").values_list("pk", "name")),
        "device": list(Device.objects.filter(is_active=True).order_by("name").values_list("pk", "name")),
    }
