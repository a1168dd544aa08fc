"""The coded lists of the visit page."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from clinic.definitions import DefinitionError, load_definition
from sessions.codes import FILE, CodeList, TreatmentCodes, all_labels, body_region, choices, codes, label, treatment_codes
from sessions.dose import LaserMode, Technique


def test_every_list_can_be_asked_for_and_offers_something() -> None:
    for name in get_args(CodeList):
        assert len(choices(name)) >= 3, name
    assert len(choices("reactions")) == len(codes("reactions"))


def test_an_unknown_list_or_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        codes("colours")  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        label("sides", "up")


def test_modes_and_techniques_are_those_of_the_dosimetry() -> None:
    assert [code.key for code in codes("laser_modes")] == [mode.value for mode in LaserMode]
    assert [code.key for code in codes("laser_techniques")] == [technique.value for technique in Technique]


def test_the_spine_has_seven_twelve_five_and_five_levels_in_order() -> None:
    levels = treatment_codes().spinal_levels
    assert levels[0] == "C1"
    assert levels[-1] == "S5"
    assert [sum(level.startswith(part) for level in levels) for part in "CTLS"] == [7, 12, 5, 5]
    assert len(set(levels)) == len(levels)


def test_a_region_offers_only_its_own_levels_and_sides() -> None:
    assert body_region("lumbar").levels == ("L1", "L2", "L3", "L4", "L5")
    assert body_region("sacroiliac").sides == ("left", "right", "both")
    assert body_region("hip").levels == ()


def test_manual_therapy_has_the_five_grades() -> None:
    assert [code.key for code in codes("manual_therapy_grades")] == ["I", "II", "III", "IV", "V"]


def test_no_reaction_is_an_answer_of_its_own() -> None:
    assert label("reactions", "none") == "None"
    assert label("reactions", "mild_erythema") == "Mild redness"


def test_the_translators_list_holds_every_label_once() -> None:
    labels = all_labels()
    assert len(labels) == len(set(labels))
    assert {code.label for name in get_args(CodeList) for code in codes(name)} == set(labels)


def test_every_fault_of_the_file_is_found(tmp_path: Path) -> None:
    broken = tmp_path / FILE.name
    text = FILE.read_text(encoding="utf-8")
    faults = {
        '"key": "hip"': ('"key": "lumbar"', "body_regions: 'lumbar' is there twice"),
        '"label": "Heat"': ('"label": ""', "other_modalities: 'heat' needs a label"),
        '"levels": ["C7", "T1", "T2"]': ('"levels": ["C9"]', "cervicothoracic: no level 'C9'"),
        '"label": "Cold"': ('"colour": "blue", "label": "Cold"', "colour: unknown key"),
    }
    for good, (bad, message) in faults.items():
        assert good in text
        broken.write_text(text.replace(good, bad), encoding="utf-8")
        with pytest.raises(DefinitionError, match=message):
            load_definition(TreatmentCodes, broken)
