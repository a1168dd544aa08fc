"""The words that a file uses where only some are known: which are not understood, and what was chosen for them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from clinic.importing.cells import EMPTY, CellRefused, Ways, folded
from clinic.importing.kinds import Field, fields_of
from clinic.importing.patients import ways_of
from clinic.models import ImportBatch, ImportRow

# So many refused rows are looked through, and so many words of a column are asked about: more of them is no list of words.
LOOKED_THROUGH = 2_000
MOST_WORDS = 40
LONGEST_WORD = 60


@dataclass(frozen=True)
class FileWord:
    """A word of the file: how often it refused a row among those looked through, and the code chosen for it, EMPTY or ""."""

    field: Field
    text: str
    count: int
    chosen: str


def closed_fields(batch: ImportBatch) -> list[Field]:
    """What columns of this file can hold in known words alone."""
    return [each for each in fields_of(batch).values() if each.words]


def known_words(batch: ImportBatch) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each of those: what it is called, and its words as the page says them."""
    return tuple((str(each.label), tuple(dict.fromkeys(str(word) for word in each.words.values()))) for each in closed_fields(batch))


def file_words(batch: ImportBatch) -> tuple[FileWord, ...]:
    """The words of the named columns that are not understood, the most frequent first, and those that something was chosen for."""
    ways = ways_of(batch.settings)
    places = {column: place for place, column in enumerate(batch.columns)}
    named = [(each, places[batch.mapping[each.key]]) for each in closed_fields(batch) if batch.mapping.get(each.key) in places]
    unknown: dict[str, Counter[str]] = {each.key: Counter() for each, _place in named}
    refused = batch.lines.filter(verdict=ImportRow.Verdict.ERROR).order_by("line") if named else batch.lines.none()
    for row in refused[:LOOKED_THROUGH]:
        for each, place in named:
            text = folded(str(row.cells[place])) if row.cells else ""
            if text and len(text) <= LONGEST_WORD and not _understood(each, text, ways):
                unknown[each.key][text] += 1
    found: list[FileWord] = []
    for each, _place in named:
        kept = {text: code for text, code in ways.words.get(each.key, {}).items() if code in {*each.words, EMPTY}}
        found += [FileWord(each, text, count, "") for text, count in unknown[each.key].most_common(MOST_WORDS)]
        found += [FileWord(each, text, 0, code) for text, code in sorted(kept.items())]
    return tuple(found)


def _understood(field: Field, text: str, ways: Ways) -> bool:
    try:
        field.take(text, ways)
    except CellRefused:
        return False
    return True
