"""A visit is recorded once, with every joule recomputed, and locked when it is signed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import Error, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.models import AuditEvent
from clinic.scoping import clinic_scope
from sessions.models import LaserApplication, OtherTreatment, Visit, VisitDraft
from sessions.records import LaserRecord, OtherRecord, VisitRecord
from sessions.services.visits import (
    DraftConflict,
    VisitLocked,
    VisitRefused,
    amend_visit,
    book_visit,
    mark_arrived,
    mark_missed,
    save_draft,
    sign_visit,
    walk_in,
)
from tests.cast import Cast


def _laser(cast: Cast, **changes: Any) -> LaserRecord:
    scanned = LaserRecord(
        device_id=cast.device.pk,
        region="lumbar",
        side="both",
        technique="scanning_contact",
        average_power_w=Decimal(12),
        emission_s=Decimal(420),
        treated_area_cm2=Decimal(500),
    )
    return replace(scanned, **changes)


def _record(cast: Cast, **changes: Any) -> VisitRecord:
    record = VisitRecord(occurred_at=timezone.now(), pain_before=6, pain_after=4, reaction="none", skin_checked=True, laser=(_laser(cast),))
    return replace(record, **changes)


def _visit(cast: Cast) -> Visit:
    return walk_in(actor=cast.actor(), course=cast.ada_course)


def test_the_server_computes_the_dose_from_power_and_time(cast: Cast) -> None:
    # 12 W × 420 s = 5 040 J over 500 cm² = 10.08 J/cm²: the lumbar row of a Class 4 console's table (shared facts, pages L29).
    with clinic_scope(cast.harbour.pk):
        sign_visit(actor=cast.actor(), visit=_visit(cast), record=_record(cast))
        laser = LaserApplication.objects.get()
        assert laser.energy_computed_j == 5040
        assert laser.energy_differs is False
        assert laser.not_computable["fluence_j_cm2"] == "only_for_points"
        assert laser.irradiance_w_cm2 is None
        assert laser.not_computable["irradiance_w_cm2"] == "spot_area_missing"


@pytest.mark.parametrize(("typed", "differs"), [("5040", False), ("4788", False), ("4787", True), ("5292", False), ("5293", True)])
def test_a_console_reading_more_than_five_per_cent_off_is_flagged_and_both_are_kept(cast: Cast, typed: str, differs: bool) -> None:
    with clinic_scope(cast.harbour.pk):
        laser = _laser(cast, energy_typed_j=Decimal(typed))
        sign_visit(actor=cast.actor(), visit=_visit(cast), record=_record(cast, laser=(laser,)))
        stored = LaserApplication.objects.get()
        assert (stored.energy_computed_j, stored.energy_typed_j, stored.energy_differs) == (5040, Decimal(typed), differs)


def test_impossible_settings_are_refused_by_name_and_nothing_is_stored(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        visit = _visit(cast)
        with pytest.raises(VisitRefused) as refused:
            sign_visit(actor=cast.actor(), visit=visit, record=_record(cast, laser=(_laser(cast, average_power_w=Decimal(61)),)))
        assert [(o.field, o.hard) for o in refused.value.objections if o.hard] == [("laser-0-average_power_w", True)]
        assert (LaserApplication.objects.count(), Visit.objects.get(pk=visit.pk).state) == (0, "arrived")


def test_an_unusual_setting_is_accepted_once_it_is_confirmed(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        visit, unusual = _visit(cast), _record(cast, laser=(_laser(cast, average_power_w=Decimal(40)),))
        with pytest.raises(VisitRefused) as refused:
            sign_visit(actor=cast.actor(), visit=visit, record=unusual)
        assert {objection.hard for objection in refused.value.objections} == {False}
        sign_visit(actor=cast.actor(), visit=visit, record=replace(unusual, warnings_confirmed=True))
        assert AuditEvent.objects.get(action="visit.sign").detail["warnings_confirmed"] is True


def test_signing_without_pain_after_asks_for_a_reason(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        visit = _visit(cast)
        with pytest.raises(VisitRefused) as refused:
            sign_visit(actor=cast.actor(), visit=visit, record=_record(cast, pain_after=None))
        assert [objection.field for objection in refused.value.objections] == ["no_pain_after_reason"]
        sign_visit(actor=cast.actor(), visit=visit, record=_record(cast, pain_after=None, no_pain_after_reason="left at once"))
        assert Visit.objects.get(pk=visit.pk).no_pain_after_reason == "left at once"


def test_a_visit_without_laser_is_a_visit(cast: Cast) -> None:
    other = (OtherRecord(kind="manual_therapy", code="joint_mobilisation", grade="III", region="lumbar", levels=("L4",), minutes=15),)
    with clinic_scope(cast.harbour.pk):
        sign_visit(actor=cast.actor(), visit=_visit(cast), record=_record(cast, laser=(), other=other))
        stored = OtherTreatment.objects.get()
        assert (stored.kind, stored.code, stored.grade, stored.levels, stored.minutes) == (
            "manual_therapy",
            "joint_mobilisation",
            "III",
            ["L4"],
            15,
        )


def test_a_treatment_that_is_not_on_the_list_is_refused(cast: Cast) -> None:
    other = (OtherRecord(kind="injection", code="magic"),)
    with clinic_scope(cast.harbour.pk), pytest.raises(VisitRefused):
        sign_visit(actor=cast.actor(), visit=_visit(cast), record=_record(cast, other=other))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE treatment_visit SET pain_after = 0",
        "DELETE FROM treatment_visit",
        "UPDATE treatment_laserapplication SET energy_computed_j = 1",
        "DELETE FROM treatment_laserapplication",
        "UPDATE treatment_visit SET state = 'arrived'",
    ],
)
def test_a_signed_visit_is_locked_against_raw_sql(cast: Cast, change: str) -> None:
    with clinic_scope(cast.harbour.pk):
        sign_visit(actor=cast.actor(), visit=_visit(cast), record=_record(cast))
        with pytest.raises(Error, match="locked"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_a_signed_visit_is_not_signed_drafted_or_missed_again(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        visit = sign_visit(actor=cast.actor(), visit=_visit(cast), record=_record(cast))
        with pytest.raises(VisitLocked):
            sign_visit(actor=cast.actor(), visit=visit, record=_record(cast))
        with pytest.raises(VisitLocked):
            save_draft(actor=cast.actor(), visit=visit, form={}, revision=0)
        with pytest.raises(VisitLocked):
            mark_missed(actor=cast.actor(), visit=visit, state="no_show")
        assert LaserApplication.objects.count() == 1


def test_an_addendum_keeps_the_original_and_says_who_and_why(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        visit = sign_visit(actor=cast.actor(), visit=_visit(cast), record=_record(cast))
        for text in ("first", "second"):
            amend_visit(actor=cast.actor(), visit=visit, reason="typing error", changes={"pain_after": [4, 5]}, text=text)
        assert Visit.objects.get(pk=visit.pk).pain_after == 4
        assert list(visit.addenda.order_by("written_at").values_list("text", "author")) == [
            ("first", cast.therapist.pk),
            ("second", cast.therapist.pk),
        ]
        with pytest.raises(VisitRefused):
            amend_visit(actor=cast.actor(), visit=visit, reason=" ", changes={}, text="without a reason")


def test_a_double_tap_makes_one_visit(cast: Cast) -> None:
    key: UUID = uuid4()
    with clinic_scope(cast.harbour.pk):
        first = walk_in(actor=cast.actor(), course=cast.ada_course, client_key=key)
        assert walk_in(actor=cast.actor(), course=cast.ada_course, client_key=key).pk == first.pk
        assert Visit.objects.count() == 1


def test_an_addendum_sent_twice_is_kept_once(cast: Cast) -> None:
    key: UUID = uuid4()
    with clinic_scope(cast.harbour.pk):
        visit = sign_visit(actor=cast.actor(), visit=_visit(cast), record=_record(cast))
        said: dict[str, Any] = {"reason": "typing error", "changes": {"pain_after": [4, 5]}, "client_key": key}
        first = amend_visit(actor=cast.actor(), visit=visit, **said)
        assert amend_visit(actor=cast.actor(), visit=visit, **said) == first
        assert list(visit.addenda.all()) == [first]


def test_arriving_twice_keeps_the_first_time(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        visit = book_visit(actor=cast.actor(), course=cast.ada_course, planned_for=timezone.now())
        first = mark_arrived(actor=cast.actor(), visit=visit).arrived_at
        assert mark_arrived(actor=cast.actor(), visit=visit).arrived_at == first


def test_a_draft_is_kept_without_audit_and_a_stale_one_shows_the_other(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        visit = _visit(cast)
        audited = AuditEvent.objects.count()
        first = save_draft(actor=cast.actor(), visit=visit, form={"note": "one"}, revision=0)
        save_draft(actor=cast.actor(), visit=visit, form={"note": "two"}, revision=first.revision)
        with pytest.raises(DraftConflict) as conflict:
            save_draft(actor=cast.actor(), visit=visit, form={"note": "stale"}, revision=first.revision)
        assert conflict.value.stored.form == {"note": "two"}
        assert AuditEvent.objects.count() == audited
        sign_visit(actor=cast.actor(), visit=visit, record=_record(cast))
        assert VisitDraft.objects.count() == 0


def test_signing_takes_a_constant_number_of_statements(cast: Cast) -> None:
    counts = []
    for sites in (1, 5):
        with clinic_scope(cast.harbour.pk):
            visit, record = _visit(cast), _record(cast, laser=(_laser(cast),) * sites)
            with CaptureQueriesContext(connection) as queries:
                sign_visit(actor=cast.actor(), visit=visit, record=record)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 9
