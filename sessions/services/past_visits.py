"""Visits that took place before this product was there, brought in from a file: their dose is computed here as everybody's is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from clinic.models import Membership
from clinic.writes import Actor, audited, nothing_to_write, writes
from sessions.models import Course, Device, LaserApplication, OtherTreatment, Visit
from sessions.records import VisitRecord
from sessions.services.visit_parts import Objection, VisitRefused, laser_rows, objections, other_rows


@dataclass(frozen=True, kw_only=True)
class PastVisit:
    """One visit of a file. `therapist` is None where the file does not say who treated; `external_id` is its key in the file."""

    course: Course
    record: VisitRecord
    external_id: str
    therapist: Membership | None = None


def past_objections(record: VisitRecord, devices: Mapping[UUID, Device]) -> list[Objection]:
    """What speaks against a past visit: as for one of today, but that it need not say what was done."""
    return [each for each in objections(record, devices) if each.field != "laser"]


@writes("visit.import")
def record_past_visits(*, actor: Actor, member: Membership, visits: Sequence[PastVisit], devices: Mapping[UUID, Device]) -> list[Visit]:
    """Record visits as signed by the member who brings them in; six statements whatever their number. Raises VisitRefused."""
    hard = [each for past in visits for each in past_objections(past.record, devices) if each.hard]
    if hard:
        raise VisitRefused(hard)
    made = [_open(past) for past in visits]
    Visit.objects.bulk_create(made)
    both = list(zip(made, visits, strict=True))
    LaserApplication.objects.bulk_create([row for visit, past in both for row in laser_rows(visit, past.record)])
    OtherTreatment.objects.bulk_create([row for visit, past in both for row in other_rows(visit, past.record)])
    signed = {"state": Visit.State.SIGNED, "recorded_at": timezone.now(), "signed_by": member}
    Visit.objects.filter(pk__in=[visit.pk for visit in made]).update(**signed)
    for visit, past in both:
        audited(visit, laser=len(past.record.laser), other=len(past.record.other))
    if not made:
        nothing_to_write()
    return made


def _open(past: PastVisit) -> Visit:
    record = past.record
    return Visit(
        course=past.course,
        therapist=past.therapist,
        state=Visit.State.ARRIVED,
        planned_for=record.occurred_at,
        arrived_at=record.occurred_at,
        occurred_at=record.occurred_at,
        pain_before=record.pain_before,
        pain_after=record.pain_after,
        no_pain_after_reason=record.no_pain_after_reason,
        note=record.note,
        external_id=past.external_id,
    )


@writes("visit.undo_import")
def drop_past_visits(*, actor: Actor, visits: Sequence[Visit]) -> None:
    """Delete visits that a file brought; their history keeps what they were. Raises when an amendment or an answer hangs on one."""
    if not visits:
        nothing_to_write()
        return
    for visit in visits:
        audited(visit)
    ids = [visit.pk for visit in visits]
    LaserApplication.objects.filter(visit__in=ids).delete()
    OtherTreatment.objects.filter(visit__in=ids).delete()
    Visit.objects.filter(pk__in=ids).delete()
