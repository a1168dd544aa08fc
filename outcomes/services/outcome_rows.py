"""Outcome rows: baseline and latest score of a course on a scale, kept beside the scores they are derived from.

A missing baseline stays missing: only a score of the occasion *before treatment* is a baseline, if it was given before the first
treatment (`outcomes.occasions`), and no follow-up is moved into its place. Voided responses and scores without a value do not count;
immediate pain is not an outcome. Where a response was scored again, the newest scoring counts.
"""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from clinic.identifiers import uuid7
from clinic.scoping import ClinicModel, settle_clinic
from clinic.writes import Actor, nothing_to_write, require_open_gate, writes
from outcomes.models import OutcomeRow, Response, Score
from outcomes.models.invitation import Occasion
from outcomes.occasions import counts_as
from outcomes.registry import instruments
from sessions.models import Course
from sessions.selectors.visits import treatment_began

_DERIVED = (
    "baseline_value",
    "baseline_at",
    "baseline_response_id",
    "latest_value",
    "latest_at",
    "latest_response_id",
    "latest_occasion",
    "answered",
)


@dataclass(frozen=True)
class Scored:
    """One score that counts."""

    value: Decimal
    at: datetime
    occasion: str
    response_id: UUID


@dataclass(frozen=True)
class Outcome:
    """What an outcome row says."""

    baseline: Scored | None
    latest: Scored | None
    answered: int


def outcome_of(scores: Iterable[Scored]) -> Outcome:
    """Baseline: the last score before treatment. Latest: the newest later one, or the newest at all without a baseline."""
    ordered = sorted(scores, key=lambda score: (score.at, score.response_id))
    before = [score for score in ordered if score.occasion == Occasion.BASELINE]
    baseline = before[-1] if before else None
    later = [s for s in ordered if s.occasion != Occasion.BASELINE and (baseline is None or s.at > baseline.at)]
    return Outcome(baseline=baseline, latest=later[-1] if later else None, answered=len(ordered))


def outcome_scales() -> frozenset[str]:
    """The scales that outcome rows are about."""
    return frozenset(scale.id for scale in instruments().outcome_scales)


def counted_scores(course_ids: Iterable[UUID], scales: Iterable[str]) -> dict[tuple[UUID, str], list[Scored]]:
    """The scores that count, by course and scale, in one statement."""
    rows = (
        Score.objects.filter(course_id__in=list(course_ids), scale__in=list(scales), response__void__isnull=True)
        .annotate(began=treatment_began("course"))
        .order_by("response_id", "scale", "scored_at", "id")
        .values_list(
            *("course_id", "scale", "response_id", "value", "occurred_at"),
            *("response__occasion", "response__mode", "response__zone", "began"),
        )
    )
    newest: dict[tuple[UUID, str, UUID], Scored | None] = {}
    for course_id, scale, response_id, value, at, asked, mode, zone, began in rows:
        occasion = counts_as(asked, at, mode=mode, zone=zone, began=began)
        newest[course_id, scale, response_id] = None if value is None else Scored(value, at, occasion, response_id)
    found: dict[tuple[UUID, str], list[Scored]] = defaultdict(list)
    for (course_id, scale, _), scored in newest.items():
        if scored is not None:
            found[course_id, scale].append(scored)
    return found


def derived_values(outcome: Outcome) -> dict[str, Any]:
    """An outcome as columns of its row."""
    baseline, latest = outcome.baseline, outcome.latest
    return {
        "baseline_value": baseline and baseline.value,
        "baseline_at": baseline and baseline.at,
        "baseline_response_id": baseline and baseline.response_id,
        "latest_value": latest and latest.value,
        "latest_at": latest and latest.at,
        "latest_response_id": latest and latest.response_id,
        "latest_occasion": latest.occasion if latest else "",
        "answered": outcome.answered,
    }


def refresh_outcome_rows(course_ids: Iterable[UUID], scales: Iterable[str]) -> int:
    """Rewrite the rows of these courses and scales from their scores, in one statement. Called inside a `@writes` function.

    The database does it (migrations 0005 and 0010): it locks the courses first, in one order, because two submissions of one course would
    otherwise each miss the other's scores; a course with many answers costs no more than one with few. The same rule in Python,
    `outcome_of`, is what `rebuild_outcomes --check` holds the rows against.
    """
    require_open_gate(OutcomeRow)
    with connection.cursor() as cursor:
        cursor.execute("SELECT outcomes_refresh_rows(%s::uuid[], %s::uuid[], %s::text[])", _rows_to_write(course_ids, scales))
        return int(cursor.fetchone()[0])


def store_answers(responses: Sequence[Response], scores: Sequence[Score]) -> None:
    """Add responses and their scores, and rewrite the outcome rows they change: one statement. Called inside a `@writes` function."""
    require_open_gate(Response)
    rows = _rows_to_write({row.course_id for row in responses}, {row.scale for row in scores})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcomes_store_answers(%s::jsonb, %s::jsonb, %s::uuid[], %s::uuid[], %s::text[])",
            [_as_json(responses), _as_json(scores), *rows],
        )


def _rows_to_write(course_ids: Iterable[UUID], scales: Iterable[str]) -> tuple[list[UUID], list[UUID], list[str]]:
    """Every course with every scale that outcome rows are about, and an id for each row that is new."""
    pairs = list(itertools.product(sorted(set(course_ids)), sorted(set(scales) & outcome_scales())))
    return [uuid7() for _ in pairs], [course for course, _ in pairs], [scale for _, scale in pairs]


def _as_json(rows: Sequence[ClinicModel]) -> str:
    """Rows as a JSON list of objects, by column; `pre_save` fills in times as saving would."""
    for row in rows:
        settle_clinic(row)
    return json.dumps([{field.column: field.pre_save(row, add=True) for field in row._meta.concrete_fields} for row in rows], default=str)


def drifted_rows() -> list[tuple[UUID, str]]:
    """The courses and scales of the open clinic whose row is missing, superfluous or differs from their scores; three statements."""
    stored = {(row["course_id"], row["scale"]): row for row in OutcomeRow.objects.values("course_id", "scale", *_DERIVED)}
    scores = counted_scores(Course.objects.values_list("pk", flat=True), outcome_scales())
    nothing = derived_values(outcome_of([]))
    found = []
    for key in sorted({*stored, *scores}):
        right = derived_values(outcome_of(scores.get(key, [])))
        row = stored.get(key)
        there = {name: row[name] for name in right} if row else nothing
        if there != right:
            found.append(key)
    return found


@writes("outcomes.rebuild")
def rebuild_outcome_rows(*, actor: Actor) -> int:
    """Rewrite every row of the open clinic that differs from its scores; how many were written."""
    drift = drifted_rows()
    nothing_to_write()
    by_scale: dict[str, list[UUID]] = defaultdict(list)
    for course_id, scale in drift:
        by_scale[scale].append(course_id)
    return sum(refresh_outcome_rows(courses, [scale]) for scale, courses in by_scale.items())
