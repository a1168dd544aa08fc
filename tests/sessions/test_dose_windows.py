"""A recorded dose beside WALT's table for 780-860 nm: a verdict only in its scope, and never a dose to give (facts 1.4)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from sessions.dose import LaserMode, LaserSettings, Technique, WavelengthShare, compute
from sessions.dose_windows import Checked, OutOfScope, Treated, Verdict, check_session, dose_windows

# 16 J at four points of 4 J: 100 mW for 40 s each, 810 nm. The row's own value.
SIXTEEN_JOULES: dict[str, Any] = {
    "mode": LaserMode.CW,
    "average_power_w": Decimal("0.1"),
    "points": 4,
    "time_per_point_s": Decimal(40),
    "technique": Technique.CONTACT_STATIONARY,
    "wavelengths": (WavelengthShare(Decimal(810), Decimal(1)),),
}


def treated(region: str = "lumbar", laser_class: str = "3B", **changes: Any) -> Treated:
    settings = LaserSettings(**{**SIXTEEN_JOULES, **changes})
    return Treated(region, laser_class, settings, compute(settings))


def check(*sites: Treated) -> Checked:
    (found,) = check_session(sites or (treated(),))
    return found


def wave(*nanometres: str) -> tuple[WavelengthShare, ...]:
    return tuple(WavelengthShare(Decimal(each), Decimal(1) / len(nanometres)) for each in nanometres)


def test_the_tables_own_value_is_within_its_window_of_8_to_24_joules() -> None:
    found = check()
    assert (found.verdict, found.energy_j, found.low_j, found.high_j) == (Verdict.WITHIN, Decimal(16), Decimal(8), Decimal(24))
    assert found.citation == "WALT 2010, 780-860 nm"


@pytest.mark.parametrize(
    ("watts", "expected"),
    [("0.05", Verdict.WITHIN), ("0.0499", Verdict.BELOW), ("0.15", Verdict.WITHIN), ("0.1501", Verdict.ABOVE)],
)
def test_both_ends_of_the_window_belong_to_it(watts: str, expected: Verdict) -> None:
    # 4 points of 40 s are 160 s: 0.05 W make 8 J and 0.15 W make 24 J.
    assert check(treated(average_power_w=Decimal(watts))).verdict is expected


def test_djavids_protocol_of_48_joules_is_above() -> None:
    found = check(treated(average_power_w=Decimal("0.05"), points=8, time_per_point_s=Decimal(120)))
    assert (found.verdict, found.energy_j) == (Verdict.ABOVE, Decimal(48))


def test_jovicics_arms_at_904_nm_get_no_verdict() -> None:
    found = check(
        treated(mode=LaserMode.SUPER_PULSED, average_power_w=Decimal("0.025"), time_per_point_s=Decimal(40), wavelengths=wave("904"))
    )
    assert (found.verdict, found.refused) == (None, (OutOfScope.MODE, OutOfScope.WAVELENGTH))


@pytest.mark.parametrize(
    ("site", "reason"),
    [
        (treated(laser_class="4"), OutOfScope.LASER_CLASS),
        (treated(average_power_w=Decimal("0.501")), OutOfScope.POWER),
        (treated(average_power_w=Decimal("0.0049")), OutOfScope.POWER),
        (treated(wavelengths=wave("904")), OutOfScope.WAVELENGTH),
        (treated(wavelengths=wave("810", "980")), OutOfScope.WAVELENGTH),
        (treated(wavelengths=()), OutOfScope.WAVELENGTH),
        (treated(region="thoracic"), OutOfScope.SITE),
        (treated(region="lumbosacral"), OutOfScope.SITE),
        (treated(time_per_point_s=Decimal(19)), OutOfScope.TIME),
        (treated(time_per_point_s=Decimal(301)), OutOfScope.TIME),
        (treated(mode=LaserMode.SUPER_PULSED, frequency_hz=Decimal(5000)), OutOfScope.MODE),
        (treated(points=None), OutOfScope.ENERGY),
    ],
)
def test_outside_its_scope_there_is_no_verdict_and_the_failing_condition_is_named(site: Treated, reason: OutOfScope) -> None:
    found = check(site)
    assert (found.verdict, found.refused) == (None, (reason,))


def test_the_edges_of_the_scope_belong_to_it() -> None:
    for site in (
        treated(wavelengths=wave("780")),
        treated(wavelengths=wave("860")),
        treated(average_power_w=Decimal("0.5"), time_per_point_s=Decimal(20)),
        treated(time_per_point_s=Decimal(300), average_power_w=Decimal("0.005")),
    ):
        assert check(site).verdict is not None


def test_sites_of_one_place_are_added_up_and_one_out_of_scope_leaves_no_verdict() -> None:
    half = treated(points=2)
    assert check(half, half).energy_j == Decimal(16)
    assert check(half, treated(laser_class="4", points=2)).refused == (OutOfScope.LASER_CLASS,)
    assert [each.region for each in check_session([half, treated("cervical")])] == ["lumbar", "cervical"]


def test_adding_a_site_never_lowers_the_energy_that_is_compared() -> None:
    sites, before = [treated(points=1)], Decimal(0)
    for _ in range(6):
        energy = check(*sites).energy_j
        assert energy is not None
        assert energy > before
        sites, before = [*sites, treated(points=1)], energy


@pytest.mark.parametrize(("points", "said"), [(4, False), (5, True), (8, True)])
def test_above_four_points_the_row_is_said_to_contradict_itself(points: int, said: bool) -> None:
    assert check(treated(points=points)).row_contradicts_itself is said


def test_the_rows_are_those_that_were_looked_up_and_the_904_nm_table_is_absent() -> None:
    (table,) = dose_windows().tables
    assert [(row.region, row.points_min, row.points_max, int(row.joules), int(row.joules_per_point_min or 0)) for row in table.rows] == [
        ("cervical", 4, 12, 16, 4),
        ("lumbar", 4, 8, 16, 4),
        ("hip", 2, 4, 12, 6),
    ]
    assert [row.contradicts_above_points for row in table.rows] == [4, 4, 2]
    assert table.wavelength_max_nm < 904
