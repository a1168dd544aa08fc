"""The coded lists of the visit page, as data in `definitions/treatment_codes.json`. Pure.

A record stores a code's key, never its label. Labels are English source texts, translated by gettext where they are
shown; region names are our own. A key that is in use is never renamed or removed: add a new one instead.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Literal

from clinic.definitions import Definition, load_definition

FILE = Path(__file__).parent / "definitions" / "treatment_codes.json"

CodeList = Literal[
    "body_regions",
    "sides",
    "laser_modes",
    "laser_techniques",
    "edge_definitions",
    "skin_types",
    "manual_therapy_techniques",
    "manual_therapy_grades",
    "exercise_families",
    "education_topics",
    "other_modalities",
    "medicine_classes",
    "injection_kinds",
    "reactions",
]


@dataclass(frozen=True, kw_only=True)
class Code:
    """One entry of a list: the stored key, the English label, and where the entry comes from ("own" = ours)."""

    key: str
    label: str
    source: str


@dataclass(frozen=True, kw_only=True)
class BodyRegion(Code):
    """A treated region, with the sides and the spinal levels that make sense there."""

    sides: tuple[str, ...]
    levels: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TreatmentCodes(Definition):
    """All lists, in the order in which they are offered."""

    body_regions: tuple[BodyRegion, ...]
    sides: tuple[Code, ...]
    spinal_levels: tuple[str, ...]
    laser_modes: tuple[Code, ...]
    laser_techniques: tuple[Code, ...]
    edge_definitions: tuple[Code, ...]
    skin_types: tuple[Code, ...]
    manual_therapy_techniques: tuple[Code, ...]
    manual_therapy_grades: tuple[Code, ...]
    exercise_families: tuple[Code, ...]
    education_topics: tuple[Code, ...]
    other_modalities: tuple[Code, ...]
    medicine_classes: tuple[Code, ...]
    injection_kinds: tuple[Code, ...]
    reactions: tuple[Code, ...]

    def problems(self) -> list[str]:
        """Return the faults that types cannot see: repeated keys, empty labels, regions with unknown sides or levels."""
        found = super().problems()
        for name, codes in _lists(self).items():
            keys = [code.key for code in codes]
            found += [f"{name}: {key!r} is there twice" for key in sorted({key for key in keys if keys.count(key) > 1})]
            found += [f"{name}: {code.key!r} needs a label and a source" for code in codes if not (code.label and code.source)]
        sides = {side.key for side in self.sides}
        for region in self.body_regions:
            found += [f"body_regions: {region.key}: no side {side!r}" for side in region.sides if side not in sides]
            found += [f"body_regions: {region.key}: no level {level!r}" for level in region.levels if level not in self.spinal_levels]
        return found


@cache
def treatment_codes() -> TreatmentCodes:
    """Return all lists. Raises DefinitionError when the file is not acceptable."""
    return load_definition(TreatmentCodes, FILE)


def codes(name: CodeList) -> tuple[Code, ...]:
    """Return one list in its order of offer. Raises KeyError for an unknown list."""
    return _lists(treatment_codes())[name]


def choices(name: CodeList) -> list[tuple[str, str]]:
    """Return one list as (key, English label) pairs, for a form field. Raises KeyError for an unknown list."""
    return [(code.key, code.label) for code in codes(name)]


def label(name: CodeList, key: str) -> str:
    """Return the English label of a stored key. Raises KeyError when the list has no such key."""
    return _labels(name)[key]


def body_region(key: str) -> BodyRegion:
    """Return one region with its sides and levels. Raises KeyError for an unknown region."""
    return {region.key: region for region in treatment_codes().body_regions}[key]


def all_labels() -> tuple[str, ...]:
    """Return every label once, in the file's order: what a translation's catalogue must contain."""
    return tuple(dict.fromkeys(code.label for each in _lists(treatment_codes()).values() for code in each))


@cache
def _labels(name: CodeList) -> dict[str, str]:
    return dict(choices(name))


def _lists(definition: TreatmentCodes) -> dict[str, tuple[Code, ...]]:
    own = {field.name for field in fields(TreatmentCodes)} - {field.name for field in fields(Definition)}
    named = (field.name for field in fields(TreatmentCodes) if field.name in own and field.name != "spinal_levels")
    return {name: getattr(definition, name) for name in named}
