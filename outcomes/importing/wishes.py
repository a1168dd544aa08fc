"""What the columns of an imported table mean, as typed on the command line. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Literal

PARTS = ("person", "value", "time", "label", "start")
ITEM = "item."
_DAYS = re.compile(r"^(?P<days>-?\d{1,5})d(?:/(?P<occasion>[a-z_0-9]+))?$", re.ASCII)

TimeFormat = Literal["coded", "days", "date"]


class WishRefused(ValueError):
    """A wish that cannot be understood or lacks something; the message says what to type."""


@dataclass(frozen=True)
class Moment:
    """When a score was taken, in days after the start of the course, and on which occasion if that was said."""

    days: int
    occasion: str = ""


@dataclass(frozen=True)
class Wishes:
    """How to read a table. `columns`: part → column; `items`: item id → column, for instruments of several items.

    `scale` multiplies the value. `times`: code → moment; without codes the time column holds dates, or days with `days=True`.
    `source` begins the keys by which a second run recognises what is there. `course_days`: after how many days courses have ended.
    """

    columns: Mapping[str, str]
    items: Mapping[str, str]
    source: str
    scale: Decimal = Decimal(1)
    times: Mapping[str, Moment] = field(default_factory=dict)
    days: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    start_date: date | None = None
    record_prefix: str = ""
    complaint: str = "other"
    course_days: int | None = None

    @property
    def time_format(self) -> TimeFormat:
        """What stands in the time column."""
        return "coded" if self.times else "days" if self.days else "date"

    def check_columns(self, header: Sequence[str]) -> None:
        """Raises WishRefused when a column was named that the table does not have."""
        missing = sorted({*self.columns.values(), *self.items.values()} - set(header))
        if missing:
            raise WishRefused(f"--map: the file has no column {', '.join(missing)}; it has {', '.join(header)}.")


def read_pairs(texts: Sequence[str], what: str) -> dict[str, str]:
    """`a=b` pairs, as several words or separated by commas. Raises WishRefused."""
    pairs: dict[str, str] = {}
    for text in ",".join(texts).split(","):
        if not text.strip():
            continue
        key, equals, value = text.partition("=")
        if not equals or not key.strip() or not value.strip():
            raise WishRefused(f"{what}: write pairs like a=b, not {text.strip()!r}.")
        if key.strip() in pairs:
            raise WishRefused(f"{what}: {key.strip()} is there twice.")
        pairs[key.strip()] = value.strip()
    return pairs


def read_map(texts: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The column of every part, and of every item. Raises WishRefused."""
    pairs = read_pairs(texts, "--map")
    items = {key.removeprefix(ITEM): column for key, column in pairs.items() if key.startswith(ITEM)}
    columns = {key: column for key, column in pairs.items() if not key.startswith(ITEM)}
    unknown = sorted(set(columns) - set(PARTS))
    if unknown:
        raise WishRefused(f"--map: there is no part {', '.join(unknown)}; known are {', '.join(PARTS)} and {ITEM}ID.")
    for part in ("person", "time"):
        if part not in columns:
            raise WishRefused(f"--map: say which column is the {part}, for example {part}=COLUMN.")
    if ("value" in columns) == bool(items):
        raise WishRefused("--map: name either the column of the value, or the columns of the items (item.ID=COLUMN).")
    return columns, items


def read_moments(texts: Sequence[str]) -> dict[str, Moment]:
    """Codes of the time column: `1=0d,2=49d/discharge` is days after the start, with the occasion if it is known. Raises WishRefused."""
    moments = {}
    for code, text in read_pairs(texts, "--time-map").items():
        found = _DAYS.match(text)
        if not found:
            raise WishRefused(f"--time-map: write days after the start like {code}=49d or {code}=49d/discharge.")
        moments[code] = Moment(int(found["days"]), found["occasion"] or "")
    return moments


def read_number(text: str) -> Decimal:
    """A number with a decimal point or a decimal comma. Raises ValueError with the reason."""
    plain = text.strip()
    if plain.casefold() in {"", "na", "n/a", "nan", "null", "none", ".", "-"}:
        raise ValueError("is missing")
    if "," in plain:
        if "." in plain or plain.count(",") > 1:
            raise ValueError("has both separators: is it a thousand or a decimal?")
        plain = plain.replace(",", ".")
    try:
        number = Decimal(plain) if plain.isascii() and "_" not in plain else Decimal("nan")
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise ValueError("is not a number")
    return number


def read_date(text: str) -> date:
    """A date as `2026-11-23` or `23.11.2026`. Raises ValueError with the reason."""
    for written in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, written).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    raise ValueError("is missing" if not text else "is not a date like 2026-11-23 or 23.11.2026")
