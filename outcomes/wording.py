"""Words around a score: the same on the day's list, the record, the chart's table and the patient's own page."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format

from outcomes.instruments import Scale


def written(scale: Scale, value: Decimal | None) -> str:
    """A score in points of its scale: rounded to the scale's decimals, as the reader's language writes numbers; "–" for no score."""
    return "–" if value is None else number_format(scale.rounded(value), scale.decimals)
