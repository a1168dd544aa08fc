"""The beam: duty cycle, average power and area on the skin, from whatever of them is recorded. Pure."""

from __future__ import annotations

from decimal import Decimal

from sessions.dose.quantities import (
    EXACT,
    FRACTION,
    SPACE,
    Computed,
    NotComputable,
    Quantity,
    Reason,
    differs_by_more_than,
    given,
    multiply,
    operand,
    result,
)
from sessions.dose.settings import LaserMode, LaserSettings

# Two statements of the same quantity may differ by this much, relatively, before they contradict each other.
CONTRADICTION = Decimal("0.01")
# π to the digits of the exact context.
PI = Decimal("3.14159265358979323846264338327950288419716939937510582097494459230781640628620899")


def duty_cycle(settings: LaserSettings) -> Quantity:
    """Return the fraction of time the beam is on: as entered or t_on × f; 1 for a continuous beam.

    Two statements that differ by more than 1 % (relative) contradict each other and give no value; a fraction
    above one is impossible.
    """
    stated: list[Computed] = []
    for statement in (_entered_duty(settings), _pulse_duty(settings)):
        if isinstance(statement, NotComputable):
            return statement
        if statement is not None:
            stated.append(statement)
    if any(statement.value > 1 for statement in stated):
        return NotComputable(Reason.DUTY_ABOVE_ONE)
    if settings.mode is LaserMode.CW:
        stated.insert(0, Computed(Decimal(1), FRACTION, f"100{SPACE}%"))
    if not stated:
        return NotComputable(_missing_for_duty(settings))
    if any(differs_by_more_than(other.value, stated[-1].value, CONTRADICTION) for other in stated):
        return NotComputable(Reason.DUTY_CONTRADICTORY)
    return stated[0]


def average_power(settings: LaserSettings) -> Quantity:
    """Return the average power in W: as set on the device, else peak power × duty cycle; never the peak itself."""
    if settings.average_power_w is not None:
        return power_given(settings.average_power_w)
    return average_power_from_pulse(settings)


def average_power_from_pulse(settings: LaserSettings) -> Quantity:
    """Return peak power × duty cycle in W, whatever average was set."""
    peak = power_given(settings.peak_power_w)
    if isinstance(peak, NotComputable):
        return peak
    return multiply("W", peak, duty_cycle(settings))


def spot_area(settings: LaserSettings) -> Quantity:
    """Return the beam's area on the skin in cm²: as entered, or π d² ÷ 4, or π a b ÷ 4 for full axes a and b.

    Statements that differ by more than 1 % contradict each other and give no value.
    """
    statements = _spot_statements(settings)
    known: list[Computed] = []
    for statement in statements:
        if isinstance(statement, NotComputable):
            return statement
        known.append(statement)
    if not known:
        return NotComputable(Reason.SPOT_AREA_MISSING)
    if any(differs_by_more_than(other.value, known[0].value, CONTRADICTION) for other in known[1:]):
        return NotComputable(Reason.SPOT_AREA_CONTRADICTORY)
    return known[0]


def spot_diameter(settings: LaserSettings) -> Quantity:
    """Return the beam's diameter on the skin in cm; an area alone does not tell the width across the path."""
    return given(settings.spot_diameter_cm, "cm", missing=Reason.SPOT_DIAMETER_MISSING, invalid=Reason.SPOT_AREA_INVALID)


def power_given(value: Decimal | None) -> Quantity:
    """Take an entered power in W."""
    return given(value, "W", missing=Reason.POWER_MISSING, invalid=Reason.POWER_INVALID)


def _length(value: Decimal) -> Quantity:
    return given(value, "cm", missing=Reason.SPOT_AREA_MISSING, invalid=Reason.SPOT_AREA_INVALID)


def _entered_duty(settings: LaserSettings) -> Quantity | None:
    return _stated(settings.duty_cycle, FRACTION, Reason.DUTY_INVALID)


def _pulse_duty(settings: LaserSettings) -> Quantity | None:
    """t_on × f, or None when one of them is not recorded; a frequency of zero is how consoles write "continuous"."""
    pulse = _stated(settings.pulse_duration_s, "s", Reason.PULSE_DURATION_INVALID)
    continuous = settings.frequency_hz is None or settings.frequency_hz.is_zero()
    frequency = None if continuous else _stated(settings.frequency_hz, "Hz", Reason.FREQUENCY_INVALID)
    for statement in (frequency, pulse):
        if isinstance(statement, NotComputable):
            return statement
    if pulse is None or frequency is None:
        return None
    return multiply(FRACTION, pulse, frequency)


def _stated(value: Decimal | None, unit: str, invalid: Reason) -> Quantity | None:
    return None if value is None else given(value, unit, missing=invalid, invalid=invalid)


def _missing_for_duty(settings: LaserSettings) -> Reason:
    if settings.mode is None:
        return Reason.MODE_MISSING
    if settings.frequency_hz is None:
        return Reason.FREQUENCY_MISSING
    if settings.frequency_hz.is_zero():
        return Reason.FREQUENCY_ZERO
    return Reason.PULSE_DURATION_MISSING


def _spot_statements(settings: LaserSettings) -> list[Quantity]:
    area = _stated(settings.spot_area_cm2, "cm²", Reason.SPOT_AREA_INVALID)
    statements = [] if area is None else [area]
    if settings.spot_diameter_cm is not None:
        diameter = _length(settings.spot_diameter_cm)
        statements.append(_ellipse(diameter, diameter))
    if settings.spot_axes_cm is not None:
        first, second = settings.spot_axes_cm
        statements.append(_ellipse(_length(first), _length(second)))
    return statements


def _ellipse(first: Quantity, second: Quantity) -> Quantity:
    if isinstance(first, NotComputable):
        return first
    if isinstance(second, NotComputable):
        return second
    value = EXACT.divide(EXACT.multiply(PI, EXACT.multiply(first.value, second.value)), Decimal(4))
    return result(value, "cm²", f"π × {operand(first)} × {operand(second)} ÷ 4", (first, second))
