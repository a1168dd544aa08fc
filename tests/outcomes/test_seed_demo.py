"""Filling in the demo: the same figures each time, today's slice first, nothing twice, and never beside real clinics."""

from __future__ import annotations

import io
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from clinic.local.demo import LOGINS, PASSWORD
from clinic.models import AuditEvent, Clinic, Consent, Membership, Message, Organisation, Patient
from clinic.scoping import clinic_scope
from outcomes.demo.clock import living_at
from outcomes.demo.house import open_house
from outcomes.demo.seeding import seed_episodes
from outcomes.demo.story import tell
from outcomes.models import Invitation, OutcomeRow, Response
from sessions.models import Course, Device, LaserApplication, OtherTreatment, Plan, Visit

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
WITH_THE_PAST = 16  # today's twelve and four of the past


def _seed(*more: str) -> str:
    out = io.StringIO()
    call_command("seed_demo", "--date", TODAY.isoformat(), *more, stdout=out)
    return out.getvalue()


def _figures() -> dict[str, Any]:
    """What a report could be made of, by clinic; no id, nothing random."""
    figures: dict[str, Any] = {}
    for clinic in Clinic.objects.order_by("slug"):
        with clinic_scope(clinic.pk):
            figures[clinic.slug] = {
                "courses": sorted(Course.objects.values_list("external_id", "complaint", "started_on", "ended_on", "end_reason", "label")),
                "visits": sorted(Visit.objects.values_list("planned_for", "state", "occurred_at", "recorded_at"), key=str),
                "pain": sorted(Visit.objects.values_list("occurred_at", "pain_before", "pain_after"), key=str),
                "doses": sorted(LaserApplication.objects.values_list("region", "side", "energy_computed_j", "fluence_j_cm2"), key=str),
                "other": sorted(OtherTreatment.objects.values_list("kind", "code", "grade", "minutes"), key=str),
                "answers": sorted(Response.objects.values_list("occurred_at", "instrument", "mode", "occasion", "answers"), key=str),
                "outcomes": sorted(OutcomeRow.objects.values_list("scale", "baseline_value", "latest_value", "answered"), key=str),
                "invited": sorted(Invitation.objects.values_list("occasion", "due_on", "state", "created_at", "expires_at"), key=str),
                "patients": sorted(Patient.objects.values_list("record_number", "sex", "language", "registered_at")),
            }
    return figures


def _rolled_back(*runs: tuple[str, ...]) -> dict[str, Any]:
    """The figures after these runs, all of which are undone: two demos can be compared in one test."""
    with transaction.atomic():
        for run in runs:
            _seed(*run)
        figures = _figures()
        transaction.set_rollback(True)
    return figures


@pytest.fixture
def whole() -> dict[str, Any]:
    _seed("--episodes", str(WITH_THE_PAST))
    return _figures()


def test_what_is_written_is_what_the_story_tells(whole: dict[str, Any]) -> None:
    for slug in ("harbour", "meadow"):
        told = [episode for episode in tell(1, TODAY, WITH_THE_PAST) if episode.clinic == slug]
        with clinic_scope(Clinic.objects.get(slug=slug).pk):
            states = Counter(Visit.objects.values_list("state", flat=True))
            assert states == Counter(visit.state for episode in told for visit in episode.visits)
            assert Invitation.objects.count() == sum(len(episode.surveys) for episode in told)
            answered = [each for episode in told for each in episode.surveys if each.answered_at]
            assert Response.objects.count() == sum(len(each.instruments) for each in answered)
            assert Invitation.objects.filter(state="answered").count() == len(answered)
            assert Plan.objects.filter(protocol=None).count() == sum(not episode.laser for episode in told)
            treated = sum(visit.was_treated for episode in told if episode.laser for visit in episode.visits)
            assert LaserApplication.objects.count() == treated
            assert not Visit.objects.filter(state="signed", laser_applications=None, other_treatments=None).exists()


def test_the_slice_of_today_and_the_rest_come_to_the_same_as_all_at_once_and_nothing_is_there_twice() -> None:
    everything = ("--episodes", str(WITH_THE_PAST))
    at_once = _rolled_back(everything)
    assert len(at_once["harbour"]["courses"]) + len(at_once["meadow"]["courses"]) == WITH_THE_PAST
    assert _rolled_back(("--today",), ("--today",), everything, everything) == at_once


def test_today_alone_is_ready_to_be_worked_on() -> None:
    assert "12 courses" in _seed("--today")
    with clinic_scope(Clinic.objects.get(slug="harbour").pk):
        todays = Visit.objects.filter(planned_for__date=TODAY).order_by("planned_for")
        assert Counter(visit.state for visit in todays) == {"booked": 4, "arrived": 2, "signed": 1, "no_show": 1}
        tilda = Visit.objects.get(planned_for__date=TODAY, course__patient__record_number="1001")
        assert (tilda.state, timezone.localtime(tilda.planned_for, tilda.clinic.zone).hour) == ("booked", 9)
        last = LaserApplication.objects.filter(visit__course=tilda.course).order_by("-visit__occurred_at")[0]
        assert last.energy_computed_j == Decimal(6000)  # facts 1.3, D8: 10 W for 600 s
        assert Message.objects.filter(patient=tilda.course.patient, state="due").count() == 1
        assert Device.objects.filter(laser_class__in=["4", "3B"]).count() == Device.objects.count() == 2


def test_the_computed_doses_are_those_of_the_published_protocols() -> None:
    _seed("--today")
    energies: dict[str, Decimal | None] = {}
    for clinic in Clinic.objects.all():
        with clinic_scope(clinic.pk):
            rows = LaserApplication.objects.select_related("device", "protocol")
            energies |= {row.protocol.name: row.energy_computed_j for row in rows if row.protocol}
    assert energies["Lumbar points"] == Decimal(48)  # facts 1.3, D1: Djavid 2007, 8 points of 6 J
    assert energies.get("Lumbar 904", Decimal(60)) == Decimal(60)  # D3: Konstantinovic 2010, 4 points of 15 J
    assert energies["Lumbar sweep"] == Decimal(6000)


def test_everybody_who_is_printed_can_sign_in_and_nobody_else() -> None:
    _seed("--today")
    for email in LOGINS:
        assert authenticate(username=email, password=PASSWORD) is not None
    assert authenticate(username="colleague@demo.example", password=PASSWORD) is None
    with clinic_scope(Clinic.objects.get(slug="meadow").pk):
        assert not Membership.objects.filter(user__email="therapist@demo.example").exists()


def test_the_story_lies_in_the_past_and_the_audit_tells_the_truth(whole: dict[str, Any]) -> None:
    with clinic_scope(Clinic.objects.get(slug="harbour").pk):
        signed = Visit.objects.filter(state="signed")
        assert all(visit.recorded_at == visit.occurred_at for visit in signed)
        assert all(course.patient.registered_at.date() <= course.started_on for course in Course.objects.select_related("patient"))
        signs = AuditEvent.objects.filter(action="visit.sign")
        assert signs.count() == signed.count()
        assert {event.at.date() for event in signs} == {datetime.now(UTC).date()}
        assert Consent.objects.count() == Patient.objects.count()


def test_a_late_first_survey_is_no_baseline() -> None:
    late = [
        episode
        for episode in tell(1, TODAY, 120)
        for each in episode.surveys
        if each.occasion == "baseline" and each.answered_at and each.answered_at > episode.visits[0].on
    ]
    number = late[0].number
    assert list(seed_episodes(open_house(PASSWORD), [late[0]], 1, TODAY)) == [1]
    with clinic_scope(Clinic.objects.get(slug=late[0].clinic).pk):
        rows = OutcomeRow.objects.filter(course__external_id=f"demo-1-20261123-{number:03d}")
        assert rows
        assert {row.baseline_value for row in rows} == {None}


def test_a_later_day_completes_the_story_that_was_begun() -> None:
    _seed("--today")
    out = io.StringIO()
    call_command("seed_demo", "--date", "2026-11-30", "--episodes", "13", stdout=out)
    assert "until 2026-11-23" in out.getvalue()
    with pytest.raises(CommandError, match="begun with --seed 1"):
        _seed("--seed", "2")


def test_it_refuses_beside_a_clinic_that_is_no_demo() -> None:
    Clinic.objects.create(organisation=Organisation.objects.create(name="Real"), name="Real", slug="real")
    with pytest.raises(CommandError, match="password is public"):
        _seed("--today")
    assert Clinic.objects.count() == 1


def test_the_demos_clock_is_put_back_even_after_a_failure() -> None:
    moment = datetime(2020, 1, 1, tzinfo=UTC)
    told = []

    def fail() -> None:
        with living_at(moment):
            told.append(timezone.now())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert told == [moment]
    assert timezone.now() > moment
