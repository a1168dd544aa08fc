"""Opening a file of an unknown program: workbook or table, in whichever letters and with whichever divider it is written."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from typing import Any, BinaryIO

from clinic.importing.table import DELIMITERS, FileRefused, Table
from clinic.importing.workbook import Workbook

ENCODINGS = {"utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
DELIMITER_WORDS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
WORKBOOK = b"PK\x03\x04"
_LOOKED_AT = 200_000


def open_file(file: BinaryIO, chosen: Mapping[str, Any]) -> tuple[Table | Workbook, dict[str, str]]:
    """The file, open for reading once, and how it was read: format, encoding, delimiter.

    chosen: `encoding` and `delimiter` as somebody said; what is missing is recognised. Raises FileRefused.
    """
    file.seek(0)
    start = file.read(4096)
    file.seek(0)
    if start.startswith(WORKBOOK):
        return Workbook(file), {"format": "xlsx"}
    if start[:2] not in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE} and chosen.get("encoding") != "utf-16" and _is_binary(start[:4096]):
        raise FileRefused("This is neither a CSV file nor an Excel workbook (.xlsx).")
    encoding = str(chosen.get("encoding") or _recognised_encoding(file))
    if encoding == "utf-16" and start[:2] not in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        encoding = "utf-16-le" if start[1:2] == b"\0" else "utf-16-be"
    table = Table(file, encoding=encoding, delimiter=DELIMITER_WORDS.get(str(chosen.get("delimiter", "")), ""))
    words = {mark: word for word, mark in DELIMITER_WORDS.items()}
    return table, {"format": "csv", "read_encoding": _plain(table.encoding), "read_delimiter": words[table.delimiter]}


def _plain(encoding: str) -> str:
    return "utf-8" if encoding.startswith("utf-8") else "utf-16" if encoding.startswith("utf-16") else encoding


def _is_binary(beginning: bytes) -> bool:
    """Whether more than one byte in twenty is a control character: a picture, a PDF, an old .xls."""
    return sum(byte < 32 and byte not in b"\t\r\n" for byte in beginning) * 20 > len(beginning)


def _recognised_encoding(file: BinaryIO) -> str:
    """UTF-8 where the beginning reads as that; else what Windows writes in Western Europe. A byte order mark decides later."""
    beginning = file.read(_LOOKED_AT)
    file.seek(0)
    try:
        beginning.decode("utf-8")
    except UnicodeDecodeError as error:
        cut_off = len(beginning) == _LOOKED_AT and error.start >= len(beginning) - 4
        return "utf-8" if cut_off else "cp1252"
    return "utf-8"


__all__ = ["DELIMITERS", "DELIMITER_WORDS", "ENCODINGS", "FileRefused", "open_file"]
