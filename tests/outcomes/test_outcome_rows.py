"""Outcome rows: what is a baseline, what is the latest score, and that the rows can be proved against the scores."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from clinic.scoping import clinic_scope
from clinic.writes import Actor, nothing_to_write, writes
from outcomes.models import OutcomeRow, Response
from outcomes.services.outcome_rows import Scored, drifted_rows, outcome_of
from outcomes.services.responses import record_response, void_response
from tests.cast import Cast

DAY_0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def _scored(value: int, day: int, occasion: str) -> Scored:
    return Scored(Decimal(value), DAY_0 + timedelta(days=day), occasion, uuid4())


# occasion, day and value of each score → baseline, latest
CASES: list[tuple[list[tuple[str, int, int]], int | None, int | None]] = [
    ([], None, None),
    ([("baseline", 0, 7)], 7, None),
    ([("baseline", 0, 7), ("during", 7, 5), ("discharge", 30, 3)], 7, 3),
    ([("during", 7, 5), ("discharge", 30, 3)], None, 3),
    ([("baseline", -9, 8), ("baseline", 0, 6), ("during", 7, 5)], 6, 5),
    ([("during", -3, 9), ("baseline", 0, 6)], 6, None),
    ([("discharge", 30, 3), ("baseline", 0, 7), ("month_3", 92, 4)], 7, 4),
]


@pytest.mark.parametrize(("scores", "baseline", "latest"), CASES)
def test_baseline_is_what_was_said_before_treatment_and_latest_what_was_said_last(
    scores: list[tuple[str, int, int]], baseline: int | None, latest: int | None
) -> None:
    outcome = outcome_of(_scored(value, day, occasion) for occasion, day, value in scores)
    found = (outcome.baseline and int(outcome.baseline.value), outcome.latest and int(outcome.latest.value), outcome.answered)
    assert found == (baseline, latest, len(scores))


def _answer(cast: Cast, value: int, occasion: str, day: int) -> None:
    record_response(
        actor=cast.actor(),
        course=cast.ada_course,
        answers={"nprs-back-7d": {"back": value}, "rmdq-24": {f"r{n:02}": n <= value for n in range(1, 25)}},
        occasion=occasion,
        mode="mail",
        answered_by="patient",
        occurred_at=DAY_0 + timedelta(days=day),
        zone="Europe/Berlin",
    )


@writes("test.spoil")
def _spoil(*, actor: Actor, **values: Any) -> None:
    nothing_to_write()
    OutcomeRow.objects.filter(scale="pain.back.7d").update(**values)


def test_the_rows_agree_with_the_scores_after_every_answer(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        for value, occasion, day in ((7, "baseline", 0), (5, "during", 7), (3, "discharge", 30)):
            _answer(cast, value, occasion, day)
            assert drifted_rows() == []
        assert OutcomeRow.objects.count() == 2


def test_check_finds_a_row_that_differs_and_rebuild_repairs_it(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        _answer(cast, 7, "baseline", 0)
        _answer(cast, 3, "discharge", 30)
        _spoil(actor=cast.actor(), latest_value=Decimal(9))
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("rebuild_outcomes", check=True, stdout=said)
    assert f"course {cast.ada_course.pk}, scale pain.back.7d" in said.getvalue()
    with clinic_scope(cast.harbour.pk):
        assert OutcomeRow.objects.get(scale="pain.back.7d").latest_value == 9  # checking changes nothing
    call_command("rebuild_outcomes", stdout=said)
    with clinic_scope(cast.harbour.pk):
        assert OutcomeRow.objects.get(scale="pain.back.7d").latest_value == 3
    call_command("rebuild_outcomes", check=True, stdout=said)


@pytest.mark.parametrize("seed", range(4))
def test_the_database_derives_what_the_rule_in_python_says_whatever_the_order_of_answers(cast: Cast, seed: int) -> None:
    chance = Random(seed)
    occasions = ["baseline", "during", "during", "discharge", "month_3"]
    with clinic_scope(cast.harbour.pk):
        for _ in range(12):
            _answer(cast, chance.randint(0, 10), chance.choice(occasions), chance.randint(-1, 1))  # days repeat: ties are common
            if chance.random() < 0.3:
                response = chance.choice(list(Response.objects.filter(void=None)))
                void_response(actor=cast.actor(), response=response, reason="entered for another person")
            assert drifted_rows() == []
        assert OutcomeRow.objects.count() == 2
