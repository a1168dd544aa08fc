"""What an answer speaks for, once it is known when treatment began. Pure."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

BASELINE = "baseline"
DURING = "during"
IMPORT = "import"


def counts_as(occasion: str, at: datetime, *, mode: str, zone: str, began: datetime | None) -> str:
    """The occasion an answer counts for: what was answered after treatment had begun is no baseline, whatever was asked for.

    at: when it was answered. began: the first signed visit's time, None before there is one. A visit is often signed long after its
    treatment, so this is asked again whenever it is needed and never stored with the answer. Imported answers have a day and no
    hour: those of the first treatment's day, in `zone`, pass for before.
    """
    if occasion != BASELINE or began is None:
        return occasion
    if mode == IMPORT:
        place = ZoneInfo(zone)
        return DURING if at.astimezone(place).date() > began.astimezone(place).date() else BASELINE
    return DURING if at > began else BASELINE
