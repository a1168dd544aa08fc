"""When the installation was last backed up, and last restored from a backup to see whether that works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clinic.models import Operation
from clinic.services.operations import DEMO_FILLED, DEMO_WISHED


@dataclass(frozen=True)
class OperationLine:
    """One run: when, how it ended, and what it said about itself."""

    at: datetime
    succeeded: bool
    detail: dict[str, Any]


def last_operation(kind: str, *, succeeded: bool | None = None) -> OperationLine | None:
    """The newest run of a kind, of those that ended this way when asked; None when there was none."""
    rows = Operation.objects.filter(kind=kind)
    rows = rows if succeeded is None else rows.filter(succeeded=succeeded)
    found = rows.order_by("-at").first()
    return OperationLine(found.at, found.succeeded, found.detail) if found else None


def demo_comes() -> bool:
    """Whether a demo was asked for at the setup and is not complete yet; the floor above fills it in and says so."""
    wished, filled = last_operation(DEMO_WISHED), last_operation(DEMO_FILLED)
    return wished is not None and (filled is None or filled.at < wished.at)
