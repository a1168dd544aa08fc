"""Energy of a course by region and device: joules are added, densities never, and what is unknown is said."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic.scoping import clinic_scope
from sessions.models import Visit
from sessions.records import LaserRecord, VisitRecord
from sessions.selectors.delivered import energy_of_course
from sessions.services.visits import sign_visit, walk_in
from tests.cast import Cast


def laser(cast: Cast, **changes: Any) -> LaserRecord:
    scanned = LaserRecord(
        device_id=cast.device.pk,
        region="lumbar",
        technique="scanning_contact",
        average_power_w=Decimal(12),
        emission_s=Decimal(420),
        treated_area_cm2=Decimal(500),
        wavelength_shares={"980": 100},
    )
    return replace(scanned, **changes)


def signed(cast: Cast, *sites: LaserRecord) -> Visit:
    record = VisitRecord(occurred_at=timezone.now(), pain_before=6, pain_after=4, laser=sites, warnings_confirmed=True)
    return sign_visit(actor=cast.actor(), visit=walk_in(actor=cast.actor(), course=cast.ada_course), record=record)


def test_joules_are_added_over_sessions_apart_for_each_region(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        signed(cast, laser(cast))
        signed(cast, laser(cast), laser(cast, region="cervical", emission_s=Decimal(100)))
        energy = energy_of_course(cast.ada_course.pk)
    assert energy is not None
    # 12 W × 420 s twice; 12 W × 100 s.
    assert sorted((line.energy_j, line.sites) for line in energy.lines) == [(Decimal(1200), 1), (Decimal(10080), 2)]
    assert energy.total_j == Decimal(11280)


def test_a_site_whose_energy_is_unknown_leaves_no_total(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        signed(cast, laser(cast), laser(cast, emission_s=None))
        energy = energy_of_course(cast.ada_course.pk)
    assert energy is not None
    assert (energy.total_j, energy.known_j, energy.unknown) == (None, Decimal(5040), 1)


def test_a_course_without_laser_has_no_energy(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk), CaptureQueriesContext(connection) as statements:
        assert energy_of_course(cast.ada_course.pk) is None
    assert len([each for each in statements if "treatment_laserapplication" in each["sql"]]) == 1


def test_adding_a_site_never_lowers_the_energy(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        totals = []
        for seconds in (1, 60, 600):
            signed(cast, laser(cast, emission_s=Decimal(seconds)))
            energy = energy_of_course(cast.ada_course.pk)
            assert energy is not None
            totals.append(energy.known_j)
    assert totals == [Decimal(12), Decimal(732), Decimal(7932)]


def test_the_record_and_the_visit_say_the_energy_and_what_was_not_recorded(cast: Cast, client: Client) -> None:
    with clinic_scope(cast.harbour.pk):
        visit = signed(cast, laser(cast))
    client.force_login(cast.therapist.user)
    record = client.get(f"/c/harbour/patients/{cast.ada.pk}/").content.decode()
    assert "Laser energy so far" in record
    assert "5040 J" in record
    page = client.get(f"/c/harbour/visits/{visit.pk}/").content.decode()
    assert "Dose record: 7 of 8 parameters" in page
    assert "Not recorded: beam area on the skin." in page
