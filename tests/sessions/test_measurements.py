"""Measured power: what it makes of a visit's energy, when it is overdue, and that a later reading rewrites no visit."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import AuditEvent
from clinic.scoping import clinic_scope
from sessions.models import OutputMeasurement, Visit
from sessions.output import Delivered, Reading, delivered_energy, is_overdue
from sessions.records import LaserRecord, VisitRecord
from sessions.services.devices import DeviceRefused
from sessions.services.laser_rules import decide_laser_rules
from sessions.services.measurements import record_measurement
from sessions.services.visits import sign_visit, walk_in
from tests.cast import Cast

DAY = date(2026, 3, 2)


def reading(nm: int, given: str, measured: str, on: date = DAY, handpiece: str = "") -> Reading:
    return Reading(Decimal(nm), handpiece, Decimal(given), Decimal(measured), on)


def shares(**parts: str) -> dict[Decimal, Decimal]:
    return {Decimal(name[1:]): Decimal(part) for name, part in parts.items()}


def test_energy_follows_the_measured_power() -> None:
    # 9 W where 10 W were set: nine tenths of 6 000 J (vector D8's energy).
    found = delivered_energy(Decimal(6000), shares(n980="1"), "", [reading(980, "10", "9")])
    assert found is not None
    assert found.energy_j == Decimal(5400)


def test_each_wavelength_has_its_own_reading_and_its_share() -> None:
    # 70 % of 1 000 J at 0.9, 30 % at 1.1: 630 + 330 J.
    found = delivered_energy(Decimal(1000), shares(n810="0.7", n980="0.3"), "", [reading(810, "1", "0.9"), reading(980, "1", "1.1")])
    assert found is not None
    assert found.energy_j == Decimal(960)


def test_a_wavelength_without_a_reading_leaves_the_delivered_energy_unknown() -> None:
    one = reading(810, "1", "0.9")
    found = delivered_energy(Decimal(1000), shares(n810="0.5", n980="0.5"), "", [one])
    assert found == Delivered(None, (one,), (Decimal(980),))


def test_the_newest_reading_with_the_same_handpiece_counts() -> None:
    readings = [
        reading(980, "10", "9", DAY),
        reading(980, "10", "8", DAY + timedelta(days=1)),
        reading(980, "10", "5", DAY + timedelta(days=9), "another"),
    ]
    found = delivered_energy(Decimal(100), shares(n980="1"), "large", readings)
    assert found is not None
    assert found.energy_j == Decimal(80)
    assert delivered_energy(Decimal(100), shares(n980="1"), "large", readings[2:]) is None


@pytest.mark.parametrize(
    ("last", "every", "expected"),
    [
        (None, None, False),
        (None, 180, True),
        (DAY - timedelta(days=180), 180, False),
        (DAY - timedelta(days=181), 180, True),
        (DAY - timedelta(days=999), None, False),
    ],
)
def test_a_measurement_is_overdue_after_the_clinics_interval_only(last: date | None, every: int | None, expected: bool) -> None:
    assert is_overdue(last, every, DAY) is expected


def test_more_than_a_fifth_off_is_out_of_tolerance() -> None:
    assert [reading(980, "10", watts).out_of_tolerance for watts in ("8", "7.9", "12", "12.1")] == [False, True, False, True]


def measured(cast: Cast, **changes: Any) -> OutputMeasurement:
    wave = cast.device.wavelengths.order_by("wavelength_nm")[0].wavelength_nm
    given: dict[str, Any] = {
        "wavelength_nm": wave,
        "set_power_w": Decimal(10),
        "measured_power_w": Decimal(9),
        "meter": "Example meter 7",
        "measured_on": cast.harbour.today(),
    }
    return record_measurement(actor=cast.actor(), device=cast.device, **{**given, **changes})


def signed(cast: Cast) -> Visit:
    wave = cast.device.wavelengths.order_by("wavelength_nm")[0].wavelength_nm
    laser = LaserRecord(
        device_id=cast.device.pk,
        region="lumbar",
        technique="scanning_contact",
        average_power_w=Decimal(10),
        emission_s=Decimal(600),
        treated_area_cm2=Decimal(150),
        wavelength_shares={f"{wave.normalize():f}": 100},
    )
    record = VisitRecord(occurred_at=timezone.now(), pain_after=4, laser=(laser,), warnings_confirmed=True)
    return sign_visit(actor=cast.actor(), visit=walk_in(actor=cast.actor(), course=cast.ada_course), record=record)


def test_a_visit_shows_both_energies_and_a_later_reading_rewrites_nothing(cast: Cast, client: Client) -> None:
    with clinic_scope(cast.harbour.pk):
        measured(cast)
        visit = signed(cast)
        measured(cast, measured_power_w=Decimal(5))
    client.force_login(cast.therapist.user)
    text = client.get(f"/c/harbour/visits/{visit.pk}/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "Delivered by the last measured power: 5 400 J; as set: 6 000 J (9 W measured" in text


def test_an_overdue_measurement_warns_where_a_visit_is_recorded(cast: Cast, client: Client) -> None:
    client.force_login(cast.therapist.user)
    with clinic_scope(cast.harbour.pk):
        visit = walk_in(actor=cast.actor(), course=cast.ada_course)
    page = f"/c/harbour/visits/{visit.pk}/"
    assert "due to be measured" not in client.get(page).content.decode()
    with clinic_scope(cast.harbour.pk):
        decide_laser_rules(actor=cast.actor(), dose_check=False, measure_every_days=180)
    assert "never measured" in client.get(page).content.decode()
    with clinic_scope(cast.harbour.pk):
        measured(cast)
    assert "due to be measured" not in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"wavelength_nm": Decimal(555)}, "wavelength_nm"),
        ({"measured_power_w": Decimal(0)}, "measured_power_w"),
        ({"meter": " "}, "meter"),
        ({"measured_on": date(2199, 1, 1)}, "measured_on"),
    ],
)
def test_readings_that_cannot_be_are_refused_at_their_field(cast: Cast, changes: dict[str, Any], field: str) -> None:
    with clinic_scope(cast.harbour.pk), pytest.raises(DeviceRefused) as refused:
        measured(cast, **changes)
    assert refused.value.field == field


def test_the_page_takes_a_reading_and_shows_how_far_it_is_off(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator.user)
    page = f"/c/harbour/devices/{cast.device.pk}/measurements/"
    with clinic_scope(cast.harbour.pk):
        wave = cast.device.wavelengths.order_by("wavelength_nm")[0].wavelength_nm
    typed = {"wavelength_nm": f"{wave.normalize():f}", "set_power_w": "10", "measured_power_w": "7.5", "meter": "M 1"}
    answer = client.post(page, {**typed, "measured_on": cast.harbour.today().isoformat(), "handpiece": "", "note": ""})
    assert answer.status_code == 302, answer.content.decode()
    text = client.get(page).content.decode()
    assert "−25\N{NO-BREAK SPACE}%" in text
    assert "more than 20 % off" in text
    with clinic_scope(cast.harbour.pk):
        assert AuditEvent.objects.filter(action="device.measure").count() == 1
