"""The shipped instruments, what they may show, and what the schema refuses."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from clinic.definitions import DefinitionError
from outcomes.instruments import BUILT_IN, Registry, load_instruments

REGISTRY = load_instruments()
FROZEN = BUILT_IN / "frozen.txt"


def test_the_shipped_instruments_and_their_scales() -> None:
    assert {scale.id: REGISTRY.instrument_of(scale.id).key for scale in REGISTRY.scales} == {
        "pain.back.7d": "nprs-back-7d",
        "pain.leg.7d": "nprs-leg-7d",
        "pain.now": "nprs-now",
        "pain.vas": "vas-100",
        "disability.rmdq24": "rmdq-24",
        "disability.odi": "odi-2.1a",
    }


def test_a_shipped_version_never_changes() -> None:
    """A changed file needs a new version, and its line in frozen.txt: responses point at what was asked."""
    frozen = {tuple(line.split()) for line in FROZEN.read_text().splitlines() if line and not line.startswith("#")}
    assert {(i.key, i.version, i.checksum) for i in REGISTRY.values()} <= frozen
    versions = [line[:2] for line in frozen]
    assert len(versions) == len(set(versions))


def test_pain_right_now_is_no_outcome() -> None:
    assert REGISTRY["nprs-now"].is_immediate
    assert "pain.now" not in {scale.id for scale in REGISTRY.outcome_scales}


def test_the_important_changes_are_the_published_ones() -> None:
    """Ostelo 2008: NRS 2, VAS 15 mm, RMDQ 5, ODI 10, and 30 % of the baseline for each."""
    shown = {scale.id: (scale.absolute_change, scale.relative_change) for scale in REGISTRY.outcome_scales}
    share = Decimal("0.3")
    assert shown == {
        "pain.back.7d": (Decimal(2), share),
        "pain.leg.7d": (Decimal(2), share),
        "pain.vas": (Decimal(15), share),
        "disability.rmdq24": (Decimal(5), share),
        "disability.odi": (Decimal(10), share),
    }
    assert all(scale.lower_is_better for scale in REGISTRY.scales)


def test_no_wording_of_the_odi_ships_and_it_cannot_be_asked() -> None:
    odi = REGISTRY["odi-2.1a"]
    assert (odi.translations, odi.can_be_asked, odi.translation("en"), odi.text_hash("en")) == ((), False, None, None)


@pytest.mark.parametrize(
    ("value", "band"), [("20", "minimal"), ("20.5", "moderate"), ("40.6", "severe"), ("80", "very-severe"), ("100", "extreme")]
)
def test_every_odi_score_and_mean_lies_in_a_band(value: str, band: str) -> None:
    found = REGISTRY.scale("disability.odi").band(Decimal(value))
    assert found is not None
    assert found.key == band


def test_the_roland_morris_statements_are_asked_in_the_original_only() -> None:
    rmdq = REGISTRY["rmdq-24"]
    assert rmdq.languages == ("en",)
    german = rmdq.translation("de")
    assert german is not None
    assert (german.language, len(german.items), bool(german.none_of_these)) == ("en", 24, True)


def test_a_text_hash_follows_the_words_and_the_language() -> None:
    nprs = REGISTRY["nprs-back-7d"]
    english, german = nprs.translations
    assert nprs.text_hash("en") == english.text_hash != german.text_hash == nprs.text_hash("de")
    assert nprs.text_hash("fr") == english.text_hash
    assert replace(english, id="other", version="2").text_hash == english.text_hash
    assert replace(english, instruction="Tap a number.").text_hash != english.text_hash


def test_the_form_version_names_key_version_and_content() -> None:
    nprs = REGISTRY["nprs-now"]
    assert nprs.form_version == f"nprs-now@1.0+{nprs.checksum[:12]}"


def test_a_score_is_rounded_half_up_for_display() -> None:
    assert str(REGISTRY.scale("disability.odi").rounded(Decimal("35.55"))) == "35.6"
    assert str(REGISTRY.scale("pain.vas").rounded(Decimal("62.5"))) == "63"


def test_two_instruments_cannot_share_a_scale() -> None:
    nprs = REGISTRY["nprs-now"]
    with pytest.raises(DefinitionError, match=r"pain\.now already belongs to nprs-now"):
        Registry([nprs, replace(nprs, key="other")])


def shipped(key: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((BUILT_IN / f"{key}.json").read_text(encoding="utf-8"))
    return data


def loaded_with(folder: Path, data: dict[str, Any]) -> Registry:
    (folder / f"{data['key']}.json").write_text(json.dumps(data), encoding="utf-8")
    return load_instruments((folder,))


def test_a_clinics_licensed_copy_takes_the_place_of_ours(tmp_path: Path) -> None:
    licensed = shipped("odi-2.1a")
    texts = {item["id"]: {"text": item["id"], "options": list("abcdef")} for item in licensed["items"]}
    licensed.update(
        version="1.0-licensed",
        replaces="1.0",
        licence_state="permission_recorded",
        permission="Licence 12, in the practice manager's folder",
        translations=[
            {"language": "en", "id": "x", "version": "1", "origin": "original", "source": "x", "instruction": "x", "items": texts}
        ],
    )
    odi = loaded_with(tmp_path, licensed)["odi-2.1a"]
    assert (odi.can_be_asked, odi.version) == (True, "1.0-licensed")


def test_a_copy_with_wording_but_no_recorded_permission_is_refused(tmp_path: Path) -> None:
    data = {**shipped("nprs-now"), "replaces": "1.0", "licence_state": "permission_needed"}
    with pytest.raises(DefinitionError, match="the licence does not allow wording"):
        loaded_with(tmp_path, data)


def faulty(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    data: dict[str, Any] = {**shipped("nprs-now"), "replaces": "1.0"}
    place: Any = data
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return data


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("scales", 0, "method"), "magic", "must be one of single_item"),
        (("scales", 0, "method"), "vas_mm", "vas_mm scores items of kind line"),
        (("scales", 0, "items"), ["other"], "there is no item 'other'"),
        (("scales", 0, "formula"), "sum(x)", "formula: unknown key"),
        (("scales", 0, "bands", 3, "upto"), 9, "bands must rise"),
        (("scales", 0, "bands_source"), None, "belong together"),
        (("scales", 0, "minimum_answered"), 2, "minimum_answered must be between"),
        (("scales", 0, "name"), {"de": "x"}, "name needs an English entry"),
        (("items", 0, "id"), "other", "words and items differ"),
        (("items", 0, "maximum"), 0, "maximum must exceed minimum"),
        (("translations", 0, "items", "now", "low"), None, "both ends need words"),
        (("translations", 0, "language"), "fr", "the original language is missing"),
        (("confirm_none",), "none", "none_of_these and confirm_none belong together"),
        (("scales", 0, "codes", 0, "system"), "http://invented.example", "must be one of http://loinc.org"),
        (("worked_examples", 0, "scores"), {}, "give the score of every scale"),
        (("checked_by",), 3, "checked_by: must be text"),
    ],
)
def test_a_contradictory_definition_is_refused(tmp_path: Path, path: tuple[str | int, ...], value: Any, problem: str) -> None:
    with pytest.raises(DefinitionError, match=problem):
        loaded_with(tmp_path, faulty(path, value))
