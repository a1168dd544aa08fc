"""Visits: booked, arrived, drafted, signed, amended. A signed visit is locked in the database; what follows is an addendum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.utils import timezone

from clinic.models import Membership
from clinic.writes import Actor, all_or_nothing, audited, nothing_to_write, writes
from sessions.models import Addendum, Course, Device, LaserApplication, OtherTreatment, Visit, VisitDraft
from sessions.places import broken_by
from sessions.records import VisitRecord
from sessions.selectors.calendar import calendar_rules
from sessions.services.visit_parts import Objection, VisitRefused, about_time, laser_rows, not_said, objections, other_rows

__all__ = [
    "DraftConflict",
    "Objection",
    "VisitLocked",
    "VisitRefused",
    "amend_visit",
    "book_visit",
    "mark_arrived",
    "mark_missed",
    "mark_yesterdays_missed",
    "move_visit",
    "reopen_visit",
    "save_draft",
    "sign_visit",
    "walk_in",
]

_OPEN = (Visit.State.BOOKED, Visit.State.ARRIVED)
_MISSED = (Visit.State.NO_SHOW, Visit.State.CANCELLED_BY_PATIENT, Visit.State.CANCELLED_BY_CLINIC)


class VisitLocked(ValueError):
    """The visit is signed, missed or cancelled: it takes no more of this. A signed one can be amended."""


class DraftConflict(ValueError):
    """Somebody else saved this draft since it was opened; `stored` is theirs."""

    def __init__(self, stored: VisitDraft) -> None:
        super().__init__("This draft was changed elsewhere since you opened it.")
        self.stored = stored


def member_of(actor: Actor) -> Membership:
    """The acting member of the open clinic. Raises VisitRefused for an actor who is none."""
    members = Membership.objects.filter(user_id=actor.user_id, is_active=True) if actor.user_id else Membership.objects.none()
    member: Membership | None = members.first()
    if member is None:
        raise VisitRefused([Objection("", "Only a member of the clinic signs.", hard=True)])
    return member


def _locked(visit: Visit) -> Visit:
    current: Visit = Visit.objects.select_for_update(of=("self",), no_key=True).select_related("course").get(pk=visit.pk)
    return current


def _used(record: VisitRecord, known: Iterable[Device]) -> dict[UUID, Device]:
    used = {device.pk: device for device in known}
    if missing := {laser.device_id for laser in record.laser} - used.keys():
        used |= {device.pk: device for device in Device.objects.filter(pk__in=missing)}
    return used


@writes("visit.book")
def book_visit(*, actor: Actor, course: Course, planned_for: datetime, therapist: Membership | None = None) -> Visit:
    """Book a visit of a course that still runs."""
    if course.ended_on:
        raise VisitLocked("This course has ended.")
    visit = Visit(course=course, planned_for=planned_for, therapist=therapist)
    visit.save()
    audited(visit)
    return visit


@writes("visit.walk_in")
def walk_in(*, actor: Actor, course: Course, therapist: Membership | None = None, client_key: UUID | None = None) -> Visit:
    """A visit that begins now, without a booking. The same `client_key` twice makes one visit."""
    if client_key is not None:
        # Held until the end, so that the second of two taps at once waits here, and then finds the first one's visit.
        Course.objects.select_for_update(of=("self",), no_key=True).get(pk=course.pk)
        known: Visit | None = Visit.objects.filter(client_key=client_key).first()
        if known is not None:
            nothing_to_write()
            return known
    if course.ended_on:
        raise VisitLocked("This course has ended.")
    now = timezone.now()
    visit = Visit(course=course, planned_for=now, arrived_at=now, state=Visit.State.ARRIVED, therapist=therapist, client_key=client_key)
    visit.save()
    audited(visit)
    return visit


@writes("visit.move")
def move_visit(*, actor: Actor, visit: Visit, planned_for: datetime, therapist: Membership | None = None) -> Visit:
    """Move an open visit to another time or therapist."""
    current = _locked(visit)
    if current.state != Visit.State.BOOKED:
        raise VisitLocked("Only a booked visit can be moved.")
    current.planned_for, current.therapist = planned_for, therapist
    current.save()
    audited(current)
    return current


@writes("visit.arrive")
def mark_arrived(*, actor: Actor, visit: Visit, at: datetime | None = None) -> Visit:
    """The patient is here. A second tap changes nothing."""
    current = _locked(visit)
    if current.state in {Visit.State.ARRIVED, Visit.State.SIGNED}:
        nothing_to_write()
        return current
    current.state, current.arrived_at = Visit.State.ARRIVED, at or timezone.now()
    current.missed_at, current.missed_late, current.missed_reason = None, None, ""  # somebody who came after all
    audited(current, place_lost=_saved_without_place(current))
    return current


def _saved_without_place(visit: Visit) -> bool:
    """Save a visit that takes place after all. Whoever has been booked into its place meanwhile keeps it; whether that was so."""
    try:
        with all_or_nothing():
            visit.save()
    except IntegrityError as error:
        broken_by(error)
        visit.planned_until = None
        visit.save()
        return True
    return False


@writes("visit.miss")
def mark_missed(*, actor: Actor, visit: Visit, state: str, reason: str = "") -> Visit:
    """The visit did not take place: no-show, or cancelled by patient or clinic; `reason` is one of Visit.MissedReason or empty."""
    if state not in _MISSED or reason not in {"", *Visit.MissedReason.values}:
        raise VisitRefused([Objection("state", "Choose why the visit did not take place.", hard=True)])
    current = _locked(visit)
    if current.state not in _OPEN:
        raise VisitLocked("This visit is closed already.")
    current.state, current.missed_at, current.missed_reason = state, timezone.now(), reason
    if state != Visit.State.NO_SHOW:
        current.missed_late = current.planned_for - current.missed_at < timedelta(hours=calendar_rules().late_hours)
    current.save()
    audited(current, state=state)
    return current


@writes("visit.reopen")
def reopen_visit(*, actor: Actor, visit: Visit) -> Visit:
    """Take back that a visit did not take place: it is booked again, or arrived if the patient had been here."""
    current = _locked(visit)
    if current.state not in _MISSED:
        raise VisitLocked("This visit is open or signed.")
    former = current.state
    current.state = Visit.State.ARRIVED if current.arrived_at else Visit.State.BOOKED
    current.missed_at, current.missed_late, current.missed_reason = None, None, ""
    audited(current, from_state=former, place_lost=_saved_without_place(current))
    return current


@writes("visit.miss_by_rule")
def mark_yesterdays_missed(*, actor: Actor, before: datetime, most: int = 500) -> int:
    """Booked visits from before this instant whose patient never arrived become no-shows; how many. Called twice it finds none.

    Whoever arrived keeps the visit open: a treatment that may have taken place waits for its signature.
    """
    rows = Visit.objects.select_for_update(of=("self",), no_key=True, skip_locked=True).select_related("course")
    missed = list(rows.filter(state=Visit.State.BOOKED, planned_for__lt=before).order_by("planned_for", "id")[:most])
    for visit in missed:
        visit.state, visit.missed_at = Visit.State.NO_SHOW, timezone.now()
        visit.save()
        audited(visit, state=visit.state, rule="booked, and the day is over")
    if not missed:
        nothing_to_write()
    return len(missed)


@writes("visit.draft")
def save_draft(*, actor: Actor, visit: Visit, form: Mapping[str, Any], revision: int) -> VisitDraft:
    """Keep what has been typed. `revision` is the one the page was opened with; raises DraftConflict when it is outdated.

    A draft saves itself every few seconds: it makes neither audit nor history, by decision (docs/adr/0003).
    """
    nothing_to_write()
    current = _locked(visit)
    if current.state not in _OPEN:
        raise VisitLocked("This visit is closed already.")
    draft = VisitDraft.objects.select_for_update(no_key=True).filter(visit=visit).first()
    if draft is not None and draft.revision != revision:
        raise DraftConflict(draft)
    draft = draft or VisitDraft(visit=current)
    draft.form, draft.revision, draft.saved_by = dict(form), revision + 1, member_of(actor)
    draft.save()
    return draft


@writes("visit.sign")
def sign_visit(
    *,
    actor: Actor,
    visit: Visit,
    record: VisitRecord,
    revision: int = 0,
    signed_by: Membership | None = None,
    devices: Iterable[Device] = (),
    was_asked: bool = False,
) -> Visit:
    """Record and lock a visit: every dose is computed here again, and kept beside what was typed.

    `revision` is that of the draft that whoever signs has seen, 0 for none. `devices` may hold those that this request has read
    already; the others are read here. With `was_asked` silence about a reaction is refused. Raises VisitRefused with every objection
    (hard ones, and warnings that were not confirmed), VisitLocked, and DraftConflict when a colleague has saved a draft that was not
    seen.
    """
    member = signed_by or member_of(actor)
    current = _locked(visit)
    if current.state not in _OPEN:
        raise VisitLocked("This visit is closed already.")
    draft = VisitDraft.objects.filter(visit=current).select_related("saved_by").first()
    if draft is not None and draft.revision != revision and draft.saved_by_id not in (None, member.pk):
        raise DraftConflict(draft)
    found = [*objections(record, _used(record, devices)), *about_time(record, current.course)]
    found += not_said(record) if was_asked else ()
    if any(objection.hard for objection in found) or (found and not record.warnings_confirmed):
        raise VisitRefused(found)
    LaserApplication.objects.bulk_create(laser_rows(current, record))
    OtherTreatment.objects.bulk_create(other_rows(current, record))
    for name in ("occurred_at", "pain_before", "pain_after", "no_pain_after_reason", "skin_checked", "reaction", "note"):
        setattr(current, name, getattr(record, name))
    current.state, current.recorded_at, current.signed_by = Visit.State.SIGNED, timezone.now(), member
    current.therapist_id = current.therapist_id or member.pk
    current.arrived_at = current.arrived_at or record.occurred_at
    current.save()
    if draft is not None:
        draft.delete()
    audited(current, laser=len(record.laser), other=len(record.other), warnings_confirmed=bool(found))
    return current


@writes("visit.amend")
def amend_visit(
    *, actor: Actor, visit: Visit, reason: str, changes: Mapping[str, Any], text: str = "", client_key: UUID | None = None
) -> Addendum:
    """Add a dated amendment to a signed visit: `changes` maps a field to [as signed, as amended]. The original stays.

    The same `client_key` twice makes one addendum.
    """
    known = _sent_before(visit, client_key)
    if known is not None:
        nothing_to_write()
        return known
    if visit.state != Visit.State.SIGNED:
        raise VisitLocked("Only a signed visit is amended.")
    if not reason.strip():
        raise VisitRefused([Objection("reason", "Say why the record is amended.", hard=True)])
    if not changes and not text.strip():
        raise VisitRefused([Objection("text", "Say what is amended.", hard=True)])
    addendum = Addendum(visit=visit, author=member_of(actor), reason=reason.strip(), changes=dict(changes), text=text.strip())
    addendum.client_key = client_key
    addendum.save()
    audited(addendum, fields=sorted(changes))
    return addendum


def _sent_before(visit: Visit, client_key: UUID | None) -> Addendum | None:
    if client_key is None:
        return None
    _locked(visit)  # the second of two at once waits here, and then finds the first one's
    found: Addendum | None = Addendum.objects.filter(visit=visit, client_key=client_key).first()
    return found
