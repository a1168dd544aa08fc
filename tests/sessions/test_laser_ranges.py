"""Possible and plausible laser parameters: the limits of the field table (facts 1.1) and the vectors D14 and D16."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from clinic.definitions import DefinitionError, load_definition
from sessions.dose import LaserMode, LaserSettings, WavelengthShare
from sessions.laser_ranges import FILE, FINDING_SENTENCES, Finding, LaserRanges, check_ranges, laser_ranges


def codes(laser_class: str | None = None, **entered: Any) -> list[tuple[str, str, str]]:
    made: dict[str, Any] = {name: Decimal(entry) if isinstance(entry, str) and name != "mode" else entry for name, entry in entered.items()}
    return [(each.field, each.level, each.code) for each in check_ranges(LaserSettings(**made), laser_class)]


def wave(nanometres: str) -> tuple[WavelengthShare, ...]:
    return (WavelengthShare(Decimal(nanometres), Decimal(1)),)


def test_nothing_recorded_raises_no_objection() -> None:
    assert codes() == []


def test_an_ordinary_class_4_session_raises_no_objection() -> None:
    entered = {"average_power_w": "12", "emission_time_s": "420", "treated_area_cm2": "500", "wavelengths": wave("980")}
    assert codes("4", mode=LaserMode.CW, **entered) == []


@pytest.mark.parametrize(
    ("entered", "expected"),
    [
        ({"average_power_w": "0"}, ("average_power_w", "hard", "not_above")),
        ({"average_power_w": "60"}, ("average_power_w", "warn", "above_usual")),
        ({"average_power_w": "60.01"}, ("average_power_w", "hard", "above_maximum")),
        ({"average_power_w": "30"}, None),
        ({"average_power_w": "30.01"}, ("average_power_w", "warn", "above_usual")),
        ({"average_power_w": "NaN"}, ("average_power_w", "hard", "not_a_number")),
        ({"peak_power_w": "20000"}, None),
        ({"peak_power_w": "20001"}, ("peak_power_w", "hard", "above_maximum")),
        ({"frequency_hz": "0"}, None),
        ({"frequency_hz": "-1"}, ("frequency_hz", "hard", "below_minimum")),
        ({"frequency_hz": "100001"}, ("frequency_hz", "hard", "above_maximum")),
        ({"pulse_duration_s": "0"}, ("pulse_duration_s", "hard", "not_above")),
        ({"duty_cycle": "1"}, None),
        ({"duty_cycle": "1.01"}, ("duty_cycle", "hard", "above_maximum")),
        ({"spot_area_cm2": "0.0009"}, ("spot_area_cm2", "hard", "below_minimum")),
        ({"spot_diameter_cm": "0.03"}, ("spot_area_cm2", "hard", "below_minimum")),
        ({"spot_area_cm2": "200.1"}, ("spot_area_cm2", "hard", "above_maximum")),
        ({"treated_area_cm2": "0.9"}, ("treated_area_cm2", "hard", "below_minimum")),
        ({"treated_area_cm2": "2001"}, ("treated_area_cm2", "hard", "above_maximum")),
        ({"treated_area_cm2": "2", "spot_area_cm2": "3"}, ("treated_area_cm2", "warn", "treated_area_below_spot")),
        ({"points": 0}, ("points", "hard", "below_minimum")),
        ({"points": 101}, ("points", "hard", "above_maximum")),
        ({"time_per_point_s": "0.5"}, ("time_per_point_s", "hard", "below_minimum")),
        ({"emission_time_s": "3601"}, ("emission_time_s", "hard", "above_maximum")),
        ({"wavelengths": wave("1100")}, ("wavelength_nm", "warn", "above_usual")),
        ({"wavelengths": wave("1101")}, ("wavelength_nm", "hard", "above_maximum")),
        ({"wavelengths": wave("599")}, ("wavelength_nm", "warn", "below_usual")),
        ({"wavelengths": wave("399")}, ("wavelength_nm", "hard", "below_minimum")),
        ({"average_power_w": "6", "peak_power_w": "5"}, ("average_power_w", "hard", "average_above_peak")),
        ({"mode": LaserMode.GATED, "frequency_hz": "0"}, ("frequency_hz", "warn", "pulsed_without_frequency")),
    ],
)
def test_each_limit_is_the_one_of_the_field_table(entered: dict[str, Any], expected: tuple[str, str, str] | None) -> None:
    assert codes(**entered) == ([] if expected is None else [expected])


def test_computed_energy_above_the_limit_is_refused_though_its_parts_are_accepted() -> None:
    assert codes(average_power_w="20", emission_time_s="1501") == [("energy_total_j", "hard", "above_maximum")]


def test_d14_pulses_longer_than_the_time_between_them_are_refused() -> None:
    found = codes(mode=LaserMode.PULSED, peak_power_w="5", pulse_duration_s="0.001", frequency_hz="2000")
    assert found == [("duty_cycle", "hard", "duty_above_one")]


def test_a_duty_cycle_more_than_one_percent_off_its_pulse_is_refused() -> None:
    pulse = {"mode": LaserMode.GATED, "frequency_hz": "20", "pulse_duration_s": "0.025"}
    assert codes(duty_cycle="0.505", **pulse) == []
    assert codes(duty_cycle="0.506", **pulse) == [("duty_cycle", "hard", "duty_disagrees")]


def test_an_average_that_is_really_the_peak_is_asked_about() -> None:
    pulse = {"mode": LaserMode.GATED, "peak_power_w": "10", "duty_cycle": "0.5"}
    assert codes(average_power_w="5", **pulse) == []
    assert codes(average_power_w="10", **pulse) == [("average_power_w", "warn", "average_disagrees_with_pulse")]


@pytest.mark.parametrize(
    ("laser_class", "power", "expected"),
    [
        ("3B", "0.5", []),
        ("3B", "0.6", [("average_power_w", "hard", "class_3b_above_half_watt")]),
        ("4", "0.6", []),
        ("4", "0.5", [("average_power_w", "warn", "class_4_at_most_half_watt")]),
        ("1", "0.01", [("laser_class", "warn", "unusual_laser_class")]),
        ("5", "0.01", [("laser_class", "hard", "unknown_laser_class")]),
        (None, "0.6", []),
    ],
)
def test_d16_the_label_on_the_device_limits_its_average_power(laser_class: str | None, power: str, expected: list[Any]) -> None:
    assert codes(laser_class, average_power_w=power) == expected


def test_a_super_pulsed_3b_device_is_judged_by_its_average_not_by_its_peak() -> None:
    pulse = {"mode": LaserMode.SUPER_PULSED, "peak_power_w": "50", "pulse_duration_s": "0.0000002"}
    assert codes("3B", frequency_hz="5000", **pulse) == []
    assert codes("3B", frequency_hz="60000", **pulse) == [("average_power_w", "hard", "class_3b_above_half_watt")]


def test_a_finding_says_its_limit_with_the_unit() -> None:
    [finding] = check_ranges(LaserSettings(average_power_w=Decimal("0.6")), "3B")
    assert finding.sentence % {"limit": finding.limit} == (
        "A class 3B device cannot emit more than 0.5\u00a0W on average. Correct the power or the class."
    )
    [duty] = check_ranges(LaserSettings(duty_cycle=Decimal(2)), None)
    assert duty.limit == "100\u00a0%"


def test_every_sentence_can_be_filled() -> None:
    for code, sentence in FINDING_SENTENCES.items():
        filled = Finding("points", "warn", code, "100").sentence % {"limit": "100"}
        assert "%(" not in filled, sentence


def test_an_unknown_key_or_field_in_the_table_is_an_error(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    broken = tmp_path / FILE.name
    broken.write_text(text.replace('"hard_max": 60,', '"hard_maximum": 60,'), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"hard_maximum: unknown key"):
        load_definition(LaserRanges, broken)
    broken.write_text(text.replace('"field": "points"', '"field": "spots"'), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"'spots' is not a field"):
        load_definition(LaserRanges, broken)


def test_the_table_judges_only_what_a_record_can_hold() -> None:
    recordable = {field.name for field in fields(LaserSettings)} | {"wavelength_nm", "energy_total_j"}
    assert {each.field for each in laser_ranges().ranges} <= recordable
