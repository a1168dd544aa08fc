"""What an erasure would take and leave, who was erased, and whose record is past the time for which it has to be kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q

from clinic.models import Clinic, Erasure, ImportBatch, Message, Patient, PatientIdentity, Task
from clinic.scoping import current_clinic_id
from outcomes.erasing.ledger import read_ledger
from outcomes.erasing.retention import years_later
from outcomes.models import Invitation, Response
from sessions.models import Course, Visit

SHOWN = 100
# The last day on which anything was done with a person: a visit, an answer, the end of a course; at least the day they were registered.
_LAST = """
SELECT p.id, greatest(
    (p.registered_at AT TIME ZONE c.time_zone)::date,
    (SELECT max(greatest(k.started_on, k.ended_on)) FROM treatment_course k WHERE k.clinic_id = p.clinic_id AND k.patient_id = p.id),
    (SELECT max((coalesce(v.occurred_at, v.planned_for) AT TIME ZONE c.time_zone)::date) FROM treatment_visit v
        JOIN treatment_course k ON k.clinic_id = v.clinic_id AND k.id = v.course_id
        WHERE k.clinic_id = p.clinic_id AND k.patient_id = p.id),
    (SELECT max((r.occurred_at AT TIME ZONE c.time_zone)::date) FROM outcomes_response r
        JOIN treatment_course k ON k.clinic_id = r.clinic_id AND k.id = r.course_id
        WHERE k.clinic_id = p.clinic_id AND k.patient_id = p.id)) AS last_day
FROM clinic_patient p JOIN clinic_clinic c ON c.id = p.clinic_id WHERE p.clinic_id = %s
"""
# Who was registered before the retention time began can be past it; everybody else need not be looked at.
_OVER = f"""
SELECT id, last_day FROM ({_LAST} AND p.merged_into_id IS NULL AND p.registered_at < %s
    AND NOT EXISTS (SELECT FROM clinic_erasure e WHERE e.clinic_id = p.clinic_id AND e.person = p.id)) AS each
WHERE last_day <= %s ORDER BY last_day, id LIMIT {SHOWN + 1}
"""  # noqa: S608 - no value from outside


@dataclass(frozen=True)
class Preview:
    """One person before an erasure. `until`: the day from which nothing has to be kept; `now`: it has come already."""

    record_number: str
    name: str
    birth_date: date | None
    merged: int
    messages: int
    staged_files: int
    open_tasks: int
    open_invitations: int
    unsigned_visits: int
    visits: int
    answers: int
    last_day: date
    until: date
    now: bool
    in_care: bool


@dataclass(frozen=True)
class ErasedLine:
    """One person who was erased: by the reference that is left of them."""

    reference: str
    erased_at: datetime
    who: str
    reason: str
    until: date
    record_gone: bool
    in_ledger: bool


@dataclass(frozen=True)
class PastLine:
    """One record that need no longer be kept."""

    record_number: str
    last_day: date
    until: date


def record_until(people: Collection[UUID]) -> date:
    """The day from which the record of this person, under all these records, need not be kept."""
    return years_later(_last_day(people), settings.RECORD_RETENTION_YEARS)


def _last_day(people: Collection[UUID]) -> date:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(last_day) FROM ({_LAST} AND p.id = ANY (%s)) AS each", [current_clinic_id(), list(people)])  # noqa: S608
        [last] = cursor.fetchone()
    found: date = last
    return found


def preview(patient: Patient) -> Preview:
    """What goes and what stays, counted."""
    people = [patient.pk, *Patient.objects.filter(merged_into=patient).values_list("pk", flat=True)]
    identity = PatientIdentity.objects.get(patient=patient)
    last_day, today = _last_day(people), Clinic.objects.get(pk=current_clinic_id()).today()
    until = years_later(last_day, settings.RECORD_RETENTION_YEARS)
    visits = Visit.objects.filter(course__patient__in=people)
    unsigned = visits.filter(state__in=[Visit.State.BOOKED, Visit.State.ARRIVED]).count()
    staged = ImportBatch.objects.filter(Q(lines__isnull=False) | Q(pieces__isnull=False)).distinct().count()
    return Preview(
        record_number=patient.record_number,
        name=identity.list_name,
        birth_date=date.fromisoformat(identity.birth_date) if identity.birth_date else None,
        merged=len(people) - 1,
        messages=Message.objects.filter(patient__in=people).count(),
        staged_files=staged,
        open_tasks=Task.objects.filter(patient__in=people).exclude(state=Task.State.DONE).count(),
        open_invitations=Invitation.objects.filter(course__patient__in=people, state=Invitation.State.OPEN).count(),
        unsigned_visits=unsigned,
        visits=visits.filter(state=Visit.State.SIGNED).count(),
        answers=Response.objects.filter(course__patient__in=people).count(),
        last_day=last_day,
        until=until,
        now=until <= today,
        in_care=bool(unsigned) or Course.objects.filter(patient__in=people, ended_on=None).exists(),
    )


def erased_lines() -> list[ErasedLine]:
    """The newest hundred who were erased."""
    try:
        written = {entry["id"] for entry in read_ledger().entries}
    except OSError:
        written = set()
    gone = set(Erasure.objects.filter(kind=Erasure.Kind.RECORD).values_list("person", flat=True))
    rows = Erasure.objects.filter(kind=Erasure.Kind.IDENTITY).select_related("erased_by").order_by("-erased_at", "-pk")[:SHOWN]
    return [
        ErasedLine(
            reference=row.reference,
            erased_at=row.erased_at,
            who=row.erased_by.display_name if row.erased_by else "",
            reason=row.get_reason_display(),
            until=row.record_until,
            record_gone=row.person in gone,
            in_ledger=str(row.pk) in written,
        )
        for row in rows
    ]


def past_their_time() -> list[PastLine]:
    """The hundred oldest records that need no longer be kept and are kept still; one more when there are more."""
    today = Clinic.objects.get(pk=current_clinic_id()).today()
    years = settings.RECORD_RETENTION_YEARS
    limit = years_later(today, -years)
    with connection.cursor() as cursor:
        cursor.execute(_OVER, [current_clinic_id(), limit + timedelta(days=2), limit])
        last = dict(cursor.fetchall())
    numbers = dict(Patient.objects.filter(pk__in=last).values_list("pk", "record_number"))
    return [PastLine(numbers[person], day, years_later(day, years)) for person, day in last.items()]
