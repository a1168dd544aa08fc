"""Reminders of visits: neutral, once, by day, for the visit as it stands; and "I cannot come"."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.models import Clinic, Message, Task
from clinic.scoping import clinic_scope
from clinic.services.messages import quiet_until, send_due
from clinic.writes import SYSTEM_TASK
from sessions.models import Visit
from sessions.series import Place
from sessions.services.booking import book_places, move_to
from sessions.services.calendar import decide_calendar
from sessions.services.reminders import cannot_come_link, queue_reminders, reminder_key, visit_of_link
from sessions.services.visits import mark_missed
from sessions.tasks import remind_in_every_clinic
from tests.cast import Cast

NOON = datetime(2027, 3, 2, 11, 0, tzinfo=UTC)
TOMORROW = NOON + timedelta(hours=20)
ZONES = (
    "Europe/Berlin", "Europe/London", "America/New_York", "Australia/Lord_Howe",
    "Asia/Kathmandu", "Pacific/Apia", "Pacific/Kiritimati", "Africa/Casablanca",
)  # fmt: skip


@pytest.fixture
def at_noon(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)


def _visit(cast: Cast, course: Any = None, at: datetime = TOMORROW) -> Visit:
    place = Place(at, at + timedelta(minutes=30), cast.therapist.pk)
    return book_places(actor=cast.actor(), course=course or cast.ada_course, places=[place])[0]


def _remind(cast: Cast) -> None:
    decide_calendar(actor=cast.actor(), reminds=True, address="1 Quay Street")


def test_who_agreed_is_reminded_once_however_often_the_job_runs_and_reads_nothing_clinical(cast: Cast, at_noon: None) -> None:
    with clinic_scope(cast.harbour.pk):
        _visit(cast)
        other = _visit(cast, cast.ben_course, TOMORROW + timedelta(hours=1))  # never asked about messages
        _visit(cast, at=NOON + timedelta(hours=25))  # not yet
    remind_in_every_clinic()
    with clinic_scope(cast.harbour.pk):
        assert not Message.objects.exists()  # off until the clinic decides
        _remind(cast)
    remind_in_every_clinic()
    remind_in_every_clinic()
    assert send_due(cast.harbour.pk, actor=SYSTEM_TASK) == 1
    remind_in_every_clinic()
    with clinic_scope(cast.harbour.pk):
        assert not Message.objects.filter(subject_id=other.pk).exists()
        assert [message.state for message in Message.objects.all()] == ["sent"]
    [sent] = mail.outbox
    assert "3 Mar 2027" in sent.body
    assert "8:00" in sent.body
    assert "1 Quay Street" in sent.body
    assert not re.search(
        r"pain|back|laser|therap(y|ist)|Bugspriet, |Ángela|L4", sent.subject + sent.body.replace(cast.harbour.name, "").split("/v/")[0]
    )


def test_who_did_not_agree_costs_the_same_statements_however_many_they_are(cast: Cast, at_noon: None) -> None:
    counted = []
    for number in (1, 4):
        with clinic_scope(cast.harbour.pk):
            _remind(cast)
            for half_hour in range(number):
                _visit(cast, cast.ben_course, TOMORROW - timedelta(hours=number) + timedelta(minutes=30 * half_hour))
            with CaptureQueriesContext(connection) as statements:
                assert queue_reminders(actor=SYSTEM_TASK, now=NOON) == 0
        counted.append(len(statements))
    assert counted == [4, 4]


def test_a_reminder_stops_when_the_visit_moves_and_the_new_time_has_its_own(cast: Cast, at_noon: None) -> None:
    with clinic_scope(cast.harbour.pk):
        _remind(cast)
        visit = _visit(cast)
        assert queue_reminders(actor=SYSTEM_TASK, now=NOON) == 1
        old = cannot_come_link(visit).rpartition(".")[2]
        later = TOMORROW + timedelta(hours=2)
        visit = move_to(actor=cast.actor(), visit=visit, place=Place(later, later + timedelta(minutes=30)))
        assert visit_of_link(visit.pk.hex, old) is None
        assert queue_reminders(actor=SYSTEM_TASK, now=NOON) == 1
    assert send_due(cast.harbour.pk, actor=SYSTEM_TASK) == 1
    with clinic_scope(cast.harbour.pk):
        assert set(Message.objects.values_list("state", "last_error")) == {("withdrawn", "visit_moved"), ("sent", "")}
    assert "10:00" in mail.outbox[0].body


def test_no_reminder_leaves_for_a_visit_that_was_cancelled(cast: Cast, at_noon: None) -> None:
    with clinic_scope(cast.harbour.pk):
        _remind(cast)
        visit = _visit(cast)
        queue_reminders(actor=SYSTEM_TASK, now=NOON)
        mark_missed(actor=cast.actor(), visit=visit, state="cancelled_by_clinic")
    assert send_due(cast.harbour.pk, actor=SYSTEM_TASK) == 0
    assert mail.outbox == []


def test_looking_at_the_link_changes_nothing_and_pressing_makes_one_task(cast: Cast, client: Client, at_noon: None) -> None:
    with clinic_scope(cast.harbour.pk):
        visit = _visit(cast)
        path = cannot_come_link(visit).partition("//")[2].partition("/")[2]
    page = client.get(f"/{path}")
    assert page.status_code == 200
    assert "Bugspriet" not in page.content.decode().replace(cast.harbour.name, "")
    with clinic_scope(cast.harbour.pk):
        assert not Task.objects.filter(kind="cannot_come").exists()
    for _twice in range(2):
        assert "has been told" in client.post(f"/{path}").content.decode()
    with clinic_scope(cast.harbour.pk):
        [task] = Task.objects.filter(kind="cannot_come")
        assert (task.patient_id, task.subject_id) == (cast.ada.pk, visit.pk)
        assert Visit.objects.get(pk=visit.pk).state == "booked"
    for wrong in (path[:-3] + "AAA", path.replace(visit.pk.hex, "0" * 32), "v/unknown", "v/ö.x.y"):
        assert client.get(f"/{wrong}").status_code == 404


@pytest.mark.parametrize("zone", ZONES)
def test_in_every_zone_a_daily_nine_oclock_visit_is_reminded_once_a_day_and_never_at_night(zone: str) -> None:
    """Two years (trust.md R21): one key per local date, across every change of the clocks and the date line."""
    clinic, keys, day = Clinic(time_zone=zone), set(), date(2026, 1, 1)
    visit = Visit()
    while day < date(2028, 1, 1):
        visit.planned_for = datetime.combine(day, time(9), ZoneInfo(zone)).astimezone(UTC)
        keys.add(reminder_key(visit))
        for hour in (-36, -24, -13, 0):
            now = visit.planned_for + timedelta(hours=hour)
            sends = quiet_until(clinic, now) or now
            assert 8 <= sends.astimezone(ZoneInfo(zone)).hour < 20
            assert sends >= now
        day += timedelta(days=1)
    assert len(keys) == 730
