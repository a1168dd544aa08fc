"""Physical quantities that are either computed, with the sum written out, or not computable, with the reason.

Pure: standard library only. `sessions/static/sessions/dose.js` does the same arithmetic and writes the same text;
`tests/data/dose_vectors.json` holds both to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from functools import reduce

# Twenty digits hold any typed number; eighty hold a product of four such numbers exactly, so that the
# browser's exact fractions and this module round the same value once.
RESULT_DIGITS = 20
EXACT = Context(prec=80, rounding=ROUND_HALF_EVEN)
LARGEST_INPUT = Decimal("1E12")
SMALLEST_INPUT = Decimal("1E-18")
SHOWN_DIGITS = 3
OPERAND_DIGITS = 6
TERMS_SHOWN = 5
SPACE = "\u00a0"
FRACTION = "%"


def gettext_noop(message: str) -> str:
    """Mark a sentence for the translators' catalogue without importing Django; it is translated where it is shown."""
    return message


class Reason(StrEnum):
    """Why a quantity cannot be computed. The values are stored and shared with the browser: never rename one."""

    MODE_MISSING = "mode_missing"
    POWER_MISSING = "power_missing"
    POWER_INVALID = "power_invalid"
    FREQUENCY_MISSING = "frequency_missing"
    FREQUENCY_ZERO = "frequency_zero"
    FREQUENCY_INVALID = "frequency_invalid"
    PULSE_DURATION_MISSING = "pulse_duration_missing"
    PULSE_DURATION_INVALID = "pulse_duration_invalid"
    DUTY_INVALID = "duty_invalid"
    DUTY_ABOVE_ONE = "duty_above_one"
    DUTY_CONTRADICTORY = "duty_contradictory"
    TIME_MISSING = "time_missing"
    TIME_INVALID = "time_invalid"
    TIME_PER_POINT_MISSING = "time_per_point_missing"
    TIME_CONTRADICTORY = "time_contradictory"
    POINTS_MISSING = "points_missing"
    POINTS_INVALID = "points_invalid"
    POINTS_CONTRADICTORY = "points_contradictory"
    POINT_TIMES_DIFFER = "point_times_differ"
    TECHNIQUE_MISSING = "technique_missing"
    ONLY_FOR_POINTS = "only_for_points"
    ONLY_FOR_SCANNING = "only_for_scanning"
    SPOT_AREA_MISSING = "spot_area_missing"
    SPOT_AREA_INVALID = "spot_area_invalid"
    SPOT_AREA_CONTRADICTORY = "spot_area_contradictory"
    SPOT_DIAMETER_MISSING = "spot_diameter_missing"
    TREATED_AREA_MISSING = "treated_area_missing"
    TREATED_AREA_INVALID = "treated_area_invalid"
    SCAN_SPEED_MISSING = "scan_speed_missing"
    SCAN_SPEED_INVALID = "scan_speed_invalid"
    SHARES_INVALID = "shares_invalid"
    SHARES_NOT_ONE = "shares_not_one"
    IRRADIANCE_INVALID = "irradiance_invalid"
    ENERGY_INVALID = "energy_invalid"
    NOTHING_RECORDED = "nothing_recorded"
    PART_NOT_COMPUTABLE = "part_not_computable"


REASON_SENTENCES: dict[Reason, str] = {
    Reason.MODE_MISSING: gettext_noop("the emission mode is not recorded"),
    Reason.POWER_MISSING: gettext_noop("the power is not recorded"),
    Reason.POWER_INVALID: gettext_noop("the power is not a number above zero"),
    Reason.FREQUENCY_MISSING: gettext_noop("the pulse frequency is not recorded"),
    Reason.FREQUENCY_ZERO: gettext_noop("a pulsed beam cannot have a frequency of 0 Hz"),
    Reason.FREQUENCY_INVALID: gettext_noop("the pulse frequency is not a number of 0 Hz or more"),
    Reason.PULSE_DURATION_MISSING: gettext_noop("the pulse duration is not recorded"),
    Reason.PULSE_DURATION_INVALID: gettext_noop("the pulse duration is not a number above zero"),
    Reason.DUTY_INVALID: gettext_noop("the duty cycle is not a number above zero"),
    Reason.DUTY_ABOVE_ONE: gettext_noop("the pulses would be longer than the time between them (duty cycle above 100 %)"),
    Reason.DUTY_CONTRADICTORY: gettext_noop("the duty cycle contradicts the pulse duration, the frequency or the mode"),
    Reason.TIME_MISSING: gettext_noop("the emission time is not recorded"),
    Reason.TIME_INVALID: gettext_noop("the emission time is not a number above zero"),
    Reason.TIME_PER_POINT_MISSING: gettext_noop("the time at each point is not recorded"),
    Reason.TIME_CONTRADICTORY: gettext_noop("the total time contradicts the time at the points"),
    Reason.POINTS_MISSING: gettext_noop("the number of points is not recorded"),
    Reason.POINTS_INVALID: gettext_noop("the number of points is not a whole number of at least 1"),
    Reason.POINTS_CONTRADICTORY: gettext_noop("the number of points contradicts the list of points"),
    Reason.POINT_TIMES_DIFFER: gettext_noop("the points were treated for different times"),
    Reason.TECHNIQUE_MISSING: gettext_noop("the technique is not recorded"),
    Reason.ONLY_FOR_POINTS: gettext_noop("it is defined for stationary points only, not for scanning"),
    Reason.ONLY_FOR_SCANNING: gettext_noop("it is defined for scanning only, not for stationary points"),
    Reason.SPOT_AREA_MISSING: gettext_noop("the size of the beam on the skin is not recorded"),
    Reason.SPOT_AREA_INVALID: gettext_noop("the size of the beam on the skin is not a number above zero"),
    Reason.SPOT_AREA_CONTRADICTORY: gettext_noop("the beam's area contradicts its diameter or axes"),
    Reason.SPOT_DIAMETER_MISSING: gettext_noop("the diameter of the beam on the skin is not recorded"),
    Reason.TREATED_AREA_MISSING: gettext_noop("the treated area is not recorded"),
    Reason.TREATED_AREA_INVALID: gettext_noop("the treated area is not a number above zero"),
    Reason.SCAN_SPEED_MISSING: gettext_noop("the speed of the hand is not recorded"),
    Reason.SCAN_SPEED_INVALID: gettext_noop("the speed of the hand is not a number above zero"),
    Reason.SHARES_INVALID: gettext_noop("a wavelength's share is not a number above zero"),
    Reason.SHARES_NOT_ONE: gettext_noop("the wavelengths' shares do not add up to 100 %"),
    Reason.IRRADIANCE_INVALID: gettext_noop("the irradiance is not a number above zero"),
    Reason.ENERGY_INVALID: gettext_noop("the energy is not a number above zero"),
    Reason.NOTHING_RECORDED: gettext_noop("nothing is recorded"),
    Reason.PART_NOT_COMPUTABLE: gettext_noop("one of the parts is not computable"),
}


@dataclass(frozen=True, slots=True)
class Computed:
    """A known quantity: its value in `unit` (a fraction when the unit is %), and how it came about, in symbols."""

    value: Decimal
    unit: str
    formula: str

    @property
    def is_computed(self) -> bool:
        return True

    @property
    def text(self) -> str:
        """The value for a page, such as "10.1 J/cm²": three significant digits or the whole integer part."""
        return with_unit(self.value, self.unit, SHOWN_DIGITS)


@dataclass(frozen=True, slots=True)
class NotComputable:
    """A quantity the record does not determine. It stays unknown; nothing is assumed in its place."""

    reason: Reason

    @property
    def is_computed(self) -> bool:
        return False

    @property
    def sentence(self) -> str:
        """The reason in English, to be translated where it is shown ("not computable, because …")."""
        return REASON_SENTENCES[self.reason]


Quantity = Computed | NotComputable


def given(value: Decimal | int | None, unit: str, *, missing: Reason, invalid: Reason) -> Quantity:
    """Take one entered number as a quantity; zero, negative, non-finite and absurd numbers are `invalid`."""
    if value is None:
        return NotComputable(missing)
    number = Decimal(value)
    if not is_usable(number):
        return NotComputable(invalid)
    # A typed number is shown as typed: rounding is for results.
    return Computed(number, unit, with_unit(number, unit, RESULT_DIGITS))


def is_usable(number: Decimal) -> bool:
    """Tell whether a number is finite, positive, of a sane size and of at most twenty digits."""
    if not number.is_finite() or not SMALLEST_INPUT <= number <= LARGEST_INPUT:
        return False
    return len(number.normalize(EXACT).as_tuple().digits) <= RESULT_DIGITS


def multiply(unit: str, *factors: Quantity) -> Quantity:
    """Multiply quantities into one of `unit`; the first factor that is not computable is the answer."""
    known = _known(factors)
    if isinstance(known, NotComputable):
        return known
    value = reduce(EXACT.multiply, (factor.value for factor in known))
    return result(value, unit, " × ".join(operand(factor) for factor in known), known)


def divide(unit: str, dividend: Quantity, *divisors: Quantity) -> Quantity:
    """Divide a quantity by the product of others; the first that is not computable is the answer."""
    known = _known((dividend, *divisors))
    if isinstance(known, NotComputable):
        return known
    below = reduce(EXACT.multiply, (divisor.value for divisor in known[1:]))
    written = " × ".join(operand(divisor) for divisor in known[1:])
    if len(divisors) > 1:
        written = f"({written})"
    return result(EXACT.divide(known[0].value, below), unit, f"{operand(known[0])} ÷ {written}", known)


def add_up(values: Iterable[Decimal]) -> Decimal:
    """Add numbers exactly; the default context of `decimal` would round after 28 digits."""
    return reduce(EXACT.add, values, Decimal(0))


def written_sum(terms: Sequence[Computed]) -> str:
    """Write a sum term by term, or by its number of terms when it would not fit on a line."""
    return " + ".join(operand(term) for term in terms) if len(terms) <= TERMS_SHOWN else f"Σ (n = {len(terms)})"


def result(value: Decimal, unit: str, written: str, operands: Sequence[Computed]) -> Computed:
    """Round a computed value once and write its formula, with ≈ as soon as any number in it is shown rounded."""
    rounded = Context(prec=RESULT_DIGITS, rounding=ROUND_HALF_EVEN).plus(value)
    exact = _shown_exactly(value, unit, SHOWN_DIGITS) and all(_shown_exactly(each.value, each.unit, OPERAND_DIGITS) for each in operands)
    sign = "=" if exact else "≈"
    return Computed(rounded, unit, f"{written} {sign} {with_unit(rounded, unit, SHOWN_DIGITS)}")


def operand(quantity: Computed) -> str:
    """Write a quantity as part of a formula, with enough digits to follow the sum on a pocket calculator."""
    return with_unit(quantity.value, quantity.unit, OPERAND_DIGITS)


def with_unit(value: Decimal, unit: str, digits: int) -> str:
    """Write a number with its unit; short times in ms, µs or ns, fractions in per cent."""
    number, symbol = _natural(value, unit)
    return f"{number_text(number, digits)}{SPACE}{symbol}" if symbol else number_text(number, digits)


def number_text(value: Decimal, digits: int) -> str:
    """Write a number with at least `digits` significant digits, its integer part whole and grouped by threes.

    Trailing zeros are dropped; halves are rounded up; the decimal mark is a point (see `localise`).
    """
    plain = f"{round_to(value, digits):f}"
    whole, _, rest = plain.partition(".")
    rest = rest.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", SPACE)
    return f"{grouped}.{rest}" if rest else grouped


def round_to(value: Decimal, digits: int) -> Decimal:
    """Round to `digits` significant digits, but never before the decimal point."""
    if value == 0:
        return Decimal(0)
    places = max(0, digits - 1 - value.adjusted())
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=EXACT)


def localise(text: str, decimal_mark: str) -> str:
    """Replace the decimal point of every number in a formula or value text by another mark, such as a comma."""
    return text.replace(".", decimal_mark)


def differs_by_more_than(first: Decimal, second: Decimal, tolerance: Decimal) -> bool:
    """Tell whether `first` differs from `second` by more than `tolerance`, as a fraction of `second`."""
    return EXACT.abs(EXACT.subtract(first, second)) > EXACT.multiply(tolerance, second)


def _known(quantities: Sequence[Quantity]) -> tuple[Computed, ...] | NotComputable:
    known: list[Computed] = []
    for quantity in quantities:
        if isinstance(quantity, NotComputable):
            return quantity
        known.append(quantity)
    return tuple(known)


def _natural(value: Decimal, unit: str) -> tuple[Decimal, str]:
    if unit == FRACTION:
        return value.scaleb(2, EXACT), "%"
    if unit == "s" and value < 1:
        for symbol, power in (("ms", 3), ("µs", 6)):
            if value.scaleb(power, EXACT) >= 1:
                return value.scaleb(power, EXACT), symbol
        return value.scaleb(9, EXACT), "ns"
    return value, unit


def _shown_exactly(value: Decimal, unit: str, digits: int) -> bool:
    number, _ = _natural(value, unit)
    return number == round_to(number, digits)
