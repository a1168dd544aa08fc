"""Handing a colleague's work over: what waits moves, what was written keeps its author, and names stay with who may read them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from clinic.models import AuditEvent, Membership, Task
from clinic.scoping import clinic_scope
from clinic.services.organisation import add_staff
from clinic.services.staff import set_absence
from clinic.services.worklist import open_task
from clinic.writes import SYSTEM_COMMAND
from sessions.models import Course, Visit
from sessions.records import OtherRecord, VisitRecord
from sessions.selectors.handing_over import COURSES, KINDS, NOTES, TASKS, VISITS, work_of
from sessions.selectors.signed import signed_visit
from sessions.services.handing_over import HandingOverRefused, hand_over
from sessions.services.visits import book_visit, save_draft, sign_visit, walk_in
from tests.callers import Caller, proved
from tests.cast import Cast


@pytest.fixture
def receiver(cast: Cast) -> Membership:
    with clinic_scope(cast.harbour.pk):
        return add_staff(actor=SYSTEM_COMMAND, email="rea@harbour.example", name="Rea Receiver", roles=["therapist"])


@pytest.fixture
def owner(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator.user)
    proved(client, cast.administrator.user)
    return client


def _record(**changes: Any) -> VisitRecord:
    other = (OtherRecord(kind="manual_therapy", code="joint_mobilisation", region="lumbar", minutes=15),)
    return VisitRecord(
        occurred_at=timezone.now(), pain_before=6, pain_after=4, reaction="none", other=other, warnings_confirmed=True, **changes
    )


def _work(cast: Cast) -> dict[str, Visit]:
    """A signed visit, a booked one, and one with a note that the therapist began."""
    signed = walk_in(actor=cast.actor(), course=cast.ada_course, therapist=cast.therapist)
    sign_visit(actor=cast.actor(), visit=signed, record=_record())
    booked = book_visit(
        actor=cast.actor(), course=cast.ada_course, planned_for=timezone.now() + timedelta(days=3), therapist=cast.therapist
    )
    begun = walk_in(actor=cast.actor(), course=cast.ben_course, therapist=cast.therapist)
    save_draft(actor=cast.actor(), visit=begun, form={"note": ["begun"]}, revision=0)
    return {"signed": signed, "booked": booked, "begun": begun}


def _numbers(member: Membership) -> dict[str, int]:
    return {each.kind: each.number for each in work_of(member)}


def test_everything_that_waits_moves_and_each_row_stands_in_the_audit(cast: Cast, receiver: Membership) -> None:
    with clinic_scope(cast.harbour.pk):
        visits = _work(cast)
        assert _numbers(cast.therapist) == {COURSES: 3, VISITS: 1, NOTES: 1, TASKS: 1}
        hand_over(actor=cast.actor(cast.administrator), giver=cast.therapist, receiver=receiver, kinds=list(KINDS))
        assert _numbers(cast.therapist) == dict.fromkeys(KINDS, 0)
        assert set(Course.objects.values_list("responsible", flat=True)) == {receiver.pk}
        assert Task.objects.get().assigned_to_id == receiver.pk
        assert Visit.objects.get(pk=visits["booked"].pk).therapist_id == receiver.pk
        signed = Visit.objects.get(pk=visits["signed"].pk)
        assert (signed.therapist_id, signed.signed_by_id, signed.written_by_id) == (cast.therapist.pk, cast.therapist.pk, None)
        told = AuditEvent.objects.filter(action__contains="hand_over").values_list("action", "patient_id")
        assert sorted(action for action, _ in told) == [
            *["course.hand_over"] * 3,
            "task.hand_over",
            "visit.hand_over",
            "visit.hand_over_note",
            "work.hand_over",
        ]
        assert [action for action, patient in told if patient is None] == ["work.hand_over"]


def test_only_what_was_chosen_moves(cast: Cast, receiver: Membership) -> None:
    with clinic_scope(cast.harbour.pk):
        _work(cast)
        assert hand_over(actor=cast.actor(), giver=cast.therapist, receiver=receiver, kinds=[TASKS]) == {TASKS: 1}
        assert _numbers(cast.therapist) == {COURSES: 3, VISITS: 1, NOTES: 1, TASKS: 0}


def test_a_note_handed_over_is_signed_by_the_receiver_and_names_both_and_is_locked_as_ever(cast: Cast, receiver: Membership) -> None:
    with clinic_scope(cast.harbour.pk):
        begun = _work(cast)["begun"]
        hand_over(actor=cast.actor(cast.administrator), giver=cast.therapist, receiver=receiver, kinds=[NOTES])
        signed = sign_visit(actor=cast.actor(receiver), visit=begun, record=_record(note="as begun, and checked"), revision=1)
        assert (signed.written_by_id, signed.signed_by_id) == (cast.therapist.pk, receiver.pk)
        shown = signed_visit(Visit.objects.get(pk=begun.pk), cast.harbour.zone)
        assert (shown.written_by, shown.signed_by) == (cast.therapist.display_name, "Rea Receiver")
        with pytest.raises(Error, match="a signed visit is locked"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE treatment_visit SET written_by_id = NULL WHERE id = %s", [begun.pk])
        with pytest.raises(Error, match="a signed visit is locked"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE treatment_visit SET written_by_id = %s WHERE id = %s", [receiver.pk, begun.pk])
    client = Client()
    client.force_login(receiver.user)
    page = client.get(f"/c/harbour/visits/{begun.pk}/").content.decode()
    assert f"begun by {cast.therapist.display_name}" in page
    assert "signed by Rea Receiver" in page


def test_a_note_handed_on_twice_keeps_who_began_it(cast: Cast, receiver: Membership) -> None:
    with clinic_scope(cast.harbour.pk):
        begun = _work(cast)["begun"]
        hand_over(actor=cast.actor(), giver=cast.therapist, receiver=receiver, kinds=[NOTES])
        save_draft(actor=cast.actor(receiver), visit=begun, form={"note": ["more"]}, revision=1)
        third = add_staff(actor=SYSTEM_COMMAND, email="third@harbour.example", name="Tia Third", roles=["therapist"])
        hand_over(actor=cast.actor(), giver=receiver, receiver=third, kinds=[NOTES])
        found = Visit.objects.get(pk=begun.pk)
        assert (found.written_by_id, found.therapist_id) == (cast.therapist.pk, third.pk)


def test_nobody_who_does_not_treat_takes_patients_over(cast: Cast, receiver: Membership) -> None:
    with clinic_scope(cast.harbour.pk):
        for who in (cast.front_desk, cast.therapist):
            with pytest.raises(HandingOverRefused):
                hand_over(actor=cast.actor(), giver=cast.therapist, receiver=who, kinds=list(KINDS))
        with pytest.raises(HandingOverRefused):
            hand_over(actor=cast.actor(), giver=cast.therapist, receiver=receiver, kinds=["everything"])
        assert _numbers(cast.therapist)[COURSES] == 3


def test_the_page_shows_numbers_and_no_patient_and_moves_what_is_ticked(cast: Cast, receiver: Membership, owner: Client) -> None:
    address = reverse("staff_work", kwargs={"clinic": "harbour", "member": cast.therapist.pk})
    page = owner.get(address).content.decode()
    assert "3 · Courses of care" in page
    assert not any(name in page for name in ("Ángela", "Łukasz", "Cem"))
    empty = owner.post(address, {"receiver": str(receiver.pk)})
    foreign = owner.post(address, {"receiver": str(cast.stranger.pk), "kinds": ["courses"]})
    assert (empty.status_code, foreign.status_code) == (422, 422)
    assert owner.post(address, {"receiver": str(receiver.pk), "kinds": ["courses", "tasks"]}).status_code == 302
    assert "Nothing waits" in owner.get(address).content.decode()


def test_a_program_asks_for_the_numbers_and_hands_over(cast: Cast, receiver: Membership) -> None:
    caller, address = Caller(cast, cast.administrator), f"harbour/staff/{cast.therapist.pk}/work/"
    assert caller.get(address).json() == {"courses": 3, "visits": 0, "notes": 0, "tasks": 1}
    refused = caller.post(address, {"receiver": str(cast.front_desk.pk), "kinds": ["courses"]})
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["receiver"])
    assert caller.post(address, {"receiver": str(receiver.pk), "kinds": ["courses", "tasks"]}).status_code == 200
    assert set(caller.get(address).json().values()) == {0}


def test_a_program_says_who_is_away_and_that_they_are_back(cast: Cast, receiver: Membership) -> None:
    caller, address = Caller(cast, cast.administrator), f"harbour/staff/{cast.therapist.pk}/away/"
    today = cast.harbour.today().isoformat()
    assert caller.post(address, {"first": today}).status_code == 400
    assert caller.post(address, {"first": today, "last": today, "deputy": str(receiver.pk)}).status_code == 200
    shown = {each["id"]: each for each in caller.get("harbour/staff/").json()["results"]}[str(cast.therapist.pk)]
    assert (shown["absent_from"], shown["deputy"]) == (today, str(receiver.pk))
    assert caller.post(address, {}).status_code == 200
    with clinic_scope(cast.harbour.pk):
        assert Membership.objects.get(pk=cast.therapist.pk).absent_from is None


def test_the_deputys_day_holds_the_absent_colleagues_visits_and_says_so(cast: Cast, receiver: Membership) -> None:
    with clinic_scope(cast.harbour.pk):
        walk_in(actor=cast.actor(), course=cast.ada_course, therapist=cast.therapist)
    client = Client()
    client.force_login(receiver.user)
    assert "Ángela" not in client.get("/c/harbour/today/?tab=mine").content.decode()
    today = cast.harbour.today()
    with clinic_scope(cast.harbour.pk):
        set_absence(actor=cast.actor(), member=cast.therapist, first=today, last=today, deputy=receiver, today=today)
    page = client.get("/c/harbour/today/?tab=mine").content.decode()
    assert ("Ángela" in page, "you stand in" in page) == (True, True)


def test_handing_over_is_counted_with_as_many_questions_for_thirty_tasks_as_for_one(cast: Cast, owner: Client) -> None:
    address = reverse("staff_work", kwargs={"clinic": "harbour", "member": cast.therapist.pk})
    owner.get(address)
    counts = []
    for number in (0, 30):
        with clinic_scope(cast.harbour.pk):
            for _ in range(number):
                open_task(actor=SYSTEM_COMMAND, kind="follow_up", patient=cast.ben, assigned_to=cast.therapist)
        with CaptureQueriesContext(connection) as queries:
            assert owner.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
