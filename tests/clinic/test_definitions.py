"""A definition file is accepted whole or refused with every fault named."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest

from clinic.definitions import Definition, DefinitionError, checksum, load_definition, load_definitions, read_json


@dataclass(frozen=True, kw_only=True)
class Step:
    name: str
    dose: Decimal
    colour: Literal["red", "green"] = "red"


@dataclass(frozen=True, kw_only=True)
class Recipe(Definition):
    steps: tuple[Step, ...]
    words: dict[str, str]
    count: int | None = None


GOOD: dict[str, Any] = {
    "key": "soup", "version": "1.0", "title": "Soup", "language": "en", "licence": "free", "licence_state": "free",
    "rights_holder": "none", "source": ["A book"], "authored_by": "A cook", "checked_by": None,
    "date_reviewed": "2026-01-01", "next_review": "2027-01-01", "steps": [{"name": "boil", "dose": 0.30}], "words": {"en": "soup"},
}  # fmt: skip


def write(folder: Path, content: dict[str, Any] | str, name: str = "soup.json") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def problems_of(folder: Path, content: dict[str, Any] | str, name: str = "soup.json") -> tuple[str, ...]:
    with pytest.raises(DefinitionError) as caught:
        load_definition(Recipe, write(folder, content, name))
    return caught.value.problems


def test_a_good_file_becomes_a_frozen_typed_object(tmp_path: Path) -> None:
    recipe = load_definition(Recipe, write(tmp_path, GOOD))
    assert recipe.steps == (Step(name="boil", dose=Decimal("0.3"), colour="red"),)
    assert (recipe.words["en"], recipe.date_reviewed, recipe.checked_by) == ("soup", date(2026, 1, 1), None)
    assert recipe.checksum == checksum(read_json(json.dumps(GOOD)))
    assert recipe.path == tmp_path / "soup.json"


def test_every_fault_of_a_file_is_named_with_its_place(tmp_path: Path) -> None:
    faulty = {**GOOD, "colour": 1, "count": "3", "steps": [{"name": 5, "dose": "x", "colour": "blue", "extra": 1}], "next_review": "soon"}
    del faulty["licence"]
    assert set(problems_of(tmp_path, faulty)) == {
        "colour: unknown key",
        "licence: is required",
        "count: must be a whole number",
        "next_review: must be a date, YYYY-MM-DD",
        "steps[0].extra: unknown key",
        "steps[0].name: must be text",
        "steps[0].dose: must be a number",
        "steps[0].colour: must be one of red, green",
    }


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"title": "  "}, "title: must not be empty"),
        ({"source": []}, "source: at least one is required"),
        ({"next_review": "2026-01-01"}, "next_review: must be after date_reviewed"),
        ({"licence_state": "permission_recorded"}, "permission: say where the recorded permission can be read"),
        ({"key": "stew"}, "key: 'stew' must be the file's name, 'soup'"),
        ({"count": True}, "count: must be a whole number"),
        ({"checksum": "abc"}, "checksum: unknown key"),
    ],
)
def test_provenance_is_required(tmp_path: Path, change: dict[str, Any], problem: str) -> None:
    assert problems_of(tmp_path, {**GOOD, **change}) == (problem,)


@pytest.mark.parametrize("text", ['{"key": 1, "key": 2}', '{"a": NaN}', '{"a": Infinity}', "{", "[1,]"])
def test_loose_json_is_refused(tmp_path: Path, text: str) -> None:
    assert problems_of(tmp_path, text)[0].startswith("not valid JSON")


def test_a_list_is_no_definition(tmp_path: Path) -> None:
    assert problems_of(tmp_path, "[]") == ("file: must be an object",)


def test_the_checksum_sees_content_and_not_layout() -> None:
    assert checksum(read_json('{"a": 0.30, "b": [1.0]}')) == checksum(read_json('{ "b":[1],"a":0.3 }'))
    assert checksum(read_json('{"a": 0.3}')) != checksum(read_json('{"a": 0.31}'))
    assert checksum(read_json('{"a": 0.3}')) != checksum(read_json('{"a": "0.3"}'))


def test_a_second_folder_replaces_a_definition_only_when_it_says_so(tmp_path: Path) -> None:
    write(tmp_path / "ours", GOOD)
    own = tmp_path / "own"
    write(own, {**GOOD, "title": "Licensed soup"})
    with pytest.raises(DefinitionError, match="already defined"):
        load_definitions(Recipe, [tmp_path / "ours", own])
    write(own, {**GOOD, "title": "Licensed soup", "replaces": "1.0"})
    assert load_definitions(Recipe, [tmp_path / "ours", own])["soup"].title == "Licensed soup"
    with pytest.raises(DefinitionError, match="no earlier definition"):
        load_definitions(Recipe, [own])
    with pytest.raises(FileNotFoundError):
        load_definitions(Recipe, [tmp_path / "nowhere"])


def test_review_and_licence_are_told(tmp_path: Path) -> None:
    recipe = load_definition(Recipe, write(tmp_path, GOOD))
    assert [recipe.is_review_due(date(2026, 12, 31)), recipe.is_review_due(date(2027, 1, 1))] == [False, True]
    assert recipe.wording_allowed
    assert not load_definition(Recipe, write(tmp_path, {**GOOD, "licence_state": "permission_needed"})).wording_allowed
