"""A course's timeline: visits with dose and immediate pain, surveys with scores, plan versions. Four statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from outcomes.models import Response, Score
from outcomes.models.invitation import Occasion
from outcomes.occasions import counts_as
from outcomes.registry import instruments
from outcomes.selectors.record import TimelineEntry
from outcomes.wording import short_name, written
from sessions.models import LaserApplication, Plan, Visit
from sessions.selectors.visits import why_missed

NO_SCORE = {
    "not_answered": gettext_noop("not answered"),
    "too_few_answered": gettext_noop("too few questions answered"),
    "invalid_answer": gettext_noop("an answer does not fit"),
    "not_confirmed": gettext_noop("not confirmed that nothing applies"),
}


def timeline(course_id: UUID, *, limit: int = 300) -> list[TimelineEntry]:
    """Everything that happened in a course, newest first."""
    rows = Visit.objects.filter(course_id=course_id).select_related("therapist").annotate(amended=Count("addenda"))
    visits = list(rows.order_by("planned_for"))
    began = min((visit.occurred_at for visit in visits if visit.state == Visit.State.SIGNED and visit.occurred_at), default=None)
    entries = [*_visits(course_id, visits), *_surveys(course_id, began), *_plans(course_id)]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:limit]


def _visits(course_id: UUID, visits: Sequence[Visit]) -> list[TimelineEntry]:
    joules: dict[UUID, list[Decimal | None]] = {}
    for visit_id, energy in LaserApplication.objects.filter(visit__course_id=course_id).values_list("visit_id", "energy_computed_j"):
        joules.setdefault(visit_id, []).append(energy)
    return [_visit(visit, joules.get(visit.pk)) for visit in visits]


def _visit(visit: Any, joules: list[Decimal | None] | None) -> TimelineEntry:
    details = []
    if visit.state == Visit.State.SIGNED:
        if joules is None:
            details.append(_("no laser"))
        elif None in joules:
            details.append(_("laser, energy not computable"))
        else:
            known = sum((energy for energy in joules if energy is not None), Decimal(0))
            details.append(_("laser %(energy)s J") % {"energy": format(known.quantize(Decimal(1)), "f")})
        pain = {"before": _pain(visit.pain_before), "after": _pain(visit.pain_after)}
        details.append(_("immediate pain %(before)s → %(after)s") % pain)
        if visit.amended:
            details.append(_("amended"))
    elif why := why_missed(visit):
        details.append(why)
    if visit.therapist:
        details.append(visit.therapist.display_name)
    title = f"{_('Visit')}: {visit.get_state_display()}"
    return TimelineEntry(visit.occurred_at or visit.planned_for, "laser" if joules else "visit", title, tuple(details), visit.pk)


def _pain(value: int | None) -> str:
    return "–" if value is None else str(value)


def _surveys(course_id: UUID, began: datetime | None) -> list[TimelineEntry]:
    rows = Score.objects.filter(course_id=course_id).select_related("response", "response__void").order_by("occurred_at", "scored_at")
    counting: set[UUID] = set()
    by_receipt: dict[UUID, tuple[Any, dict[tuple[UUID, str], str]]] = {}
    for score in rows:
        words = _score_words(score)
        if hasattr(score.response, "void"):
            words = _("%(answers)s (void: does not count)") % {"answers": words}
        else:
            counting.add(score.response.receipt)
        by_receipt.setdefault(score.response.receipt, (score.response, {}))[1][score.response_id, score.scale] = words
    return [
        _survey(response, list(lines.values()), began, voided=receipt not in counting) for receipt, (response, lines) in by_receipt.items()
    ]


@dataclass(frozen=True)
class GivenAnswers:
    """One instrument of a submission in words, and why it does not count, if so."""

    id: UUID
    words: str
    void_reason: str


def submission(receipt: UUID) -> list[GivenAnswers]:
    """The answers handed in together under one receipt; three statements."""
    rows = Response.objects.filter(receipt=receipt).select_related("void").prefetch_related("scores").order_by("instrument")
    return [
        GivenAnswers(
            row.pk,
            "; ".join(sorted({_score_words(score) for score in row.scores.all()})) or short_name(instruments()[row.instrument]),
            row.void.reason if hasattr(row, "void") else "",
        )
        for row in rows
    ]


def _score_words(score: Any) -> str:
    scale, name = instruments().scale(score.scale), short_name(instruments().instrument_of(score.scale))
    if score.value is None:
        reason = _(NO_SCORE.get(score.no_score_reason, score.no_score_reason))
        return _("%(name)s: no score, %(reason)s") % {"name": name, "reason": reason}
    return f"{name} {written(scale, score.value)}"


def _survey(response: Any, lines: list[str], began: datetime | None, *, voided: bool) -> TimelineEntry:
    occasion = counts_as(response.occasion, response.occurred_at, mode=response.mode, zone=response.zone, began=began)
    how = f"{Occasion(occasion).label}, {response.get_mode_display()}"
    return TimelineEntry(response.occurred_at, "survey", _("Survey"), (*lines, how), None, None if voided else response.pk)


def _plans(course_id: UUID) -> list[TimelineEntry]:
    plans = Plan.objects.filter(course_id=course_id).select_related("protocol").order_by("version")
    return [
        TimelineEntry(
            plan.made_at,
            "plan",
            _("Plan, version %(version)s") % {"version": plan.version},
            (
                _("%(visits)s visits, review on %(day)s") % {"visits": plan.planned_visits, "day": date_format(plan.review_on)},
                plan.protocol.name if plan.protocol else _("no laser"),
            ),
        )
        for plan in plans
    ]
