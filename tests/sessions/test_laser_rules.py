"""The comparison with a published window is off until the clinic decides; then a signed visit says where it lies, or why not."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from clinic.models import AuditEvent
from clinic.scoping import clinic_scope
from sessions.models import Device, LaserRules, Visit
from sessions.records import LaserRecord, VisitRecord
from sessions.services.devices import register_device
from sessions.services.laser_rules import decide_laser_rules
from sessions.services.visits import sign_visit, walk_in
from tests.cast import Cast


def _small_laser(cast: Cast) -> Device:
    return register_device(
        actor=cast.actor(),
        name="Small one",
        maker="M",
        model="S",
        laser_class="3B",
        maximum_power_w=Decimal("0.2"),
        wavelengths_nm=[Decimal(810)],
        handpieces=[],
    )


def _signed(cast: Cast, device: Device, **changes: Any) -> Visit:
    settings: dict[str, Any] = {
        "region": "lumbar",
        "average_power_w": Decimal("0.05"),
        "points": 8,
        "seconds_per_point": Decimal(120),
        "wavelength_shares": {"810": 100},
    }
    laser = LaserRecord(device_id=device.pk, **{**settings, **changes})
    record = VisitRecord(occurred_at=timezone.now(), pain_after=4, laser=(laser,), warnings_confirmed=True)
    return sign_visit(actor=cast.actor(), visit=walk_in(actor=cast.actor(), course=cast.ada_course), record=record)


@pytest.fixture
def therapist(cast: Cast, client: Client) -> Client:
    client.force_login(cast.therapist.user)
    return client


def _page(client: Client, visit: Visit) -> str:
    return str(client.get(f"/c/harbour/visits/{visit.pk}/").content.decode())


def test_nothing_is_compared_until_the_clinic_decides(cast: Cast, therapist: Client) -> None:
    with clinic_scope(cast.harbour.pk):
        visit = _signed(cast, _small_laser(cast))
    assert "published" not in _page(therapist, visit)


def test_a_visit_says_where_its_energy_lies_and_that_the_row_contradicts_itself(cast: Cast, therapist: Client) -> None:
    with clinic_scope(cast.harbour.pk):
        visit = _signed(cast, _small_laser(cast))
        decide_laser_rules(actor=cast.actor(), dose_check=True)
    text = _page(therapist, visit)
    assert "above the published window (48 J; the window is 8 to 24 J)" in text
    assert "8 points of at least 4 J each come to more than its 16 J" in text
    assert "expert guidance, not evidence of benefit" in text


def test_a_class_4_visit_gets_no_verdict_and_says_which_conditions_fail(cast: Cast, therapist: Client) -> None:
    with clinic_scope(cast.harbour.pk):
        visit = _signed(cast, cast.device, average_power_w=Decimal(12), wavelength_shares={"980": 100})
        decide_laser_rules(actor=cast.actor(), dose_check=True)
    text = _page(therapist, visit)
    assert "no verdict, because the table is for class 3B devices only" in text
    assert "780 to 860 nm only" in text
    assert "5 to 500 mW only" in text
    assert "J; the window is" not in text


def test_deciding_is_audited_once_and_kept_as_it_was(cast: Cast) -> None:
    with clinic_scope(cast.harbour.pk):
        decide_laser_rules(actor=cast.actor(), dose_check=True)
        decide_laser_rules(actor=cast.actor(), dose_check=True)
        decide_laser_rules(actor=cast.actor(), dose_check=False)
        assert AuditEvent.objects.filter(action="laser_rules.decide").count() == 2
        assert LaserRules.objects.get().history_rows.get().dose_check is True


def test_the_page_decides_and_shows_the_table_with_its_source(cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator.user)
    text = client.get("/c/harbour/devices/rules/").content.decode()
    assert "16 J in all, 4 to 8 points, at least 4 J at a point" in text
    assert "April 2010" in text
    assert client.post("/c/harbour/devices/rules/", {"dose_check": "on"}).status_code == 302
    with clinic_scope(cast.harbour.pk):
        assert LaserRules.objects.get().dose_check is True
