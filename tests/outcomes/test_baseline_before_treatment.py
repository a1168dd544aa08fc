"""A baseline is what was said before the first treatment, however late its visit is signed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from clinic.scoping import clinic_scope
from outcomes.models import OutcomeRow
from outcomes.occasions import counts_as
from outcomes.selectors.record import trend
from outcomes.services.outcome_rows import drifted_rows
from outcomes.services.responses import record_response
from sessions.models import Visit
from sessions.records import OtherRecord, VisitRecord
from sessions.services.visits import sign_visit, walk_in
from tests.cast import Cast

BEGAN = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)  # half past eleven at night in Berlin
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("occasion", "at", "mode", "began", "counts"),
    [
        ("baseline", BEGAN + HOUR, "qr", None, "baseline"),
        ("baseline", BEGAN - HOUR, "qr", BEGAN, "baseline"),
        ("baseline", BEGAN, "qr", BEGAN, "baseline"),
        ("baseline", BEGAN + HOUR, "qr", BEGAN, "during"),
        ("baseline", BEGAN + HOUR / 3, "import", BEGAN, "baseline"),  # ten to midnight: the same day
        ("baseline", BEGAN + HOUR, "import", BEGAN, "during"),  # half past midnight: the next one
        ("discharge", BEGAN - HOUR, "mail", BEGAN, "discharge"),
        ("unscheduled", BEGAN + HOUR, "import", BEGAN, "unscheduled"),
    ],
)
def test_only_an_answer_from_before_the_first_treatment_is_a_baseline(
    occasion: str, at: datetime, mode: str, began: datetime | None, counts: str
) -> None:
    assert counts_as(occasion, at, mode=mode, zone="Europe/Berlin", began=began) == counts


def _answer(cast: Cast, value: int, ago: timedelta, *, occasion: str = "baseline", mode: str = "qr") -> None:
    record_response(
        actor=cast.actor(),
        course=cast.ada_course,
        answers={"nprs-back-7d": {"back": value}},
        occasion=occasion,
        mode=mode,
        answered_by="patient",
        occurred_at=timezone.now() - ago,
        zone="Europe/Berlin",
    )


def _treat(cast: Cast, ago: timedelta) -> Visit:
    """A visit that took place some time ago and is signed only now."""
    manual = OtherRecord(kind="manual_therapy", code="joint_mobilisation")
    record = VisitRecord(occurred_at=timezone.now() - ago, pain_before=6, pain_after=4, reaction="none", other=(manual,))
    return sign_visit(actor=cast.actor(), visit=walk_in(actor=cast.actor(), course=cast.ada_course), record=record)


def _row() -> tuple[object, object, str]:
    row = OutcomeRow.objects.get(scale="pain.back.7d")
    return row.baseline_value, row.latest_value, row.latest_occasion


@pytest.mark.django_db
def test_a_visit_that_is_signed_late_takes_the_baseline_away_from_what_was_answered_after_it(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        _answer(cast, 7, 4 * HOUR)
        _answer(cast, 2, HOUR)
        assert _row() == (2, None, "")
        _treat(cast, 3 * HOUR)
        assert _row() == (7, 2, "during")
        assert drifted_rows() == []


@pytest.mark.django_db
def test_without_an_answer_from_before_treatment_the_baseline_is_missing(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        _answer(cast, 2, HOUR)
        _treat(cast, 3 * HOUR)
        assert _row() == (None, 2, "during")
        assert drifted_rows() == []


@pytest.mark.django_db
def test_trend_and_record_say_during_treatment_as_the_report_does(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        _answer(cast, 7, 4 * HOUR)
        _answer(cast, 2, HOUR)
        _treat(cast, 3 * HOUR)
        assert [point.occasion for scale in trend(cast.ada_course.pk).scales for point in scale.points] == ["baseline", "during"]
    client = Client()
    client.force_login(cast.therapist.user)
    page = client.get(f"/c/harbour/patients/{cast.ada.pk}/").content.decode()
    assert "before treatment, QR code in the clinic" in page
    assert "during treatment, QR code in the clinic" in page


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_the_rows_follow_the_rule_whatever_the_order_of_answers_and_signatures(cast: Cast, seed: int) -> None:
    chance = Random(seed)
    with clinic_scope(cast.harbour.pk):
        for _ in range(14):
            ago = timedelta(hours=chance.randint(1, 60))
            if chance.random() < 0.3:
                _treat(cast, ago)
            else:
                occasion, mode = chance.choice(["baseline", "baseline", "during"]), chance.choice(["qr", "import"])
                _answer(cast, chance.randint(0, 10), ago, occasion=occasion, mode=mode)
            assert drifted_rows() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("signed_first", [True, False])
def test_of_an_answer_and_a_signature_at_the_same_time_the_later_one_sees_the_earlier(committed_cast: Cast, signed_first: bool) -> None:
    cast = committed_cast
    steps: list[Callable[[], object]] = [lambda: _treat(cast, 3 * HOUR), lambda: _answer(cast, 2, HOUR)]
    first, second = steps if signed_first else reversed(steps)
    written, may_commit = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with clinic_scope(cast.harbour.pk):
                first()
                written.set()
                may_commit.wait(30)
        finally:
            connections.close_all()

    def follow() -> None:
        try:
            with clinic_scope(cast.harbour.pk):
                second()
        finally:
            connections.close_all()

    holder, follower = threading.Thread(target=hold), threading.Thread(target=follow)
    holder.start()
    assert written.wait(30)
    follower.start()
    while follower.is_alive() and not _somebody_waits():
        follower.join(0.05)
    assert follower.is_alive()
    may_commit.set()
    holder.join()
    follower.join()
    with clinic_scope(cast.harbour.pk):
        assert _row() == (None, 2, "during")
        assert drifted_rows() == []


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])
