"""Reads tests/data/dose_vectors.json, and compares an answer in either language with what a vector expects."""

from __future__ import annotations

import json
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from sessions.dose import Computed, LaserMode, LaserSettings, Quantity, Technique, WavelengthShare

VECTORS: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[1] / "data" / "dose_vectors.json").read_text(encoding="utf-8")
)
QUANTITIES = (
    "duty_cycle",
    "average_power_w",
    "spot_area_cm2",
    "emission_time_s",
    "energy_per_point_j",
    "energy_total_j",
    "irradiance_w_cm2",
    "fluence_j_cm2",
    "area_dose_j_cm2",
    "mean_irradiance_w_cm2",
    "dwell_time_s",
    "pass_fluence_j_cm2",
)


def names(kind: str) -> list[str]:
    """The ids of all vectors of a kind, for pytest."""
    return [vector["id"] for vector in VECTORS[kind]]


def settings_from(data: dict[str, Any]) -> LaserSettings:
    """The typed settings of a vector."""
    made: dict[str, Any] = {}
    for key, value in data.items():
        if key == "mode":
            made[key] = LaserMode(value)
        elif key == "technique":
            made[key] = Technique(value)
        elif key == "wavelengths":
            made[key] = tuple(WavelengthShare(Decimal(each["wavelength_nm"]), Decimal(each["share"])) for each in value)
        elif isinstance(value, list):
            made[key] = tuple(Decimal(each) for each in value)
        else:
            made[key] = value if key == "points" else Decimal(value)
    return LaserSettings(**made)


def camel(name: str) -> str:
    """The browser's name of a quantity: energy_total_j → energyTotalJ."""
    return re.sub(r"_(\w)", lambda match: match.group(1).upper(), name)


def in_browser_words(data: Any) -> Any:
    """The same data with the browser's names."""
    if isinstance(data, dict):
        return {camel(key): in_browser_words(value) for key, value in data.items()}
    return [in_browser_words(each) for each in data] if isinstance(data, list) else data


def answer(quantity: Quantity) -> str:
    """A quantity as the browser writes it: a plain decimal, or the reason's code."""
    return f"{quantity.value:f}" if isinstance(quantity, Computed) else quantity.reason.value


def browser_answer(quantity: dict[str, str]) -> str:
    """The value or the code of a quantity that came from the browser."""
    return quantity["value"] if "value" in quantity else quantity["notComputable"]


def agrees(got: str, expected: str) -> bool:
    """Whether an answer is the expected one, at the digits that are written in the expectation."""
    if not re.fullmatch(r"[\d.]+", expected) or not re.fullmatch(r"[\d.]+", got):
        return got == expected
    wanted = Decimal(expected)
    if abs(wanted) > Decimal("1E20"):
        # More digits than a result keeps: twenty of them must be right.
        return abs(Decimal(got) - wanted) <= wanted * Decimal("1E-20")
    return Decimal(got).quantize(wanted, rounding=ROUND_HALF_UP) == wanted


def plain(text: str) -> str:
    """A formula with ordinary spaces, as it is written in the vectors."""
    return text.replace("\u00a0", " ")
