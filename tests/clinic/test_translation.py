"""The German catalogue: complete, faithful to every placeholder, compiled as it stands, and used by the pages."""

from __future__ import annotations

import ast
import gettext
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from sessions.codes import all_labels

FOLDER = Path(__file__).resolve().parents[2] / "locale/de/LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
FIELD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[\d\])? (".*")')
UNTRANSLATABLE = 40  # words that are the same in both languages ("Name", "Laser", "TENS", "1/e²") among some 1,170


@dataclass
class Entry:
    """One entry of the .po file: context, singular and plural source, and the German forms in order."""

    context: str = ""
    source: str = ""
    plural: str = ""
    german: list[str] = field(default_factory=list)


def entry(block: str) -> Entry:
    parts: list[list[str]] = []
    for line in block.splitlines():
        if found := FIELD.fullmatch(line):
            parts.append([found[1], ast.literal_eval(found[2])])
        elif line.startswith('"'):
            parts[-1][1] += ast.literal_eval(line)
    first = {name: text for name, text in parts if name != "msgstr"}
    german = [text for name, text in parts if name == "msgstr"]
    return Entry(first.get("msgctxt", ""), first.get("msgid", ""), first.get("msgid_plural", ""), german)


def catalogue() -> list[Entry]:
    blocks = (FOLDER / "django.po").read_text(encoding="utf-8").split("\n\n")
    return [each for each in map(entry, blocks) if each.source]


def test_every_text_has_a_german_one_in_every_form() -> None:
    entries = catalogue()
    assert len(entries) > 1000
    assert [each.source for each in entries if len(each.german) != (2 if each.plural else 1) or not all(each.german)] == []


def test_no_translation_is_a_guess_left_for_later() -> None:
    assert "fuzzy" not in (FOLDER / "django.po").read_text(encoding="utf-8")


def test_german_texts_keep_the_placeholders_and_percent_signs_of_the_english_ones() -> None:
    def marks(text: str) -> list[str]:
        return sorted({*PLACEHOLDER.findall(text)}) + ["%%"] * text.count("%%")

    wrong = [
        german
        for each in catalogue()
        for english, german in zip((each.source, each.plural or each.source), each.german, strict=False)
        if marks(english) != marks(german)
    ]
    assert wrong == []


def test_german_is_not_english_copied() -> None:
    long = [each.source for each in catalogue() if each.german[0] == each.source and len(each.source.split()) > 3]
    assert long == []
    assert sum(each.german[0] == each.source for each in catalogue()) <= UNTRANSLATABLE


def test_the_compiled_catalogue_says_what_the_written_one_says() -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for each in catalogue():
        if each.plural:
            assert [compiled.ngettext(each.source, each.plural, n) for n in (1, 2)] == each.german
            assert compiled.ngettext(each.source, each.plural, 0) == each.german[1]
        elif each.context:
            assert compiled.pgettext(each.context, each.source) == each.german[0]
        else:
            assert compiled.gettext(each.source) == each.german[0]


def test_every_label_of_the_coded_lists_is_in_the_catalogue() -> None:
    assert set(all_labels()) - {each.source for each in catalogue()} == set()


@pytest.mark.django_db
def test_a_browser_that_asks_for_german_gets_german() -> None:
    page = Client().get(reverse("account_login"), headers={"accept-language": "de-DE,de;q=0.9,en;q=0.5"})
    assert page.headers["Content-Language"] == "de"
    words = page.content.decode()
    assert "Passwort vergessen?" in words
    assert "Für das Team einer Praxis." in words
    assert '<html lang="de"' in words
