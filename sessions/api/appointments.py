"""/api/v1/<clinic>/: visits booked, arrived, missed, reopened and amended."""

from __future__ import annotations

from uuid import UUID

from rest_framework.request import Request
from rest_framework.response import Response

from clinic.api.calls import ApiRefusal
from clinic.api.endpoint import Done, Endpoint, Nothing, described, idempotent, one, refusing
from clinic.permissions import Permission, requires
from sessions.api.care import treating
from sessions.api.care_shapes import AddendumInput, BookingInput, MissedInput, WalkInInput
from sessions.api.shapes import VisitReceipt
from sessions.models import Course, Visit
from sessions.services.visits import (
    VisitLocked,
    VisitRefused,
    amend_visit,
    book_visit,
    mark_arrived,
    mark_missed,
    reopen_visit,
    walk_in,
)

AMENDED = ("pain_before", "pain_after", "reaction")


def _receipt(visit: Visit, status: int = 200) -> Response:
    return Response({"id": str(visit.pk), "course": str(visit.course_id), "state": visit.state}, status=status)


@requires(Permission.BOOK_VISITS)
class Booking(Endpoint):
    """Appointments of a course."""

    @described("visit_book", VisitReceipt, takes=BookingInput, refusals=[404])
    @idempotent
    def post(self, request: Request, clinic: str, course: UUID) -> Response:
        """Book one visit of a course that still runs."""
        found = one(Course.objects.all(), course)
        data = self.given(BookingInput)
        therapist = treating(data["therapist"], "therapist")
        with refusing(locked=(VisitLocked,)):
            visit = book_visit(actor=self.actor, course=found, planned_for=data["planned_for"], therapist=therapist)
        return _receipt(visit, 201)


@requires(Permission.BOOK_VISITS)
class WalkIn(Endpoint):
    """Somebody came without a booking."""

    @described("visit_walk_in", VisitReceipt, takes=WalkInInput, refusals=[404])
    @idempotent
    def post(self, request: Request, clinic: str, course: UUID) -> Response:
        """A visit that begins now."""
        found = one(Course.objects.all(), course)
        key = self.given(WalkInInput)["client_key"]
        therapist = self.member if self.member.may(Permission.RECORD_VISITS) else None
        with refusing(locked=(VisitLocked,)):
            visit = walk_in(actor=self.actor, course=found, therapist=therapist, client_key=key)
        return _receipt(visit, 201)


@requires(Permission.BOOK_VISITS)
class Arrival(Endpoint):
    """The patient is here."""

    @described("visit_arrive", VisitReceipt, takes=Nothing, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, visit: UUID) -> Response:
        """Mark the arrival; a second time changes nothing."""
        self.given(Nothing)
        return _receipt(mark_arrived(actor=self.actor, visit=one(Visit.objects.all(), visit)))


@requires(Permission.BOOK_VISITS)
class Missed(Endpoint):
    """The visit did not take place."""

    @described("visit_miss", VisitReceipt, takes=MissedInput, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, visit: UUID) -> Response:
        """A no-show, or cancelled by patient or clinic."""
        found = one(Visit.objects.all(), visit)
        with refusing(VisitRefused, locked=(VisitLocked,)):
            missed = mark_missed(actor=self.actor, visit=found, **self.given(MissedInput))
        return _receipt(missed)


@requires(Permission.BOOK_VISITS)
class Reopening(Endpoint):
    """The visit takes place after all."""

    @described("visit_reopen", VisitReceipt, takes=Nothing, refusals=[404], status_code=200)
    @idempotent
    def post(self, request: Request, clinic: str, visit: UUID) -> Response:
        """Take back that a visit did not take place."""
        self.given(Nothing)
        found = one(Visit.objects.all(), visit)
        with refusing(locked=(VisitLocked,)):
            reopened = reopen_visit(actor=self.actor, visit=found)
        return _receipt(reopened)


@requires(Permission.RECORD_VISITS)
class Addenda(Endpoint):
    """Amendments of a signed visit."""

    @described("visit_amend", Done, takes=AddendumInput, refusals=[404])
    @idempotent
    def post(self, request: Request, clinic: str, visit: UUID) -> Response:
        """Add a dated amendment with its reason; the original stays."""
        found = one(Visit.objects.select_related("course"), visit)
        data = self.given(AddendumInput)
        given = {name: data[name] for name in AMENDED if data[name] not in {None, ""}}
        changes = {name: [getattr(found, name), value] for name, value in given.items() if getattr(found, name) != value}
        try:
            made = amend_visit(actor=self.actor, visit=found, reason=data["reason"], changes=changes, text=data["text"])
        except VisitLocked as refused:
            raise ApiRefusal("locked", str(refused), status_code=409) from None
        except VisitRefused as refused:
            told = {each.field: [each.sentence] for each in refused.objections}
            raise ApiRefusal("refused", "The visit cannot be amended like this.", fields=told) from None
        return Response({"id": str(made.pk)}, status=201)
