"""/api/v1/<clinic>/: series of visits, moving one, rooms, closed days, and how the clinic books."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clinic.api.endpoint import Done, Endpoint, Nothing, StrictSerializer, described, idempotent, one, referred, refusing
from clinic.api.fields import Clock, Day, Id, Instant, Listed, Text, TrueFalse, Whole
from clinic.permissions import Permission, requires
from sessions.api.care import treating
from sessions.api.shapes import VisitReceipt
from sessions.models import CalendarRules, ClosedDay, Course, Device, Room, Visit
from sessions.selectors.calendar import calendar_rules, closed_lines, room_lines
from sessions.series import MOST_VISITS, Place
from sessions.services.booking import PlacesTaken, book_places, move_to
from sessions.services.calendar import CalendarRefused, add_room, change_room, close_day, decide_calendar, open_day
from sessions.services.visits import VisitLocked


class PlaceInput(StrictSerializer):
    """When, with whom, where, with what. `minutes`: the clinic's usual length unless given."""

    planned_for = Instant()
    minutes = Whole(min_value=5, max_value=240, required=False, allow_null=True, default=None)
    therapist = Id(required=False, allow_null=True, default=None)
    room = Id(required=False, allow_null=True, default=None)
    device = Id(required=False, allow_null=True, default=None)


class SeriesInput(StrictSerializer):
    """A whole series: all of it is booked, or nothing."""

    visits = Listed(child=PlaceInput(), min_length=1, max_length=MOST_VISITS)


class SeriesShape(serializers.Serializer):
    """The visits that were booked, in order of time."""

    visits = serializers.ListField(child=serializers.UUIDField())


class RoomInput(StrictSerializer):
    """A new room."""

    name = Text(max_length=60)


class RoomChange(StrictSerializer):
    """In or out of use."""

    is_active = TrueFalse()


class RoomShape(serializers.Serializer):
    """One room."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    is_active = serializers.BooleanField()


class RoomsShape(serializers.Serializer):
    """The register of rooms."""

    rooms = RoomShape(many=True)


class ClosedDayInput(StrictSerializer):
    """A day on which nobody is treated."""

    day = Day()
    name = Text(max_length=60, required=False, default="", allow_blank=True)


class ClosedDayShape(serializers.Serializer):
    """One closed day of the clinic's own."""

    id = serializers.UUIDField()
    day = serializers.DateField()
    name = serializers.CharField()


class ClosedDaysShape(serializers.Serializer):
    """The clinic's own closed days, from a month ago on."""

    closed_days = ClosedDayShape(many=True)


class CalendarInput(StrictSerializer):
    """What is to change; fields that are not given stay."""

    region = Text(max_length=10, allow_blank=True)
    opens_at = Clock()
    closes_at = Clock()
    visit_minutes = Whole(min_value=5, max_value=240)
    late_hours = Whole(min_value=0, max_value=336)
    reminds = TrueFalse()
    remind_hours = Whole(min_value=2, max_value=168)
    address = Text(max_length=200, allow_blank=True)


class CalendarShape(serializers.Serializer):
    """How the clinic books."""

    region = serializers.CharField()
    opens_at = Clock()
    closes_at = Clock()
    visit_minutes = serializers.IntegerField()
    late_hours = serializers.IntegerField()
    reminds = serializers.BooleanField()
    remind_hours = serializers.IntegerField()
    address = serializers.CharField()


def place_of(data: dict[str, Any]) -> Place:
    """What a body asks for. Raises ValidationError at the field that names nobody of the clinic."""
    therapist = treating(data["therapist"], "therapist")
    room = referred(Room.objects.filter(is_active=True), data["room"], "room") if data["room"] else None
    device = referred(Device.objects.filter(is_active=True), data["device"], "device") if data["device"] else None
    minutes = data["minutes"] or calendar_rules().visit_minutes
    start = data["planned_for"]
    ids = [each.pk if each else None for each in (therapist, room, device)]
    return Place(start, start + timedelta(minutes=minutes), *ids)


@requires(Permission.BOOK_VISITS)
class Series(Endpoint):
    """Several visits of a course at once."""

    @described("visit_book_series", SeriesShape, takes=SeriesInput, refusals=[404])
    @idempotent
    def post(self, request: Request, clinic: str, course: UUID) -> Response:
        """Book all of these visits or none; therapist, room and device are each booked once at a time."""
        found = one(Course.objects.all(), course)
        places = [place_of(each) for each in self.given(SeriesInput)["visits"]]
        with refusing(PlacesTaken, locked=(VisitLocked,)):
            visits = book_places(actor=self.actor, course=found, places=places)
        return Response({"visits": [str(visit.pk) for visit in visits]}, status=201)


@requires(Permission.BOOK_VISITS)
class Move(Endpoint):
    """Another time or place for a booked visit."""

    @described("visit_move", VisitReceipt, takes=PlaceInput, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, visit: UUID) -> Response:
        """Move it; what is not given is nobody in particular, no room, no device."""
        found = one(Visit.objects.all(), visit)
        place = place_of(self.given(PlaceInput))
        with refusing(PlacesTaken, locked=(VisitLocked,)):
            moved = move_to(actor=self.actor, visit=found, place=place)
        return Response({"id": str(moved.pk), "course": str(moved.course_id), "state": moved.state})


@requires(Permission.EDIT_CLINIC)
class Rules(Endpoint):
    """How the clinic books."""

    @described("calendar_retrieve", CalendarShape)
    def get(self, request: Request, clinic: str) -> Response:
        """What is decided, or the defaults."""
        return Response(_rules(calendar_rules()))

    @described("calendar_decide", CalendarShape, takes=CalendarInput, status_code=200)
    @idempotent
    def patch(self, request: Request, clinic: str) -> Response:
        """Change what is given."""
        with refusing(CalendarRefused):
            rules = decide_calendar(actor=self.actor, **self.given(CalendarInput, partial=True))
        return Response(_rules(rules))


def _rules(rules: CalendarRules) -> dict[str, Any]:
    return dict(CalendarShape(rules).data)


@requires(Permission.EDIT_CLINIC)
class Rooms(Endpoint):
    """The register of rooms."""

    @described("room_list", RoomsShape)
    def get(self, request: Request, clinic: str) -> Response:
        """Every room, those in use first."""
        return Response({"rooms": [{"id": str(room.id), "name": room.name, "is_active": room.is_active} for room in room_lines()]})

    @described("room_add", Done, takes=RoomInput)
    @idempotent
    def post(self, request: Request, clinic: str) -> Response:
        """Add a room."""
        with refusing(CalendarRefused):
            room = add_room(actor=self.actor, **self.given(RoomInput))
        return Response({"id": str(room.pk)}, status=201)


@requires(Permission.EDIT_CLINIC)
class OneRoom(Endpoint):
    """One room."""

    @described("room_change", Done, takes=RoomChange, refusals=[404], status_code=200)
    @idempotent
    def patch(self, request: Request, clinic: str, room: UUID) -> Response:
        """Put it in or out of use; visits that are booked there stay."""
        found = one(Room.objects.all(), room)
        change_room(actor=self.actor, room=found, **self.given(RoomChange))
        return Response({"id": str(found.pk)})


@requires(Permission.EDIT_CLINIC)
class ClosedDays(Endpoint):
    """The clinic's own closed days."""

    @described("closed_day_list", ClosedDaysShape)
    def get(self, request: Request, clinic: str) -> Response:
        """From a month ago on; public holidays are not among them."""
        lines = closed_lines(self.member.clinic.today() - timedelta(days=31))
        return Response({"closed_days": [{"id": str(line.id), "day": line.day.isoformat(), "name": line.name} for line in lines]})

    @described("closed_day_add", Done, takes=ClosedDayInput)
    @idempotent
    def post(self, request: Request, clinic: str) -> Response:
        """Close the clinic on a day; visits booked for it stay, to be moved."""
        closed = close_day(actor=self.actor, **self.given(ClosedDayInput))
        return Response({"id": str(closed.pk)}, status=201)


@requires(Permission.EDIT_CLINIC)
class Reopening(Endpoint):
    """A closed day, opened again."""

    @described("closed_day_open", Done, takes=Nothing, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, closed: UUID) -> Response:
        """Take back that the clinic is closed."""
        self.given(Nothing)
        found = one(ClosedDay.objects.all(), closed)
        open_day(actor=self.actor, closed=found)
        return Response({"id": str(closed)})
