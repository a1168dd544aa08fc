"""What happens to every column that leads to a person: decided in `retention.csv`, a row per table; a test refuses a column without."""

from __future__ import annotations

import csv
import functools
from dataclasses import dataclass
from datetime import date
from pathlib import Path

AT_ONCE, WITH_THE_RECORD, NEVER = "at once", "with the record", "never"


@dataclass(frozen=True)
class Decision:
    """One table: when its rows go, which columns are emptied before that, which stay until then."""

    rows_go: str
    emptied: frozenset[str]
    kept: frozenset[str]


@functools.cache
def decisions() -> dict[str, Decision]:
    """Table → what an erasure does to it."""
    with (Path(__file__).parent / "retention.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["table"]: Decision(
                row["rows_go"], frozenset(row["emptied_at_once"].split()), frozenset(row["kept_until_the_rows_go"].split())
            )
            for row in csv.DictReader(file)
        }


def years_later(day: date, years: int) -> date:
    """The same day some years later; of a 29 February without one, the first of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
