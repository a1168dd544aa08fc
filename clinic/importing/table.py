"""Reading a table of comma-separated values that somebody else's program wrote. Pure, line by line, in bounded memory.

Every line is read by itself: a quote that is never closed, a NUL, letters of another encoding or an endless field refuse their own
line and no other. Line breaks inside of fields are not supported, therefore.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from clinic.spreadsheets import as_meant

LONGEST_LINE = 50_000  # characters
MOST_COLUMNS = 1000
DELIMITERS = (",", ";", "\t", "|")
UNREADABLE = "\N{REPLACEMENT CHARACTER}"


class FileRefused(ValueError):
    """The file as a whole cannot be read; the message says why and what to do."""


@dataclass(frozen=True)
class Line:
    """One line of the table by its number in the file (the header is 1): its fields by column, or why it was refused."""

    number: int
    fields: Mapping[str, str] = field(default_factory=dict)
    refusal: str = ""


class Table:
    """A table open for reading, once: `columns` at once, lines one after the other; blank ones are left out.

    A byte order mark decides the encoding, the header the delimiter. Raises FileRefused when there is no usable header.
    """

    def __init__(self, file: BinaryIO, *, encoding: str = "utf-8", delimiter: str = "") -> None:
        self.encoding = _encoding(file, encoding)
        self.text = io.TextIOWrapper(file, encoding=self.encoding, errors="replace", newline=None)
        header = self.text.readline(LONGEST_LINE + 1)
        self.delimiter = delimiter or max(DELIMITERS, key=header.count)
        self.columns = _columns(header, self.delimiter)

    def __iter__(self) -> Iterator[Line]:
        number = 1
        while raw := self.text.readline(LONGEST_LINE + 1):
            number += 1
            whole = _skip_the_rest(self.text, raw)
            if not whole:
                yield Line(number, refusal=f"longer than {LONGEST_LINE} characters")
            elif raw.strip():
                yield _line(number, raw, self.columns, self.delimiter)


def _encoding(file: BinaryIO, wished: str) -> str:
    try:
        codecs.lookup(wished)
    except LookupError:
        raise FileRefused(f"There is no encoding {wished!r}.") from None
    start = file.read(4)
    file.seek(0)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return "utf-8-sig" if start.startswith(codecs.BOM_UTF8) else wished


def _skip_the_rest(text: io.TextIOWrapper, raw: str) -> bool:
    """Read past the end of a line that was cut off; says whether it was whole."""
    whole = True
    while not raw.endswith("\n") and len(raw) > LONGEST_LINE:
        whole, raw = False, text.readline(LONGEST_LINE + 1)
    return whole


def _columns(header: str, delimiter: str) -> list[str]:
    if UNREADABLE in header or "\0" in header:
        raise FileRefused("The first line is not readable text in this encoding. Say in which letters it is written.")
    if len(header) > LONGEST_LINE:
        raise FileRefused(f"The first line is longer than {LONGEST_LINE} characters, or there are too many columns.")
    if not header.strip():
        raise FileRefused("The file is empty, or its first line is: column names are expected there.")
    columns = [name.strip().strip("\N{ZERO WIDTH NO-BREAK SPACE}") for name in _split(header, delimiter)]
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice or len(columns) > MOST_COLUMNS:
        raise FileRefused(f"The first line names a column twice: {', '.join(twice)}." if twice else "There are too many columns.")
    return columns


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        raise FileRefused("a quote is not closed, or something follows it") from None


def _line(number: int, raw: str, columns: list[str], delimiter: str) -> Line:
    if UNREADABLE in raw:
        return Line(number, refusal="letters that are not of the file's encoding (see --encoding)")
    if "\0" in raw:
        return Line(number, refusal="contains a NUL")
    try:
        fields = _split(raw, delimiter)
    except FileRefused as refused:
        return Line(number, refusal=str(refused))
    if len(fields) != len(columns):
        return Line(number, refusal=f"{len(fields)} fields where the first line names {len(columns)}")
    return Line(number, {name: as_meant(value.strip()) for name, value in zip(columns, fields, strict=True)})
