"""Visits that did not take place: said by somebody, or by the end of the day; and taken back when that was wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from clinic.models import AuditEvent
from clinic.scoping import clinic_scope
from sessions.models import Visit
from sessions.services.visits import VisitLocked, book_visit, mark_arrived, mark_missed, reopen_visit
from sessions.tasks import mark_missed_in_every_clinic
from tests.cast import Cast


def _booked(cast: Cast, days: int) -> Visit:
    noon = timezone.localtime(timezone=cast.harbour.zone).replace(hour=12)
    return book_visit(actor=cast.actor(), course=cast.ada_course, planned_for=noon + timedelta(days=days))


def test_a_booked_visit_of_a_past_day_becomes_a_no_show_once_and_audited(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        past, today, here = _booked(cast, -1), _booked(cast, 0), _booked(cast, -2)
        mark_arrived(actor=cast.actor(), visit=here)
    mark_missed_in_every_clinic()
    mark_missed_in_every_clinic()
    with clinic_scope(cast.harbour.pk):
        states = dict(Visit.objects.filter(pk__in=[past.pk, today.pk, here.pk]).values_list("pk", "state"))
        assert states == {past.pk: "no_show", today.pk: "booked", here.pk: "arrived"}
        [entry] = AuditEvent.objects.filter(action="visit.miss_by_rule")
        assert (entry.object_id, entry.patient_id, entry.actor_kind) == (past.pk, cast.ada.pk, "task")


def test_the_day_ends_by_the_clinics_own_clock(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with clinic_scope(cast.harbour.pk):
        evening = timezone.localtime(timezone=cast.harbour.zone).replace(hour=23, minute=30)
        visit = book_visit(actor=cast.actor(), course=cast.ada_course, planned_for=evening)
    for later, state in ((timedelta(minutes=20), "booked"), (timedelta(minutes=40), "no_show")):
        at = evening + later
        monkeypatch.setattr(timezone, "now", lambda at=at: at)
        mark_missed_in_every_clinic()
        with clinic_scope(cast.harbour.pk):
            assert Visit.objects.get(pk=visit.pk).state == state


@pytest.mark.parametrize("state", ["no_show", "cancelled_by_patient", "cancelled_by_clinic"])
def test_a_missed_visit_can_be_taken_back_and_only_a_missed_one(cast: Cast, state: str) -> None:
    with clinic_scope(cast.harbour.pk):
        visit = _booked(cast, 0)
        with pytest.raises(VisitLocked):
            reopen_visit(actor=cast.actor(), visit=visit)
        mark_missed(actor=cast.actor(), visit=visit, state=state)
        assert reopen_visit(actor=cast.actor(), visit=visit).state == "booked"
        mark_arrived(actor=cast.actor(), visit=visit)
        mark_missed(actor=cast.actor(), visit=visit, state=state)
        assert reopen_visit(actor=cast.actor(), visit=visit).state == "arrived"
        assert AuditEvent.objects.filter(action="visit.reopen", object_id=visit.pk).count() == 2
