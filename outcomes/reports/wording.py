"""Numbers as the reports write them: one decimal, a true minus sign, n of N, and "hidden" where a group is too small."""

from __future__ import annotations

import re

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from outcomes.statistics.change import PairedChange
from outcomes.statistics.courses import Judged, Part
from outcomes.statistics.proportions import Proportion

HIDDEN = "–"
# A signed number (or naught, which has no sign), and what follows it.
_CHANGE = re.compile(r"([+−]\d+(?:[.,]\d+)?|0[.,]0) (.+)")


def decimal(value: float, places: int = 1) -> str:
    """A number with a fixed number of decimals and a true minus sign."""
    return number_format(round(value, places) + 0.0, places).replace("-", "−")


def signed(value: float, places: int = 1) -> str:
    """A change: always with its sign."""
    return f"+{decimal(value, places)}" if value > 0 else decimal(value, places)


def change_with_interval(change: PairedChange, unit: str) -> str:
    """ "−2.1 points (95 % CI −2.6 to −1.6)": the signed change, latest minus baseline."""
    if change.mean_raw_change is None:
        return HIDDEN
    mean = f"{signed(change.mean_raw_change)} {unit}"
    if change.raw_ci_low is None or change.raw_ci_high is None:
        return mean
    low, high = sorted((change.raw_ci_low, change.raw_ci_high))
    interval = _("(95 %% CI %(low)s to %(high)s)") % {"low": signed(low), "high": signed(high)}
    return f"{mean} {interval}"


def number_first(value: str, note: str = "") -> tuple[str, str]:
    """A change as two cells of a file, so that it can be reckoned with: "+2.0" and "points (95 % CI …), n = …".

    Any other value stays as it is.
    """
    found = _CHANGE.fullmatch(value)
    return (found[1], ", ".join(filter(None, (found[2], note)))) if found else (value, note)


def share(proportion: Proportion) -> str:
    """ "46 of 112, 41 % (95 % CI 32 to 50)"."""
    if proportion.share is None or proportion.low is None or proportion.high is None:
        return _("0 of 0")
    return _("%(n)s of %(total)s, %(share)s %% (95 %% CI %(low)s to %(high)s)") % {
        "n": proportion.count,
        "total": proportion.total,
        "share": decimal(proportion.share * 100, 0),
        "low": decimal(proportion.low * 100, 0),
        "high": decimal(proportion.high * 100, 0),
    }


def among_all(judged: Judged | None) -> str:
    """Responders of everyone eligible: a missing outcome counts as not improved."""
    return share(judged.result.among_all) if judged and judged.shown.among_all else HIDDEN


def among_observed(judged: Judged | None) -> str:
    """Responders among those with both measurements."""
    return share(judged.result.among_observed) if judged and judged.shown.among_observed else HIDDEN


def small(count: int, minimum: int) -> str:
    """A count, or "fewer than 5" where it would point at single persons."""
    return str(count) if count == 0 or count >= minimum else _("fewer than %(minimum)s") % {"minimum": minimum}


def part(count: Part, minimum: int) -> str:
    """A count of the flow: exact, "at least 41" where the exact one would give a small one away, or "fewer than 5"."""
    if count.exact is not None:
        return str(count.exact)
    if count.at_least is not None:
        return _("at least %(n)s") % {"n": count.at_least}
    return _("fewer than %(minimum)s") % {"minimum": minimum}
