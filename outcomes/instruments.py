"""What a questionnaire is: the typed view of the instrument definitions. Pure, no Django, no scoring.

Wording lives only in `translations`; items, scales and scoring never depend on a language. The files are in
`outcomes/definitions/instruments/`; a clinic may add a folder of its own, read with the same strictness.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from clinic.definitions import Definition, DefinitionError, checksum, load_definitions

BUILT_IN = Path(__file__).parent / "definitions" / "instruments"

ItemKind = Literal["boxes", "line", "tick", "section"]
Method = Literal["single_item", "vas_mm", "count_ticked", "odi_percent", "mean"]
Direction = Literal["lower_is_better", "higher_is_better"]
Purpose = Literal["outcome", "immediate"]
Recall = Literal["now", "today", "past_24_hours", "past_7_days"]
# Which kind of item a method can score; None = any number of items.
METHOD_ITEMS: Mapping[str, tuple[ItemKind, int | None]] = {
    "single_item": ("boxes", 1),
    "vas_mm": ("line", 1),
    "count_ticked": ("tick", None),
    "odi_percent": ("section", None),
    "mean": ("boxes", None),
}

Answers = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Item:
    """One question. `boxes`: whole numbers to tap; `line`: a mark on a line; `tick`: true or false; `section`: one of
    several statements, numbered. Minimum and maximum are the permitted answers, ends included."""

    id: str
    kind: ItemKind
    minimum: int = 0
    maximum: int = 1


@dataclass(frozen=True, kw_only=True)
class ItemText:
    """The words of one item in one language: the question, the words at both ends, the options of a section."""

    text: str
    low: str | None = None
    high: str | None = None
    options: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Translation:
    """The wording of the instrument in one language, identified and versioned by itself.

    `origin`: `original` (the authors' wording), `own` (our translation of generic wording, not validated) or
    `published` (a validated translation, named in `source`).
    """

    language: str
    id: str
    version: str
    origin: Literal["original", "own", "published"]
    source: str
    instruction: str
    items: Mapping[str, ItemText]
    none_of_these: str | None = None

    @property
    def text_hash(self) -> str:
        """SHA-256 of the words a patient reads, and of nothing else."""
        items = {key: asdict(text) for key, text in self.items.items()}
        for text in items.values():
            text["options"] = list(text["options"])
        return checksum({"instruction": self.instruction, "items": items, "none": self.none_of_these})


@dataclass(frozen=True, kw_only=True)
class Band:
    """A named stretch of a scale, closed above: it reaches from the band before it up to and including `upto`.

    `label` is plain and does not judge (language → words); `term` is the published word, for clinicians.
    """

    key: str
    upto: Decimal
    label: Mapping[str, str]
    term: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ImportantChange:
    """A published smallest important improvement of one person: `absolute` in points, `relative` as a share (0.3)."""

    kind: Literal["absolute", "relative"]
    value: Decimal
    population: str
    citation: str


@dataclass(frozen=True, kw_only=True)
class MeasurementError:
    """A published smallest detectable change, in points of the scale."""

    kind: Literal["mdc", "mdc90", "mdc95"]
    value: Decimal
    population: str
    citation: str


@dataclass(frozen=True, kw_only=True)
class Code:
    """A verified code of a public vocabulary; `qualifier` says in words what the code leaves open."""

    system: Literal["http://loinc.org"]
    code: str
    display: str
    qualifier: str | None = None


@dataclass(frozen=True, kw_only=True)
class Scale:
    """One number an instrument yields, and everything needed to score, show and judge it.

    `id` is what an outcome row is about. `minimum_answered` items are needed for a score; fewer than `flagged_below` give a
    flagged one; `proportional_from` (ticked statements only) allows a flagged, imputed score from that many. `step` limits
    entered scores (null = any in the range); `decimals` is for display only. Below `floor_caution` or above `ceiling_caution`
    there is little room to show change.
    """

    id: str
    name: Mapping[str, str]
    method: Method
    items: tuple[str, ...]
    minimum_answered: int
    minimum: Decimal
    maximum: Decimal
    unit: Literal["points", "mm", "percent"]
    decimals: int
    direction: Direction
    purpose: Purpose
    important_changes: tuple[ImportantChange, ...]
    flagged_below: int | None = None
    proportional_from: int | None = None
    step: Decimal | None = None
    bands: tuple[Band, ...] = ()
    bands_source: str | None = None
    measurement_errors: tuple[MeasurementError, ...] = ()
    codes: tuple[Code, ...] = ()
    floor_caution: Decimal | None = None
    ceiling_caution: Decimal | None = None

    @property
    def lower_is_better(self) -> bool:
        """Whether a falling score is an improvement."""
        return self.direction == "lower_is_better"

    @property
    def absolute_change(self) -> Decimal | None:
        """The first published absolute important improvement, in points, or None."""
        return next((change.value for change in self.important_changes if change.kind == "absolute"), None)

    @property
    def relative_change(self) -> Decimal | None:
        """The first published relative important improvement, as a share of the baseline, or None."""
        return next((change.value for change in self.important_changes if change.kind == "relative"), None)

    def band(self, value: Decimal | None) -> Band | None:
        """Return the band a score (or a mean of scores) lies in, or None where the scale has none."""
        if value is None:
            return None
        return next((band for band in self.bands if value <= band.upto), None)

    def label(self, language: str) -> str:
        """Return the scale's name in a language, English when there is none."""
        return self.name.get(language, self.name["en"])

    def rounded(self, value: Decimal) -> Decimal:
        """Round a score for display, half up, to the scale's decimals; never used before arithmetic."""
        return value.quantize(Decimal(1).scaleb(-self.decimals), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, kw_only=True)
class WorkedExample:
    """Answers and the scores they must give (scale id → score, null for "no score"); the tests run every one."""

    name: str
    answers: Mapping[str, Any]
    scores: Mapping[str, Decimal | None]
    source: str


@dataclass(frozen=True, kw_only=True)
class Instrument(Definition):
    """One questionnaire in one edition.

    `name` is for staff (language → words), `recall` the period asked about, `layout` the version of the electronic
    presentation, `confirm_none` the id of the "none of these" confirmation where statements are ticked.
    """

    name: Mapping[str, str]
    abbreviation: str
    edition: str
    recall: Recall
    layout: str
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    translations: tuple[Translation, ...]
    worked_examples: tuple[WorkedExample, ...]
    confirm_none: str | None = None
    codes: tuple[Code, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def form_version(self) -> str:
        """What a response stores about the form: key, version and the beginning of the file's checksum."""
        return f"{self.key}@{self.version}+{self.checksum[:12]}"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages there is wording for; empty where the licence keeps the wording out."""
        return tuple(translation.language for translation in self.translations)

    @property
    def can_be_asked(self) -> bool:
        """Whether it may be shown to a patient: the licence allows it and there are words to show."""
        return self.wording_allowed and bool(self.translations)

    @property
    def is_immediate(self) -> bool:
        """Whether none of its scales is an outcome (pain right now, asked around a treatment)."""
        return all(scale.purpose == "immediate" for scale in self.scales)

    def item(self, item_id: str) -> Item:
        """Return one item by id. Raises KeyError."""
        return {item.id: item for item in self.items}[item_id]

    def label(self, language: str) -> str:
        """Return the instrument's name for staff in a language, English when there is none."""
        return self.name.get(language, self.name["en"])

    def translation(self, language: str) -> Translation | None:
        """Return the wording to show to a reader of a language: that one, else the original; None if not allowed."""
        if not self.can_be_asked:
            return None
        by_language = {translation.language: translation for translation in self.translations}
        return by_language.get(language, by_language[self.language])

    def text_hash(self, language: str) -> str | None:
        """Return the hash of the words shown for a language (see `translation`), or None without words."""
        shown = self.translation(language)
        return shown.text_hash if shown else None

    def problems(self) -> list[str]:
        """Return every contradiction inside the definition, one sentence each."""
        return [
            *super().problems(),
            *_item_problems(self),
            *(problem for scale in self.scales for problem in _scale_problems(self, scale)),
            *(problem for translation in self.translations for problem in _wording_problems(self, translation)),
            *_whole_problems(self),
        ]


def _item_problems(instrument: Instrument) -> Iterator[str]:
    counts = Counter(item.id for item in instrument.items)
    if instrument.confirm_none:
        counts[instrument.confirm_none] += 1
    yield from (f"items: id {item_id!r} is used twice" for item_id, times in counts.items() if times > 1)
    yield from (f"items: {item.id}: maximum must exceed minimum" for item in instrument.items if item.maximum <= item.minimum)
    if not instrument.items:
        yield "items: at least one is required"


def _scale_problems(instrument: Instrument, scale: Scale) -> Iterator[str]:
    known = {item.id: item for item in instrument.items}
    place = f"scales: {scale.id}"
    kind, number = METHOD_ITEMS[scale.method]
    for item_id in scale.items:
        if item_id not in known:
            yield f"{place}: there is no item {item_id!r}"
        elif known[item_id].kind != kind:
            yield f"{place}: {scale.method} scores items of kind {kind}, {item_id!r} is {known[item_id].kind}"
    if number not in (None, len(scale.items)):
        yield f"{place}: {scale.method} scores exactly {number} item"
    if not 1 <= scale.minimum_answered <= len(scale.items):
        yield f"{place}: minimum_answered must be between 1 and the number of items"
    if scale.maximum <= scale.minimum:
        yield f"{place}: maximum must exceed minimum"
    if "en" not in scale.name:
        yield f"{place}: name needs an English entry"
    if any(change.kind == "relative" and not 0 < change.value < 1 for change in scale.important_changes):
        yield f"{place}: a relative important change is a share between 0 and 1"
    yield from _band_problems(scale, place)


def _band_problems(scale: Scale, place: str) -> Iterator[str]:
    limits = [band.upto for band in scale.bands]
    if limits and (limits != sorted(set(limits)) or limits[-1] != scale.maximum or limits[0] < scale.minimum):
        yield f"{place}: bands must rise, begin inside the range and end at its maximum"
    if bool(scale.bands) != bool(scale.bands_source):
        yield f"{place}: bands and bands_source belong together"


def _wording_problems(instrument: Instrument, translation: Translation) -> Iterator[str]:
    place = f"translations: {translation.language}"
    expected = {item.id for item in instrument.items}
    if set(translation.items) != expected:
        yield f"{place}: words and items differ: {', '.join(sorted(set(translation.items) ^ expected))}"
    if bool(translation.none_of_these) != bool(instrument.confirm_none):
        yield f"{place}: none_of_these and confirm_none belong together"
    for item in instrument.items:
        text = translation.items.get(item.id)
        if text and item.kind in ("boxes", "line") and not (text.low and text.high):
            yield f"{place}: {item.id}: both ends need words"
        if text and item.kind == "section" and len(text.options) != item.maximum - item.minimum + 1:
            yield f"{place}: {item.id}: one option for each permitted answer"


def _whole_problems(instrument: Instrument) -> Iterator[str]:
    languages = instrument.languages
    if len(set(languages)) != len(languages):
        yield "translations: one entry for each language"
    if languages and instrument.language not in languages:
        yield "translations: the original language is missing"
    if languages and not instrument.wording_allowed:
        yield "translations: the licence does not allow wording in this file"
    if "en" not in instrument.name:
        yield "name: needs an English entry"
    if not instrument.scales or not instrument.worked_examples:
        yield "scales and worked_examples: at least one each is required"
    known = {scale.id for scale in instrument.scales}
    for example in instrument.worked_examples:
        if set(example.scores) != known:
            yield f"worked_examples: {example.name}: give the score of every scale"


class Registry(Mapping[str, Instrument]):
    """All instruments by key, and all scales by id. A scale belongs to one instrument. Read-only."""

    def __init__(self, instruments: Iterable[Instrument]) -> None:
        self._instruments = {instrument.key: instrument for instrument in instruments}
        self._owner: dict[str, Instrument] = {}
        self._scales: dict[str, Scale] = {}
        for instrument in self._instruments.values():
            for scale in instrument.scales:
                if scale.id in self._scales:
                    other = self._owner[scale.id].key
                    raise DefinitionError(instrument.key, [f"scales: {scale.id} already belongs to {other}"])
                self._owner[scale.id] = instrument
                self._scales[scale.id] = scale

    def __getitem__(self, key: str) -> Instrument:
        return self._instruments[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._instruments)

    def __len__(self) -> int:
        return len(self._instruments)

    def scale(self, scale_id: str) -> Scale:
        """Return one scale by id. Raises KeyError."""
        return self._scales[scale_id]

    def instrument_of(self, scale_id: str) -> Instrument:
        """Return the instrument a scale belongs to. Raises KeyError."""
        return self._owner[scale_id]

    @property
    def scales(self) -> tuple[Scale, ...]:
        """Every scale, in the order of the instruments' keys."""
        return tuple(self._scales.values())

    @property
    def outcome_scales(self) -> tuple[Scale, ...]:
        """The scales outcome rows are kept for: everything but immediate measurements."""
        return tuple(scale for scale in self._scales.values() if scale.purpose == "outcome")


@lru_cache(maxsize=8)
def load_instruments(folders: tuple[Path, ...] = ()) -> Registry:
    """Return the built-in instruments and those of the clinic's own folders, read once per process.

    Raises DefinitionError for a file that does not pass the schema; FileNotFoundError for a missing folder.
    """
    return Registry(load_definitions(Instrument, (BUILT_IN, *folders)).values())
