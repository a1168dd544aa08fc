"""Answers become responses, scores and outcome rows in one transaction."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic.models import AuditEvent
from clinic.scoping import clinic_scope
from outcomes.models import OutcomeRow, Response, Score
from outcomes.services.responses import AnswersRefused, Receipt, ResponseRefused, record_response, void_response
from tests.cast import Cast

DAY_0 = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RMDQ_ALL_OPEN = {f"i{number}": False for number in range(1, 25)}


def _answer(cast: Cast, answers: dict[str, Any], *, occasion: str, days: int = 0, **more: Any) -> Receipt:
    return record_response(
        actor=cast.actor(),
        course=cast.ada_course,
        answers=answers,
        occasion=occasion,
        mode="mail",
        answered_by="patient",
        occurred_at=DAY_0 + timedelta(days=days),
        zone="Europe/Berlin",
        **more,
    )


def _back(value: object) -> dict[str, Any]:
    from outcomes.registry import instruments

    [item] = instruments()["nprs-back-7d"].items
    return {"nprs-back-7d": {item.id: value}}


def _row(cast: Cast) -> tuple[Decimal | None, Decimal | None, int]:
    row = OutcomeRow.objects.get(course=cast.ada_course, scale="pain.back.7d")
    return row.baseline_value, row.latest_value, row.answered


def test_a_baseline_and_a_later_answer_make_one_outcome_row(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        _answer(cast, _back(7), occasion="baseline")
        assert _row(cast) == (Decimal(7), None, 1)
        _answer(cast, _back(4), occasion="during", days=14)
        assert _row(cast) == (Decimal(7), Decimal(4), 2)
        assert OutcomeRow.objects.count() == 1


def test_a_missing_baseline_stays_missing(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        _answer(cast, _back(6), occasion="during")
        _answer(cast, _back(3), occasion="discharge", days=30)
        assert _row(cast) == (None, Decimal(3), 2)


def test_a_late_baseline_of_an_earlier_day_takes_its_place(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        _answer(cast, _back(3), occasion="during", days=10)
        _answer(cast, _back(8), occasion="baseline", days=0)
        assert _row(cast) == (Decimal(8), Decimal(3), 2)


def test_a_voided_response_no_longer_counts_and_stays_readable(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        _answer(cast, _back(7), occasion="baseline")
        wrong = _answer(cast, _back(1), occasion="during", days=5)
        void_response(actor=cast.actor(), response=Response.objects.get(pk=wrong.responses[0]), reason="entered for the wrong person")
        assert _row(cast) == (Decimal(7), None, 1)
        assert Response.objects.get(pk=wrong.responses[0]).answers == next(iter(_back(1).values()))
        with pytest.raises(ResponseRefused, match="void already"):
            void_response(actor=cast.actor(), response=Response.objects.get(pk=wrong.responses[0]), reason="again")


def test_an_unanswered_item_has_no_score_and_says_why(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        _answer(cast, _back(None), occasion="baseline")
        assert list(Score.objects.values_list("scale", "value", "no_score_reason")) == [("pain.back.7d", None, "not_answered")]
        assert _row(cast) == (None, None, 0)


def test_immediate_pain_makes_no_outcome_row(cast: Cast) -> None:
    from outcomes.registry import instruments

    [item] = instruments()["nprs-now"].items
    with clinic_scope(cast.harbour.pk):
        _answer(cast, {"nprs-now": {item.id: 9}}, occasion="during")
        assert OutcomeRow.objects.count() == 0
        assert Score.objects.get().value == 9


@pytest.mark.parametrize("wrong", [11, -1, 2.5, "seven", True])
def test_an_answer_that_does_not_fit_is_refused_and_nothing_is_stored(cast: Cast, wrong: object) -> None:
    with clinic_scope(cast.harbour.pk):
        with pytest.raises(AnswersRefused) as refused:
            _answer(cast, _back(wrong), occasion="baseline")
        assert list(refused.value.problems) == ["nprs-back-7d"]
        assert (Response.objects.count(), Score.objects.count()) == (0, 0)


def test_a_response_keeps_how_it_came_about(cast: Cast) -> None:
    device_time = DAY_0 - timedelta(minutes=3)
    with clinic_scope(cast.harbour.pk):
        _answer(cast, _back(5), occasion="baseline", language="de", layout="row", device_time=device_time)
        response = Response.objects.get()
        assert (response.mode, response.answered_by, response.language, response.layout, response.zone) == (
            "mail",
            "patient",
            "de",
            "row",
            "Europe/Berlin",
        )
        assert response.device_time == device_time
        assert response.form_version.startswith("nprs-back-7d@")
        assert len(response.text_hash) == 64
        assert response.translation
        assert response.received_at > DAY_0


def test_the_audit_names_instruments_and_mode_but_no_answer(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        _answer(cast, _back(7), occasion="baseline")
        event = AuditEvent.objects.get(action="response.record")
        assert (event.patient_id, event.detail) == (cast.ada.pk, {"instruments": ["nprs-back-7d"], "mode": "mail"})


@pytest.mark.parametrize("ticked", [1, 24])
def test_recording_takes_six_statements_whatever_the_number_of_items(cast: Cast, ticked: int) -> None:
    from outcomes.registry import instruments

    items = instruments()["rmdq-24"].items
    answers = _back(7) | {"rmdq-24": {item.id: place < ticked for place, item in enumerate(items)}}
    with clinic_scope(cast.harbour.pk), CaptureQueriesContext(connection) as queries:
        receipt = _answer(cast, answers, occasion="baseline")
    assert len(queries) <= 7, [query["sql"][:90] for query in queries]  # the six, and the savepoint's release by the scope
    assert {score.scale: score.value for score in receipt.scores} == {"pain.back.7d": 7, "disability.rmdq24": ticked}


def test_the_indexes_on_answers_and_scores_grow_at_one_end(cast: Cast) -> None:
    """One that begins with the clinic has an end for every clinic, where PostgreSQL leaves pages half empty (migration 0011)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, a.attname FROM pg_index i
               JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
               WHERE i.indrelid IN ('outcomes_response'::regclass, 'outcomes_score'::regclass)"""
        )
        found = {(table, index): column for table, index, column in cursor.fetchall()}
    # Only imported rows stand in the index by source.
    assert [index for (_, index), column in found.items() if column == "clinic_id"] == ["response_source_key_once"]
    assert sorted(found.values()) == ["clinic_id", "course_id", "course_id", "id", "id", "invitation_id", "response_id", "visit_id"]
