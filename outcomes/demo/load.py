"""Invented scores in bulk, for measuring how the product behaves when it is full. Nothing of it tells a story.

Rows are copied straight into the tables, past services and audit: a million scores through `record_response` would take an hour.
That is why only the owner of the database can do it, and only where every clinic is a demo.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone

from clinic.identifiers import uuid7
from clinic.models import Clinic, Organisation, Patient
from outcomes.models import Response, Score
from outcomes.registry import instruments
from outcomes.services.outcome_rows import outcome_scales
from sessions.models import Course

SETS_PER_COURSE = 10
INSTRUMENTS = ("nprs-back-7d", "nprs-leg-7d")
SCORES_PER_COURSE = SETS_PER_COURSE * len(INSTRUMENTS)
_LABELS = ("", "A", "B")


@dataclass(frozen=True)
class _Batch:
    """Rows of one clinic, ready to be copied."""

    patients: list[Patient]
    courses: list[Course]
    responses: list[Response]
    scores: list[Score]


def open_clinics(number: int) -> list[Clinic]:
    """So many empty demo clinics of one organisation, named load-1, load-2, …; those that are there are taken."""
    organisation, _made = Organisation.objects.get_or_create(name="Load")
    return [
        Clinic.objects.get_or_create(
            slug=f"load-{n}", defaults={"organisation": organisation, "name": f"Load {n}", "is_demo": True, "time_zone": "UTC"}
        )[0]
        for n in range(1, number + 1)
    ]


def fill(clinic: Clinic, courses: int, *, seed: int, ends: date) -> int:
    """Copy so many ended courses with their scores into an empty clinic, and derive their outcome rows; how many scores were copied.

    A clinic that holds patients is left as it is, so that an interrupted run can be gone on with.
    """
    with transaction.atomic():
        if models.QuerySet(Patient).filter(clinic=clinic).exists():
            return 0
        batch = _batch(clinic, courses, Random(f"{seed} {clinic.slug}"), ends)  # noqa: S311 - figures of nobody
        for model, rows in ((Patient, batch.patients), (Course, batch.courses), (Response, batch.responses), (Score, batch.scores)):
            _copy(model, rows)
        scales = sorted({score.scale for score in batch.scores} & outcome_scales())
        pairs = [(course.pk, scale) for course in batch.courses for scale in scales]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT outcomes_refresh_rows(%s::uuid[], %s::uuid[], %s::text[])",
                [[uuid7() for _ in pairs], [course for course, _ in pairs], [scale for _, scale in pairs]],
            )
    return len(batch.scores)


def _batch(clinic: Clinic, number: int, chance: Random, ends: date) -> _Batch:
    batch = _Batch([], [], [], [])
    for n in range(number):
        patient = Patient(clinic_id=clinic.pk, record_number=f"L{n:06}")
        started = ends - timedelta(days=chance.randint(120, 700))
        course = Course(
            clinic_id=clinic.pk,
            patient_id=patient.pk,
            complaint=chance.choice(Course.Complaint.values),
            label=chance.choice(_LABELS),
            started_on=started,
            ended_on=started + timedelta(days=90),
            end_reason=Course.EndReason.COMPLETED,
            external_id=f"load-{n}",
        )
        batch.patients.append(patient)
        batch.courses.append(course)
        for response, score in _answers(clinic.pk, course, chance):
            batch.responses.append(response)
            batch.scores.append(score)
    return batch


def _answers(clinic_id: UUID, course: Course, chance: Random) -> Iterator[tuple[Response, Score]]:
    """Ten sets of two ratings. One course in six begins without a baseline, one in four says nothing after it that counts."""
    first = "during" if chance.random() < 1 / 6 else "baseline"
    silent = chance.random() < 1 / 4
    level = chance.randint(3, 9)
    for n in range(SETS_PER_COURSE):
        occasion = first if n == 0 or silent else "during"
        at = datetime.combine(course.started_on, datetime.min.time(), UTC) + timedelta(days=9 * n, hours=9)
        receipt = uuid7()
        for key in INSTRUMENTS:
            instrument = instruments()[key]
            [item], [scale] = instrument.items, instrument.scales
            value = min(10, max(0, level + chance.randint(-3, 2)))
            response = Response(
                clinic_id=clinic_id,
                course_id=course.pk,
                receipt=receipt,
                instrument=key,
                form_version=instrument.form_version,
                answers={item.id: value},
                occasion=occasion,
                mode="import",
                answered_by="unknown",
                language="en",
                occurred_at=at,
                zone="UTC",
            )
            yield response, _score(response, scale.id, value)


def _score(response: Response, scale: str, value: int) -> Score:
    return Score(
        clinic_id=response.clinic_id,
        response_id=response.pk,
        course_id=response.course_id,
        scale=scale,
        value=Decimal(value),
        answered_items=1,
        scorer_version="load",
        occurred_at=response.occurred_at,
    )


def _copy(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    now = timezone.now()
    with connection.cursor() as cursor, cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([_plain(field, row, now) for field in fields])


def _plain(field: Any, row: models.Model, now: datetime) -> Any:
    if getattr(field, "auto_now_add", False):
        return now
    value = getattr(row, field.attname)
    return json.dumps(value) if isinstance(field, models.JSONField) else value
