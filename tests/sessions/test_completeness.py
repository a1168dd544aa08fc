"""The eight parameters of Jenkins & Carroll 2011: which of them a record determines (facts 1.1)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from sessions.completeness import Completeness, Item, completeness, mean_score, of_session
from sessions.dose import LaserMode, LaserSettings, Technique, WavelengthShare

# Djavid 2007 as published: 810 nm, continuous, 50 mW, 0.2206 cm², 8 points of 120 s (vector D1).
DJAVID: dict[str, Any] = {
    "mode": LaserMode.CW,
    "average_power_w": Decimal("0.05"),
    "spot_area_cm2": Decimal("0.2206"),
    "points": 8,
    "time_per_point_s": Decimal(120),
    "technique": Technique.CONTACT_STATIONARY,
    "wavelengths": (WavelengthShare(Decimal(810), Decimal(1)),),
}


def missing(region: str = "lumbar", **changes: Any) -> tuple[Item, ...]:
    return completeness(LaserSettings(**{**DJAVID, **changes}), region=region).missing


def test_a_fully_described_treatment_has_all_eight() -> None:
    whole = completeness(LaserSettings(**DJAVID), region="lumbar")
    assert (whole.score, whole.out_of, whole.missing) == (8, 8, ())


@pytest.mark.parametrize(
    ("changes", "lacking"),
    [
        ({"wavelengths": ()}, Item.WAVELENGTH),
        ({"wavelengths": (WavelengthShare(Decimal(810), Decimal("0.5")),)}, Item.WAVELENGTH),
        ({"average_power_w": None}, Item.POWER),
        ({"time_per_point_s": None}, Item.TIME),
        ({"spot_area_cm2": None}, Item.BEAM_AREA),
        ({"mode": LaserMode.GATED}, Item.PULSE),
        ({"mode": LaserMode.SUPER_PULSED, "frequency_hz": Decimal(5000)}, Item.PULSE),
        ({"region": ""}, Item.LOCATION),
    ],
)
def test_each_parameter_that_is_not_recorded_is_named(changes: dict[str, Any], lacking: Item) -> None:
    assert missing(**changes) == (lacking,)


def test_a_super_pulsed_beam_is_described_by_its_frequency_and_pulse_duration() -> None:
    pulsed: dict[str, Any] = {"mode": LaserMode.SUPER_PULSED, "frequency_hz": Decimal(5000), "pulse_duration_s": Decimal("0.0000002")}
    assert missing(**pulsed) == ()


def test_a_session_lacks_what_any_of_its_sites_lacks() -> None:
    session = of_session([Completeness((Item.POWER,)), Completeness((Item.BEAM_AREA, Item.POWER)), Completeness(())])
    assert session == Completeness((Item.POWER, Item.BEAM_AREA))
    assert of_session([]) is None


def test_the_mean_counts_each_site_as_often_as_it_occurs() -> None:
    assert mean_score([(Completeness(()), 3), (Completeness((Item.PULSE, Item.POWER)), 1)]) == Decimal("7.5")
    assert mean_score([]) is None
