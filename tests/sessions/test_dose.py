"""The dosimetry: worked examples (tests/data/dose_vectors.json) and the laws that hold for all numbers."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions import dose
from sessions.dose import (
    REASON_SENTENCES,
    Computed,
    Dose,
    LaserSettings,
    NotComputable,
    Quantity,
    Reason,
    Technique,
    add_energies,
    compare_energy,
    compute,
    localise,
)
from tests.sessions.dose_vectors import QUANTITIES, VECTORS, agrees, answer, names, plain, settings_from

# Twenty significant digits are kept, so that two ways to the same number may differ in the last of them.
LAST_DIGIT = Fraction(1, 10**18)

# The machine may be busy with other tests: a law has no deadline.
unhurried = settings(deadline=None)

powers = st.decimals(min_value="0.001", max_value="60", places=3)
times = st.decimals(min_value="1", max_value="3600", places=1)
areas = st.decimals(min_value="0.001", max_value="200", places=3)


def value(quantity: Quantity) -> Fraction:
    assert isinstance(quantity, Computed), quantity
    return Fraction(quantity.value)


def same(first: Fraction, second: Fraction) -> bool:
    return abs(first - second) <= LAST_DIGIT * abs(second)


@pytest.mark.parametrize("vector", VECTORS["doses"], ids=names("doses"))
def test_a_worked_example_comes_out_as_published(vector: dict[str, Any]) -> None:
    computed = compute(settings_from(vector["settings"]))
    for name, expected in vector["expect"].items():
        assert agrees(answer(getattr(computed, name)), expected), (name, getattr(computed, name))
    for name, formula in vector.get("formulas", {}).items():
        assert plain(getattr(computed, name).formula) == formula
    for name, text in vector.get("texts", {}).items():
        assert plain(getattr(computed, name).text) == text
    shares = [answer(each.energy_j) for each in computed.energy_by_wavelength]
    for got, expected in zip(shares, vector.get("wavelengths", shares), strict=True):
        assert agrees(got, expected), got


@pytest.mark.parametrize("vector", VECTORS["comparisons"], ids=names("comparisons"))
def test_a_console_reading_is_flagged_above_five_percent_and_both_are_kept(vector: dict[str, Any]) -> None:
    typed = None if vector["typed_j"] is None else Decimal(vector["typed_j"])
    computed = joules(vector["energy_j"])
    comparison = compare_energy(typed, computed)
    assert comparison.differs is vector["differs"]
    assert (comparison.typed_j, comparison.computed) == (typed, computed)
    if vector["relative"] is None:
        assert comparison.relative_difference is None
    else:
        assert agrees(f"{comparison.relative_difference:f}", vector["relative"])


@pytest.mark.parametrize("vector", VECTORS["sums"], ids=names("sums"))
def test_joules_are_added_and_an_unknown_part_stays_unknown(vector: dict[str, Any]) -> None:
    total = add_energies(joules(each) for each in vector["energies_j"])
    assert agrees(answer(total.total), vector["total"])
    assert total.known_j == Decimal(vector["known_j"])
    assert (total.counted, total.missing) == (len(vector["energies_j"]) - vector["missing"], vector["missing"])


@pytest.mark.parametrize("vector", VECTORS["relations"], ids=names("relations"))
def test_a_relation_between_two_numbers_holds(vector: dict[str, Any]) -> None:
    function = getattr(dose, vector["function"])
    assert agrees(answer(function(*map(Decimal, vector["arguments"]))), vector["expect"])


def joules(text: str | None) -> Quantity:
    return NotComputable(Reason.TIME_MISSING) if text is None else Computed(Decimal(text), "J", "")


def test_every_quantity_of_a_dose_is_named_in_the_vectors() -> None:
    others = {"energy_by_wavelength", "version"}
    assert {field.name for field in fields(Dose)} - others == set(QUANTITIES)
    named = {name for vector in VECTORS["doses"] for name in vector["expect"]}
    assert named == set(QUANTITIES)


def test_every_reason_has_a_sentence() -> None:
    assert set(REASON_SENTENCES) == set(Reason)
    assert len(set(REASON_SENTENCES.values())) == len(Reason)


def test_fluences_are_never_added() -> None:
    fluence = Computed(Decimal(3), "J/cm²", "")
    with pytest.raises(ValueError, match="only joules can be added, not J/cm²"):
        add_energies([fluence, fluence, fluence, fluence])


def test_a_sum_of_many_parts_is_written_by_their_number() -> None:
    total = add_energies([joules("6")] * 12).total
    assert isinstance(total, Computed)
    assert plain(total.formula) == "Σ (n = 12) = 72 J"


def test_a_formula_can_be_read_with_a_decimal_comma() -> None:
    computed = compute(LaserSettings(average_power_w=Decimal("0.05"), emission_time_s=Decimal("12.5"))).energy_total_j
    assert isinstance(computed, Computed)
    assert plain(localise(computed.formula, ",")) == "0,05 W × 12,5 s = 0,625 J"


@unhurried
@given(powers, times, st.integers(min_value=2, max_value=20))
def test_energy_is_linear_in_time(power: Decimal, time: Decimal, factor: int) -> None:
    short = LaserSettings(average_power_w=power, emission_time_s=time)
    long = replace(short, emission_time_s=time * factor)
    assert value(compute(long).energy_total_j) == factor * value(compute(short).energy_total_j)


@unhurried
@given(powers, times, times)
def test_energy_is_the_same_when_a_time_is_split_in_two(power: Decimal, first: Decimal, second: Decimal) -> None:
    whole = compute(LaserSettings(average_power_w=power, emission_time_s=first + second))
    parts = [compute(LaserSettings(average_power_w=power, emission_time_s=time)) for time in (first, second)]
    split = compute(LaserSettings(average_power_w=power, point_times_s=(first, second)))
    assert value(add_energies(part.energy_total_j for part in parts).total) == value(whole.energy_total_j)
    assert value(split.energy_total_j) == value(whole.energy_total_j)


@unhurried
@given(powers, times, areas)
def test_fluence_times_area_is_energy(power: Decimal, time: Decimal, area: Decimal) -> None:
    point = LaserSettings(
        average_power_w=power, time_per_point_s=time, points=1, spot_area_cm2=area, technique=Technique.CONTACT_STATIONARY
    )
    computed = compute(point)
    assert same(value(computed.fluence_j_cm2) * Fraction(area), value(computed.energy_per_point_j))
    assert same(value(computed.irradiance_w_cm2) * Fraction(time), value(computed.fluence_j_cm2))


@unhurried
@given(powers, times, st.decimals(min_value="1", max_value="2000", places=1))
def test_area_dose_times_area_is_energy_and_mean_irradiance_times_time_is_area_dose(power: Decimal, time: Decimal, area: Decimal) -> None:
    swept = LaserSettings(average_power_w=power, emission_time_s=time, treated_area_cm2=area, technique=Technique.SCANNING_CONTACT)
    computed = compute(swept)
    assert same(value(computed.area_dose_j_cm2) * Fraction(area), value(computed.energy_total_j))
    assert same(value(computed.mean_irradiance_w_cm2) * Fraction(time), value(computed.area_dose_j_cm2))


@unhurried
@given(powers, st.lists(times, min_size=2, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_points_does_not_matter(power: Decimal, point_times: list[Decimal], random: Any) -> None:
    shuffled = list(point_times)
    random.shuffle(shuffled)
    first = compute(LaserSettings(average_power_w=power, point_times_s=tuple(point_times)))
    second = compute(LaserSettings(average_power_w=power, point_times_s=tuple(shuffled)))
    assert value(first.energy_total_j) == value(second.energy_total_j)


@unhurried
@given(st.lists(st.decimals(min_value="0.01", max_value="30000", places=2), min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_joules_add_up_in_any_order_and_another_site_never_lowers_the_total(energies: list[Decimal], random: Any) -> None:
    quantities = [joules(str(each)) for each in energies]
    total = value(add_energies(quantities).total)
    random.shuffle(quantities)
    assert value(add_energies(quantities).total) == total == sum(map(Fraction, energies))
    assert value(add_energies([*quantities, joules("0.01")]).total) > total


@unhurried
@given(powers, times, areas, st.integers(min_value=1, max_value=9))
def test_a_thousandfold_slip_of_the_unit_shows_as_a_thousandfold_dose(power: Decimal, time: Decimal, area: Decimal, points: int) -> None:
    watts = LaserSettings(average_power_w=power, time_per_point_s=time, points=points, spot_area_cm2=area, technique=Technique.ACUPOINT)
    slipped = compute(replace(watts, average_power_w=power * 1000))
    for name in ("average_power_w", "energy_per_point_j", "energy_total_j", "irradiance_w_cm2", "fluence_j_cm2"):
        assert same(value(getattr(slipped, name)), 1000 * value(getattr(compute(watts), name)))


@unhurried
@given(st.decimals(min_value="0.1", max_value="20000", places=1), st.decimals(min_value="0.000000001", max_value="0.01", places=9), times)
def test_a_pulsed_beam_never_gives_more_than_its_peak(peak: Decimal, on_time: Decimal, time: Decimal) -> None:
    pulsed = LaserSettings(peak_power_w=peak, pulse_duration_s=on_time, frequency_hz=Decimal(50), emission_time_s=time)
    computed = compute(pulsed)
    assert value(computed.average_power_w) == Fraction(peak) * Fraction(on_time) * 50
    assert value(computed.energy_total_j) <= Fraction(peak) * Fraction(time)


numbers = st.one_of(st.none(), st.decimals(), st.sampled_from([Decimal("sNaN"), Decimal(0), Decimal("-0"), Decimal("1E+999")]))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_nothing_that_can_be_typed_raises_and_every_value_is_a_number_above_zero(data: st.DataObject) -> None:
    drawn: dict[str, Any] = {}
    for field in fields(LaserSettings):
        if field.name in {"mode", "technique", "wavelengths", "spot_axes_cm", "point_times_s", "points"}:
            continue
        drawn[field.name] = data.draw(numbers, label=field.name)
    drawn["mode"] = data.draw(st.sampled_from([None, *dose.LaserMode]))
    drawn["technique"] = data.draw(st.sampled_from([None, *Technique]))
    drawn["points"] = data.draw(st.one_of(st.none(), st.integers()))
    drawn["point_times_s"] = tuple(data.draw(st.lists(st.decimals(), max_size=3)))
    computed = compute(LaserSettings(**drawn))
    for name in QUANTITIES:
        quantity = getattr(computed, name)
        assert isinstance(quantity, NotComputable) or (quantity.value.is_finite() and quantity.value > 0 and quantity.text)
