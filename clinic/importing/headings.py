"""How columns are commonly headed, as data: each heading with its language and the reason why it is taken for its field."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path

OWN = Path(__file__).with_name("headings.csv")


def plain(heading: str) -> str:
    """A heading as it is compared: small letters, words divided by single spaces."""
    return " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", heading).casefold()).split())


@cache
def headings(file: Path = OWN) -> dict[str, tuple[str, ...]]:
    """Field → its headings, as they are compared. Raises KeyError when the file lacks a column."""
    found: dict[str, tuple[str, ...]] = {}
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["field"]] = (*found.get(row["field"], ()), plain(row["heading"]))
    return found
