"""The live dose in the browser gives the server's answers: the same vectors, and the same digits for random settings."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from sessions.dose import DOSE_VERSION, Computed, LaserMode, Technique, compute
from tests.sessions.dose_vectors import (
    QUANTITIES,
    VECTORS,
    agrees,
    answer,
    browser_answer,
    camel,
    in_browser_words,
    names,
    plain,
    settings_from,
)

SOURCE = Path(__file__).parents[2] / "sessions" / "static" / "sessions" / "dose.js"
LOAD = """async source => {
  window.dose = await import(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page with the module loaded as `dose`; no server is needed for pure functions."""
    context = browser.new_context()
    page = context.new_page()
    page.evaluate(LOAD, SOURCE.read_text(encoding="utf-8"))
    yield page
    context.close()


def compute_in_browser(page: Page, settings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = page.evaluate("all => all.map(dose.computeDose)", [in_browser_words(each) for each in settings])
    return answers


def joules(text: str | None) -> dict[str, str]:
    """An energy as the module hands it out."""
    return {"notComputable": "time_missing"} if text is None else {"value": text, "unit": "J", "formula": "", "text": ""}


@pytest.mark.parametrize("vector", VECTORS["doses"], ids=names("doses"))
def test_a_worked_example_comes_out_as_published(page: Page, vector: dict[str, Any]) -> None:
    [computed] = compute_in_browser(page, [vector["settings"]])
    for name, expected in vector["expect"].items():
        assert agrees(browser_answer(computed[camel(name)]), expected), (name, computed[camel(name)])
    for name, formula in vector.get("formulas", {}).items():
        assert plain(computed[camel(name)]["formula"]) == formula
    for name, text in vector.get("texts", {}).items():
        assert plain(computed[camel(name)]["text"]) == text
    shares = [browser_answer(each["energyJ"]) for each in computed["energyByWavelength"]]
    for got, expected in zip(shares, vector.get("wavelengths", shares), strict=True):
        assert agrees(got, expected), got


@pytest.mark.parametrize("vector", VECTORS["comparisons"], ids=names("comparisons"))
def test_a_console_reading_is_flagged_above_five_percent(page: Page, vector: dict[str, Any]) -> None:
    got = page.evaluate("([typed, energy]) => dose.compareEnergy(typed, energy)", [vector["typed_j"], joules(vector["energy_j"])])
    assert got["differs"] is vector["differs"]
    if vector["relative"] is None:
        assert got["relativeDifference"] is None
    else:
        assert agrees(got["relativeDifference"], vector["relative"])


@pytest.mark.parametrize("vector", VECTORS["sums"], ids=names("sums"))
def test_joules_are_added_and_an_unknown_part_stays_unknown(page: Page, vector: dict[str, Any]) -> None:
    got = page.evaluate("energies => dose.addEnergies(energies)", [joules(each) for each in vector["energies_j"]])
    assert agrees(browser_answer(got["total"]), vector["total"])
    assert (Decimal(got["knownJ"]), got["missing"]) == (Decimal(vector["known_j"]), vector["missing"])
    assert got["counted"] == len(vector["energies_j"]) - vector["missing"]


@pytest.mark.parametrize("vector", VECTORS["relations"], ids=names("relations"))
def test_a_relation_between_two_numbers_holds(page: Page, vector: dict[str, Any]) -> None:
    got = page.evaluate("([name, values]) => dose[name](...values)", [camel(vector["function"]), vector["arguments"]])
    assert agrees(browser_answer(got), vector["expect"])


def test_fluences_are_never_added(page: Page) -> None:
    refused = page.evaluate(
        """() => { try { dose.addEnergies([{value: "3", unit: "J/cm²"}]); return "added"; } catch (error) { return error.message; } }"""
    )
    assert refused == "only joules can be added"


def test_what_the_fields_of_a_form_deliver_is_understood(page: Page) -> None:
    """Empty fields are "not recorded", numbers work as well as text, and half a point is refused."""
    [empty, number, half] = compute_in_browser(
        page,
        [
            {"average_power_w": "", "emission_time_s": None},
            {"average_power_w": 0.1, "time_per_point_s": 3, "points": 3, "frequency_hz": ""},
            {"average_power_w": "1", "time_per_point_s": "3", "points": "2.5"},
        ],
    )
    assert empty["energyTotalJ"] == {"notComputable": "power_missing"}
    assert empty["emissionTimeS"] == {"notComputable": "time_missing"}
    assert number["energyTotalJ"]["value"] == "0.9"
    assert half["energyTotalJ"] == {"notComputable": "points_invalid"}
    words = page.evaluate("""() => dose.computeDose({averagePowerW: "12 W", emissionTimeS: "1,5"})""")
    assert words["averagePowerW"] == {"notComputable": "power_invalid"}
    assert words["emissionTimeS"] == {"notComputable": "time_invalid"}


def test_five_hundred_random_settings_give_the_servers_digits_formulas_and_reasons(page: Page) -> None:
    draw = random.Random(1)
    drawn = [_random_settings(draw) for _ in range(500)]
    seen: set[str] = set()
    for each, in_browser in zip(drawn, compute_in_browser(page, drawn), strict=True):
        on_server = compute(settings_from(each))
        assert in_browser["version"] == on_server.version == DOSE_VERSION
        for name in QUANTITIES:
            quantity, got = getattr(on_server, name), in_browser[camel(name)]
            if isinstance(quantity, Computed):
                assert Decimal(browser_answer(got)) == quantity.value, (each, name)
                assert (got["formula"], got["text"], got["unit"]) == (quantity.formula, quantity.text, quantity.unit), each
            else:
                assert browser_answer(got) == answer(quantity), (each, name)
            seen.add(name if isinstance(quantity, Computed) else answer(quantity))
    assert seen >= {*QUANTITIES, "duty_contradictory", "duty_above_one", "time_contradictory", "spot_area_contradictory", "power_invalid"}


def _random_settings(draw: random.Random) -> dict[str, Any]:
    """Plausible and implausible entries, each present half of the time."""

    def number(low: int, high: int, places: int) -> str:
        return f"{Decimal(draw.randint(low, high)).scaleb(-places):f}"

    entries: dict[str, Any] = {
        "mode": draw.choice([mode.value for mode in LaserMode]),
        "technique": draw.choice([technique.value for technique in Technique]),
        "average_power_w": number(-200, 60_000, 3),
        "peak_power_w": number(1, 20_000, draw.choice([0, 2])),
        "pulse_duration_s": number(1, 999, draw.choice([4, 6, 9])),
        "frequency_hz": number(0, 20, draw.choice([0, -1, -3])),
        "duty_cycle": number(1, 130, 2),
        "points": draw.randint(0, 12),
        "time_per_point_s": number(1, 3000, 1),
        "point_times_s": [number(1, 600, draw.choice([0, 1])) for _ in range(draw.randint(0, 8))],
        "emission_time_s": number(1, 36_000, 1),
        "spot_area_cm2": number(0, 50_000, 3),
        "spot_diameter_cm": number(1, 800, 2),
        "spot_axes_cm": [number(1, 99, 1), number(1, 99, 1)],
        "treated_area_cm2": number(1, 2000, 0),
        "scan_speed_cm_s": number(1, 999, 2),
    }
    return {name: entry for name, entry in entries.items() if draw.random() < 0.5}
