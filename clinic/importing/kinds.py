"""The kinds of files that can be brought in. Each floor registers its own: patients here, courses and visits, scores above."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from clinic.importing.cells import EMPTY, CellRefused, Reader, Ways, folded
from clinic.importing.headings import plain
from clinic.models import ImportBatch, ImportRow
from clinic.writes import Actor


@dataclass(frozen=True)
class Field:
    """One thing that a column can hold. `headers`: how such columns are commonly headed, as they are compared; `words`: codes → words.

    `help`: what comes of it when the column is not named, where that is not plain.
    """

    key: str
    label: str | Promise
    read: Reader
    headers: tuple[str, ...] = ()
    required: bool = False
    words: Mapping[str, str | Promise] = field(default_factory=dict)
    help: str | Promise = ""

    def take(self, text: str, ways: Ways) -> Any:
        """What a cell says, None when that is nothing: what was chosen for its word, else as it is read. Raises CellRefused."""
        said = ways.words.get(self.key, {}).get(folded(text)) if self.words else None
        if not text or said == EMPTY:
            return None
        return said if said in self.words else self.read(text, ways)


@dataclass(frozen=True)
class Option:
    """Something to be said once for a whole file. `read` refuses what cannot be meant; `rereads`: the fields depend on it.

    `remembered`: it is the same in the next file of this source, unless that says otherwise.
    """

    key: str
    label: str | Promise
    help: str | Promise = ""
    choices: Callable[[], list[tuple[str, str | Promise]]] | None = None
    read: Reader | None = None
    rereads: bool = False
    remembered: bool = True


@dataclass(frozen=True)
class Reading:
    """What the cells of a row say, or why they cannot be read."""

    row: ImportRow
    given: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True)
class Judged:
    """What a row says, and what that means for the clinic.

    `changes`: field → (what is there, what comes); `subject`: what writing needs.
    """

    row: ImportRow
    given: Mapping[str, Any] = field(default_factory=dict)
    verdict: str = ImportRow.Verdict.ERROR
    reason: str = ""
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    subject: Any = None
    maybe_known: bool = False


@dataclass(frozen=True)
class File:
    """What is known of the file that rows stand in. `earlier`: what rows are known by → line, of the rows before these."""

    batch: ImportBatch
    ways: Ways
    earlier: dict[str, int] = field(default_factory=dict)

    def first(self, key: str, line: int) -> int:
        """The line in which this key stood first: this one, unless an earlier one had it."""
        return self.earlier.setdefault(key, line)

    @property
    def mark(self) -> str:
        """What the keys of everything that this file brings begin with."""
        return f"import:{self.batch.pk.hex}:"

    def key(self, row: ImportRow) -> str:
        """The key of what one row brings."""
        return f"{self.mark}{row.line}"


class Kind(Protocol):
    """One kind of file."""

    key: str
    label: str | Promise
    about: str | Promise
    options: tuple[Option, ...]

    def fields(self, chosen: Mapping[str, Any]) -> tuple[Field, ...]:
        """What columns can hold, under the options that were chosen."""

    def judge(self, file: File, readings: Sequence[Reading]) -> list[Judged]:
        """A verdict on each row; a constant number of statements."""

    def write(self, *, actor: Actor, file: File, rows: Sequence[Judged]) -> None:
        """Write rows that are new or changed, all or none; note patient and former values in them. Runs inside a `@writes` function."""

    def in_use(self, file: File, rows: Sequence[ImportRow]) -> set[int]:
        """The lines of those that cannot be taken back, because later work hangs on them."""

    def undo(self, *, actor: Actor, file: File, rows: Sequence[ImportRow]) -> list[str]:
        """Take rows back, all or none; a code of what came of each. Runs inside a `@writes` function."""


def kinds() -> dict[str, Kind]:
    """Every kind by its key, in the order in which a clinic brings them in."""
    made: Iterable[Kind] = (import_string(path)() for path in settings.IMPORT_KINDS)
    return {kind.key: kind for kind in made}


def fields_of(batch: ImportBatch) -> dict[str, Field]:
    """What the columns of a file can hold, by key."""
    return {each.key: each for each in kinds()[batch.kind].fields(batch.settings)}


def recognised(columns: Iterable[str], fields: Iterable[Field]) -> dict[str, str]:
    """Field → column, for the columns whose heading says what they hold; no column and no field twice."""
    by_heading = {heading: each.key for each in fields for heading in each.headers}
    found: dict[str, str] = {}
    for column in columns:
        key = by_heading.get(plain(column))
        if key and key not in found:
            found[key] = column
    return found


def unnamed(batch: ImportBatch, mapping: Mapping[str, str]) -> list[Field]:
    """What every row has to say and no column of the mapping does: no row can be judged before it is named."""
    return [each for each in fields_of(batch).values() if each.required and each.key not in mapping]


def readings(batch: ImportBatch, rows: Sequence[ImportRow], ways: Ways) -> list[Reading]:
    """What rows say under the mapping of their file. Every cell that cannot be taken is named."""
    by_key = fields_of(batch)
    places = {column: place for place, column in enumerate(batch.columns)}
    mapped = [(each, places[column]) for key, each in by_key.items() if (column := batch.mapping.get(key)) in places]
    return [_reading(row, mapped, ways) for row in rows]


def _reading(row: ImportRow, mapped: Sequence[tuple[Field, int]], ways: Ways) -> Reading:
    if not row.cells:
        return Reading(row, reason=row.reason)
    given, problems = {}, []
    for each, place in mapped:
        try:
            value = each.take(str(row.cells[place]).strip(), ways)
        except CellRefused as refused:
            problems.append(f"{each.label} {refused}")
            continue
        if value is not None:
            given[each.key] = value
        elif each.required:
            problems.append(_("%(field)s is missing") % {"field": each.label})
    return Reading(row, given, "; ".join(problems)[:300])
