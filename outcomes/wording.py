"""Words around a score: the same on the day's list, the record, the chart's table and the patient's own page."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outcomes.instruments import Instrument, Scale

# The abbreviations of our definitions that hold a word; the others are names and stay as they are.
_SHORT: dict[str, str | Promise] = {"NPRS back": _("NPRS back"), "NPRS leg": _("NPRS leg"), "NPRS now": _("NPRS now")}


def written(scale: Scale, value: Decimal | None) -> str:
    """A score in points of its scale: rounded to the scale's decimals, as the reader's language writes numbers; "–" for no score."""
    return "–" if value is None else number_format(scale.rounded(value), scale.decimals)


def short_name(instrument: Instrument) -> str:
    """What staff call an instrument where there is little room, in the language that is active."""
    return str(_SHORT.get(instrument.abbreviation, instrument.abbreviation))
