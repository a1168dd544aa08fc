"""The worklist: once per matter, closed with a decision, put off with a reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.identifiers import uuid7
from clinic.models import AuditEvent, Task
from clinic.scoping import clinic_scope
from clinic.selectors.worklist import waiting_count, worklist
from clinic.services.worklist import TaskRefused, close_task, open_task, snooze_task
from tests.cast import Cast


@pytest.fixture
def therapist(cast: Cast, client: Client) -> Client:
    client.force_login(cast.therapist.user)
    return client


def _text(response: Any) -> str:
    return str(response.content.decode())


def _task(cast: Cast) -> Task:
    with clinic_scope(cast.harbour.pk):
        found: Task = Task.objects.get()
        return found


def test_the_same_matter_is_open_once_and_again_after_it_was_closed(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        first = open_task(actor=cast.actor(), kind="follow_up", patient=cast.cem, subject_id=cast.cem_course.pk)
        assert Task.objects.count() == 1
        close_task(actor=cast.actor(), task=first, decision="called")
        second = open_task(actor=cast.actor(), kind="follow_up", patient=cast.cem, subject_id=cast.cem_course.pk)
        assert second.pk != first.pk


def test_a_closed_task_is_not_closed_again(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        task = Task.objects.get()
        close_task(actor=cast.actor(), task=task, decision="called", reason="spoke to her")
        with pytest.raises(TaskRefused, match="closed this task already"):
            close_task(actor=cast.actor(), task=task, decision="booked")
        assert Task.objects.get().decision == "called"


def test_what_was_decided_is_audited_without_the_note(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        close_task(actor=cast.actor(), task=Task.objects.get(), decision="called", reason="a private matter")
        event = AuditEvent.objects.get(action="task.close")
        assert (event.detail, event.patient_id) == ({"decision": "called"}, cast.cem.pk)


def test_a_task_put_off_comes_back_on_its_day(cast: Cast) -> None:
    today = date(2026, 11, 23)
    with clinic_scope(cast.harbour.pk):
        snooze_task(actor=cast.actor(), task=Task.objects.get(), until=date(2026, 11, 30), today=today, reason="on holiday")
        assert waiting_count(today=date(2026, 11, 29)) == 0
        [group] = worklist(today=date(2026, 11, 30))
        assert [(line.snoozed, line.reason) for line in group.lines] == [(True, "on holiday")]


@pytest.mark.parametrize(("until", "reason", "field"), [(date(2026, 11, 24), " ", "reason"), (date(2026, 11, 23), "later", "until")])
def test_putting_off_needs_a_reason_and_a_later_day(cast: Cast, until: date, reason: str, field: str) -> None:
    with clinic_scope(cast.harbour.pk), pytest.raises(TaskRefused) as refused:
        snooze_task(actor=cast.actor(), task=Task.objects.get(), until=until, today=date(2026, 11, 23), reason=reason)
    assert refused.value.field == field


def test_a_row_says_rule_since_when_and_whose_it_is(cast: Cast, therapist: Client) -> None:
    page = _text(therapist.get("/c/harbour/tasks/"))
    assert "Süß, Cem" in page
    assert "Somebody asked for this patient to be followed up." in page
    assert "since " in page
    assert cast.therapist.display_name in page


def test_the_page_refuses_what_the_service_refuses(cast: Cast, therapist: Client) -> None:
    address = f"/c/harbour/tasks/{_task(cast).pk}/"
    assert therapist.post(address, {"done-decision": ""}).status_code == 422
    tomorrow = cast.harbour.today() + timedelta(days=1)
    assert therapist.post(address, {"snooze": "1", "later-until": tomorrow.isoformat(), "later-reason": ""}).status_code == 422
    assert therapist.post(address, {"snooze": "1", "later-until": "2020-01-01", "later-reason": "x"}).status_code == 422
    assert _task(cast).state == Task.State.OPEN
    assert therapist.post(address, {"done-decision": "called", "done-reason": ""}).status_code == 302
    assert _task(cast).state == Task.State.DONE


def test_one_sees_ones_own_and_nobodys_or_all(cast: Cast, therapist: Client) -> None:
    with clinic_scope(cast.harbour.pk):
        open_task(actor=cast.actor(), kind="follow_up", patient=cast.ada, subject_id=uuid7(), assigned_to=cast.front_desk)
        open_task(actor=cast.actor(), kind="follow_up", patient=cast.ben, subject_id=uuid7())
        assert [len(group.lines) for group in worklist(today=date(2026, 11, 23))] == [3]
        [own] = worklist(today=date(2026, 11, 23), member=cast.therapist)
        assert {line.person.patient_id for line in own.lines if line.person} == {cast.ben.pk, cast.cem.pk}


def test_a_kind_nobody_announced_is_shown_all_the_same(cast: Cast, therapist: Client) -> None:
    with clinic_scope(cast.harbour.pk):
        open_task(actor=cast.actor(), kind="from_another_version", patient=cast.ada, subject_id=uuid7())
    assert "A task of an older version" in _text(therapist.get("/c/harbour/tasks/"))


def test_the_worklist_asks_the_same_for_one_and_for_many_tasks(cast: Cast, therapist: Client) -> None:
    counts = []
    for more in (0, 30):
        with clinic_scope(cast.harbour.pk):
            for _ in range(more):
                open_task(actor=cast.actor(), kind="follow_up", patient=cast.ada, subject_id=uuid7(), assigned_to=cast.therapist)
        therapist.get("/c/harbour/tasks/")
        with CaptureQueriesContext(connection) as queries:
            therapist.get("/c/harbour/tasks/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


def test_another_clinics_task_is_nobodys(cast: Cast, client: Client) -> None:
    client.force_login(cast.stranger.user)
    assert client.get(f"/c/meadow/tasks/{_task(cast).pk}/").status_code == 404
