"""The time of emission: in total and at one point, from whatever of them is recorded. Pure."""

from __future__ import annotations

from decimal import Decimal

from sessions.dose.beam import CONTRADICTION
from sessions.dose.quantities import (
    Computed,
    NotComputable,
    Quantity,
    Reason,
    add_up,
    differs_by_more_than,
    given,
    multiply,
    result,
    written_sum,
)
from sessions.dose.settings import LaserSettings


def time_factors(settings: LaserSettings) -> tuple[Quantity, ...]:
    """Return the factors whose product is the emission time in s; contradicting statements of it are refused."""
    entered = None if settings.emission_time_s is None else time_given(settings.emission_time_s)
    pointwise = _pointwise_factors(settings)
    if pointwise is None:
        return (time_given(None) if entered is None else entered,)
    if entered is None:
        return pointwise
    product = multiply("s", *pointwise)
    if isinstance(product, NotComputable):
        # Without the number of points, the total that was read off the device still stands.
        return (entered,) if product.reason is Reason.POINTS_MISSING else pointwise
    if isinstance(entered, NotComputable):
        return (entered,)
    if differs_by_more_than(entered.value, product.value, CONTRADICTION):
        return (NotComputable(Reason.TIME_CONTRADICTORY),)
    return pointwise


def time_at_a_point(settings: LaserSettings) -> Quantity:
    """Return the time in s at one point, if it is the same at every point; a scanned beam has no points."""
    if settings.technique is not None and settings.technique.scanning:
        return NotComputable(Reason.ONLY_FOR_POINTS)
    if settings.point_times_s:
        times = [time_given(each) for each in settings.point_times_s]
        refused = next((each for each in times if isinstance(each, NotComputable)), None)
        if refused or len(set(settings.point_times_s)) == 1:
            return refused or times[0]
        return NotComputable(Reason.POINT_TIMES_DIFFER)
    if settings.time_per_point_s is not None:
        return time_given(settings.time_per_point_s)
    if settings.emission_time_s is None:
        return NotComputable(Reason.TIME_MISSING)
    points = _points(settings)
    if isinstance(points, NotComputable):
        return points
    # A total over several points does not say how it was shared out among them.
    return time_given(settings.emission_time_s) if points.value == 1 else NotComputable(Reason.TIME_PER_POINT_MISSING)


def time_given(value: Decimal | None) -> Quantity:
    """Take an entered time in s."""
    return given(value, "s", missing=Reason.TIME_MISSING, invalid=Reason.TIME_INVALID)


def _pointwise_factors(settings: LaserSettings) -> tuple[Quantity, ...] | None:
    if settings.point_times_s:
        times = [time_given(each) for each in settings.point_times_s]
        if settings.points not in (None, len(times)):
            return (NotComputable(Reason.POINTS_CONTRADICTORY),)
        known = [each for each in times if isinstance(each, Computed)]
        if len(known) < len(times):
            return (NotComputable(Reason.TIME_INVALID),)
        return (known[0],) if len(known) == 1 else (result(add_up(each.value for each in known), "s", written_sum(known), known),)
    if settings.time_per_point_s is None:
        return None
    return (time_given(settings.time_per_point_s), _points(settings))


def _points(settings: LaserSettings) -> Quantity:
    return given(settings.points, "", missing=Reason.POINTS_MISSING, invalid=Reason.POINTS_INVALID)
