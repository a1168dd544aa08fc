"""The record: a trend with its table, visits and surveys newest first, immediate pain apart, a constant number of statements."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.scoping import clinic_scope
from outcomes.registry import instruments
from outcomes.services.responses import record_response
from sessions.records import OtherRecord, VisitRecord
from sessions.services.visits import sign_visit, walk_in
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def _answer(cast: Cast, back: int | None, ticked: int, *, occasion: str, days: int) -> None:
    [item] = instruments()["nprs-back-7d"].items
    ticks: dict[str, Any] = {each.id: place < ticked for place, each in enumerate(instruments()["rmdq-24"].items)}
    record_response(
        actor=cast.actor(),
        course=cast.ada_course,
        answers={"nprs-back-7d": {item.id: back}, "rmdq-24": ticks},
        occasion=occasion,
        mode="tablet",
        answered_by="patient",
        occurred_at=timezone.now() - timedelta(days=days),
        zone="Europe/Berlin",
    )


def _page(cast: Cast) -> str:
    client = Client()
    client.force_login(cast.therapist.user)
    answer = client.get(f"/c/harbour/patients/{cast.ada.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_trend_says_direction_baseline_and_latest_and_gives_its_table(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        _answer(cast, 7, 14, occasion="baseline", days=28)
        _answer(cast, 4, 8, occasion="during", days=1)
    page = _page(cast)
    assert "Back pain, average of the past 7 days was 7 before treatment and is 4 at the newest score; lower is better." in page
    assert "Disability (RMDQ-24) was 14 before treatment and is 8 at the newest score; lower is better." in page
    assert page.count("<svg") >= 1
    chart = page[page.index("Pain and disability over time") :]
    assert re.search(r">\d{1,2} [A-Z][a-z]{2} 20\d\d<", chart)  # the days of the axis as everywhere else
    assert "Show as table" in page


def test_without_a_baseline_no_change_is_stated(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        _answer(cast, 4, 8, occasion="during", days=1)
    assert "Back pain, average of the past 7 days: no score from before treatment, so no change is stated." in _page(cast)


def test_an_unanswered_question_has_no_score_and_its_reason(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        _answer(cast, None, 8, occasion="baseline", days=1)
    page = _page(cast)
    assert "NPRS back: no score, not answered" in page
    assert "no score: not answered" in page


def test_pain_around_a_visit_is_called_immediate_and_stays_out_of_the_trend(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        visit = walk_in(actor=cast.actor(), course=cast.ada_course)
        other = (OtherRecord(kind="exercise", code="motor_control", minutes=10),)
        record = VisitRecord(occurred_at=timezone.now(), pain_before=9, pain_after=8, other=other)
        sign_visit(actor=cast.actor(), visit=visit, record=record)
    page = _page(cast)
    assert "immediate pain 9 → 8" in page
    assert "No scores yet" in page


def test_the_page_asks_the_database_as_often_for_one_entry_as_for_many(cast: Cast) -> None:
    counts = []
    for entries in (1, 12):
        with clinic_scope(cast.harbour.pk):
            for day in range(entries):
                _answer(cast, 5, 9, occasion="during", days=day + 1)
        with CaptureQueriesContext(connection) as queries:
            _page(cast)
        counts.append(len(queries))
    # The second sign-in makes its own session rows; both pages do.
    assert counts[0] == counts[1]


def test_a_printed_record_says_on_each_page_whose_it_is(cast: Cast) -> None:
    [_, head] = _page(cast).split('<p class="print-only print-subject">')
    line = head.split("</p>")[0]
    with clinic_scope(cast.harbour.pk):
        assert f"record {cast.ada.record_number}" in line
        assert cast.ada.identity.family_name in line
