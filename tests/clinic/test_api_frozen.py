"""The interface's description is frozen in docs/openapi.json: additions are written down there, anything else breaks somebody's program.

After an addition: `manage.py spectacular --format openapi-json --file docs/openapi.json`.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clinic.api.schema import description
from tests.clinic.openapi_changes import breaking

FROZEN = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"
PREFIX = "/api/v1/{clinic}"


def _frozen() -> dict[str, Any]:
    return dict(json.loads(FROZEN.read_text(encoding="utf-8")))


def _now() -> dict[str, Any]:
    return dict(json.loads(json.dumps(description(), default=str)))


def test_nothing_that_programs_rely_on_was_taken_away() -> None:
    assert breaking(_frozen(), _now()) == []


def test_what_was_added_is_written_down() -> None:
    assert _frozen() == _now(), "an addition: write docs/openapi.json again, as described at the top of this file"


def _no_path(now: dict[str, Any]) -> None:
    del now["paths"][f"{PREFIX}/scores/"]


def _no_method(now: dict[str, Any]) -> None:
    del now["paths"][f"{PREFIX}/visits/"]["post"]


def _no_field(now: dict[str, Any]) -> None:
    del now["components"]["schemas"]["VisitShape"]["properties"]["note"]


def _no_code(now: dict[str, Any]) -> None:
    now["components"]["schemas"]["ComplaintEnum"]["enum"].remove("sciatica")


def _new_duty(now: dict[str, Any]) -> None:
    now["components"]["schemas"]["CourseInput"]["required"].append("label")


def _no_filter(now: dict[str, Any]) -> None:
    operation = now["paths"][f"{PREFIX}/visits/"]["get"]
    operation["parameters"] = [each for each in operation["parameters"] if each["name"] != "state"]


def _needed_filter(now: dict[str, Any]) -> None:
    [parameter] = [each for each in now["paths"][f"{PREFIX}/visits/"]["get"]["parameters"] if each["name"] == "state"]
    parameter["required"] = True


def _other_type(now: dict[str, Any]) -> None:
    now["components"]["schemas"]["ScoreShape"]["properties"]["answered_items"]["type"] = "string"


@pytest.mark.parametrize("change", [_no_path, _no_method, _no_field, _no_code, _new_duty, _no_filter, _needed_filter, _other_type])
def test_each_kind_of_breaking_change_is_noticed(change: Callable[[dict[str, Any]], None]) -> None:
    old, new = _now(), copy.deepcopy(_now())
    change(new)
    assert breaking(old, new) != []


def test_an_addition_breaks_nobody() -> None:
    old, new = _now(), copy.deepcopy(_now())
    new["components"]["schemas"]["VisitShape"]["properties"]["more"] = {"type": "string"}
    new["components"]["schemas"]["ComplaintEnum"]["enum"].append("hip_pain")
    new["paths"][f"{PREFIX}/more/"] = copy.deepcopy(new["paths"][f"{PREFIX}/scores/"])
    assert breaking(old, new) == []
