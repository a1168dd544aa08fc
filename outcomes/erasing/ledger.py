"""The erasure ledger: a file beside the database, one line of JSON per erasure, only ever added to.

A backup from before an erasure holds the person still. Whoever restores it needs to know who has been erased since, and the database
cannot say: it is the restored one. Lines hold ids, dates and codes. Each carries an HMAC (TOKEN_KEY) over itself and the line before,
so that a line which was changed, taken out or put in is found.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class Ledger:
    """What the file says as far as its seals are right. `broken_at`: the first line whose seal is wrong, counted from 1; or None."""

    exists: bool
    entries: tuple[Mapping[str, Any], ...] = ()
    broken_at: int | None = None


def _seal(before: str, entry: Mapping[str, Any]) -> str:
    said = json.dumps(entry, sort_keys=True, separators=(",", ":"))
    return hmac.new(settings.TOKEN_KEY.encode(), f"erasure:{before}:{said}".encode(), hashlib.sha256).hexdigest()


def _read(text: str) -> Ledger:
    entries: list[Mapping[str, Any]] = []
    before = ""
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            entry = json.loads(line)
            seal = str(entry.pop("seal"))
        except (ValueError, KeyError, AttributeError, TypeError):
            return Ledger(exists=True, entries=tuple(entries), broken_at=number)
        if not hmac.compare_digest(seal, _seal(before, entry)):
            return Ledger(exists=True, entries=tuple(entries), broken_at=number)
        entries.append(entry)
        before = seal
    return Ledger(exists=True, entries=tuple(entries))


def read_ledger(path: Path | None = None) -> Ledger:
    """The ledger as it is now. Raises OSError when there is a file that cannot be read."""
    try:
        return _read((path or Path(settings.ERASURE_LEDGER)).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Ledger(exists=False)


def write_down(entries: Iterable[Mapping[str, Any]]) -> int:
    """Add what the file does not say yet, told apart by `id`; how many lines. Raises OSError; ValueError for a changed file."""
    path = Path(settings.ERASURE_LEDGER)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        text = file.read()
        if text and not text.endswith("\n"):  # a line that a crash cut short says nothing
            text = text[: text.rfind("\n") + 1]
            file.truncate(len(text.encode()))
        found = _read(text)
        if found.broken_at is not None:
            raise ValueError(f"The erasure ledger is not what was written: line {found.broken_at}.")
        known = {entry["id"] for entry in found.entries}
        before = json.loads(text.splitlines()[-1])["seal"] if text else ""
        added = 0
        for entry in entries:
            if entry["id"] not in known:
                before = _seal(before, entry)
                file.write(json.dumps({**entry, "seal": before}, sort_keys=True, separators=(",", ":")) + "\n")
                added += 1
        if added:
            file.flush()
            os.fsync(file.fileno())
    return added
