/* The dosimetry of one laser application, for live display. The same arithmetic, refusals and words of the formulas as
 * `sessions/dose/`; `tests/data/dose_vectors.json` holds both to it. The server's figure is the one that is stored.
 *
 * Pure functions, no DOM. Numbers are exact fractions of BigInt, because 0.1 + 0.2 is not 0.3 in binary.
 *
 *   computeDose(settings)      settings: strings (or numbers) in SI units and cm², absent, null or "" = not recorded:
 *                              mode, averagePowerW, peakPowerW, pulseDurationS, frequencyHz, dutyCycle, technique, points,
 *                              timePerPointS, pointTimesS [], emissionTimeS, spotAreaCm2, spotDiameterCm, spotAxesCm [a, b],
 *                              treatedAreaCm2, scanSpeedCmS, wavelengths [{wavelengthNm, share}]
 *   returns                    {energyTotalJ: {value, unit, formula, text} | {notComputable: code}, …}
 *                              energyByWavelength is a list of {wavelengthNm, energyJ}
 *   value                      canonical decimal string, at most twenty significant digits; a fraction where the unit is %
 */

export const DOSE_VERSION = "1";

const RESULT_DIGITS = 20;
const SHOWN_DIGITS = 3;
const OPERAND_DIGITS = 6;
const TERMS_SHOWN = 5;
const SPACE = "\u00a0";
const FRACTION = "%";
const SCANNING = ["scanning_contact", "scanning_non_contact"];

const ratio = (top, bottom = 1n) => ({ top, bottom });
const ONE = ratio(1n);
const LARGEST_INPUT = ratio(10n ** 12n);
const SMALLEST_INPUT = ratio(1n, 10n ** 18n);
const CONTRADICTION = ratio(1n, 100n);
const SHARES_TOLERANCE = ratio(5n, 1000n);
const ENERGY_TOLERANCE = ratio(5n, 100n);
const PI = ratio(314159265358979323846264338327950288419716939937510582097494459230781640628620899n, 10n ** 80n);

const times = (a, b) => ratio(a.top * b.top, a.bottom * b.bottom);
const over = (a, b) => ratio(a.top * b.bottom, a.bottom * b.top);
const plus = (a, b) => ratio(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
const minus = (a, b) => plus(a, ratio(-b.top, b.bottom));
const compare = (a, b) => {
  const difference = a.top * b.bottom - b.top * a.bottom;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};
const distance = (a, b) => {
  const gap = minus(a, b);
  return gap.top < 0n ? ratio(-gap.top, gap.bottom) : gap;
};
const differsByMoreThan = (first, second, tolerance) => compare(distance(first, second), times(tolerance, second)) > 0;

const notComputable = (code) => ({ notComputable: code });
const isComputed = (quantity) => !("notComputable" in quantity);
const isMissing = (entered) => entered === undefined || entered === null || entered === "";

/* A decimal number as an exact fraction, or null when the text is not one, not finite or absurdly long. */
function parse(entered) {
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?\s*$/.exec(String(entered));
  if (!match) return null;
  const [, sign, whole, rest = "", exponent = "0"] = match;
  if (!(whole + rest)) return null;
  const digits = (whole + rest).replace(/^0+/, "");
  if (digits.replace(/0+$/, "").length > RESULT_DIGITS) return null;
  const power = Number(exponent) - rest.length;
  const top = BigInt(digits || "0") * (sign === "-" ? -1n : 1n);
  return power >= 0 ? ratio(top * 10n ** BigInt(power)) : ratio(top, 10n ** BigInt(-power));
}

function given(entered, unit, missing, invalid) {
  if (isMissing(entered)) return notComputable(missing);
  const exact = parse(entered);
  if (!exact || compare(exact, SMALLEST_INPUT) < 0 || compare(exact, LARGEST_INPUT) > 0) return notComputable(invalid);
  return computed(exact, unit, withUnit(exact, unit, RESULT_DIGITS));
}

function computed(exact, unit, formula) {
  return { value: decimalText(exact), unit, formula, text: withUnit(exact, unit, SHOWN_DIGITS), exact };
}

/* The exponent of the first significant digit: 0 for 1 to 9.99, −1 for 0.1 to 0.999. */
function magnitude(exact) {
  let power = exact.top.toString().length - exact.bottom.toString().length;
  const tenTo = (n) => (n >= 0 ? ratio(10n ** BigInt(n)) : ratio(1n, 10n ** BigInt(-n)));
  while (compare(exact, tenTo(power)) < 0) power -= 1;
  while (compare(exact, tenTo(power + 1)) >= 0) power += 1;
  return power;
}

/* Round to a number of decimal places, which may be negative; a half goes up, or to the even digit. */
function roundAt(exact, places, halfEven) {
  const scale = 10n ** BigInt(Math.abs(places));
  const scaled = places >= 0 ? ratio(exact.top * scale, exact.bottom) : ratio(exact.top, exact.bottom * scale);
  let quotient = scaled.top / scaled.bottom;
  const twice = 2n * (scaled.top % scaled.bottom);
  if (twice > scaled.bottom || (twice === scaled.bottom && (!halfEven || quotient % 2n === 1n))) quotient += 1n;
  return places >= 0 ? ratio(quotient, scale) : ratio(quotient * scale);
}

const roundResult = (exact) => roundAt(exact, RESULT_DIGITS - 1 - magnitude(exact), true);
const shownPlaces = (exact, digits) => Math.max(0, digits - 1 - magnitude(exact));
const roundShown = (exact, digits) => roundAt(exact, shownPlaces(exact, digits), false);

/* A fraction whose denominator divides a power of ten, written out in full. */
function decimalText(exact) {
  if (exact.top === 0n) return "0";
  const places = Math.max(0, RESULT_DIGITS - 1 - magnitude(exact));
  const rounded = roundAt(exact, places, true);
  const digits = ((rounded.top * 10n ** BigInt(places)) / rounded.bottom).toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const rest = digits.slice(digits.length - places).replace(/0+$/, "");
  return places && rest ? `${whole}.${rest}` : whole;
}

function numberText(exact, digits) {
  const [whole, rest] = decimalText(roundShown(exact, digits)).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, SPACE);
  return rest ? `${grouped}.${rest}` : grouped;
}

function natural(exact, unit) {
  if (unit === FRACTION) return [times(exact, ratio(100n)), "%"];
  if (unit === "s" && compare(exact, ONE) < 0) {
    for (const [symbol, factor] of [["ms", 1000n], ["µs", 1000000n]]) {
      const scaled = times(exact, ratio(factor));
      if (compare(scaled, ONE) >= 0) return [scaled, symbol];
    }
    return [times(exact, ratio(1000000000n)), "ns"];
  }
  return [exact, unit];
}

function withUnit(exact, unit, digits) {
  const [number, symbol] = natural(exact, unit);
  return symbol ? numberText(number, digits) + SPACE + symbol : numberText(number, digits);
}

function shownExactly(exact, unit, digits) {
  const [number] = natural(exact, unit);
  return compare(number, roundShown(number, digits)) === 0;
}

const operand = (quantity) => withUnit(quantity.exact, quantity.unit, OPERAND_DIGITS);

function result(exact, unit, written, operands) {
  const rounded = roundResult(exact);
  const isExact =
    shownExactly(exact, unit, SHOWN_DIGITS) && operands.every((each) => shownExactly(each.exact, each.unit, OPERAND_DIGITS));
  return computed(rounded, unit, `${written} ${isExact ? "=" : "≈"} ${withUnit(rounded, unit, SHOWN_DIGITS)}`);
}

function multiply(unit, ...factors) {
  const refused = factors.find((factor) => !isComputed(factor));
  if (refused) return refused;
  const product = factors.reduce((sum, factor) => times(sum, factor.exact), ONE);
  return result(product, unit, factors.map(operand).join(" × "), factors);
}

function divide(unit, dividend, ...divisors) {
  const refused = [dividend, ...divisors].find((each) => !isComputed(each));
  if (refused) return refused;
  const below = divisors.reduce((sum, divisor) => times(sum, divisor.exact), ONE);
  const written = divisors.map(operand).join(" × ");
  const shown = divisors.length > 1 ? `(${written})` : written;
  return result(over(dividend.exact, below), unit, `${operand(dividend)} ÷ ${shown}`, [dividend, ...divisors]);
}

const addUp = (terms) => terms.reduce((sum, term) => plus(sum, term.exact), ratio(0n));
const writtenSum = (terms) => (terms.length <= TERMS_SHOWN ? terms.map(operand).join(" + ") : `Σ (n = ${terms.length})`);

const givenPower = (entered) => given(entered, "W", "power_missing", "power_invalid");
const givenTime = (entered) => given(entered, "s", "time_missing", "time_invalid");
const givenIrradiance = (entered) => given(entered, "W/cm²", "irradiance_invalid", "irradiance_invalid");
const isScanning = (settings) => SCANNING.includes(settings.technique);

const isZero = (entered) => parse(entered)?.top === 0n;

function pulseDuty(settings) {
  const pulse = isMissing(settings.pulseDurationS)
    ? null
    : given(settings.pulseDurationS, "s", "pulse_duration_invalid", "pulse_duration_invalid");
  const continuous = isMissing(settings.frequencyHz) || isZero(settings.frequencyHz);
  const frequency = continuous ? null : given(settings.frequencyHz, "Hz", "frequency_invalid", "frequency_invalid");
  const refused = [frequency, pulse].find((each) => each && !isComputed(each));
  if (refused) return refused;
  return pulse && frequency ? multiply(FRACTION, pulse, frequency) : null;
}

function missingForDuty(settings) {
  if (isMissing(settings.mode)) return "mode_missing";
  if (isMissing(settings.frequencyHz)) return "frequency_missing";
  return isZero(settings.frequencyHz) ? "frequency_zero" : "pulse_duration_missing";
}

function dutyCycle(settings) {
  const entered = isMissing(settings.dutyCycle) ? null : given(settings.dutyCycle, FRACTION, "duty_invalid", "duty_invalid");
  const stated = [entered, pulseDuty(settings)].filter(Boolean);
  const refused = stated.find((each) => !isComputed(each));
  if (refused) return refused;
  if (stated.some((each) => compare(each.exact, ONE) > 0)) return notComputable("duty_above_one");
  if (settings.mode === "cw") stated.unshift(computed(ONE, FRACTION, `100${SPACE}%`));
  if (!stated.length) return notComputable(missingForDuty(settings));
  const last = stated[stated.length - 1];
  const contradicts = stated.some((each) => differsByMoreThan(each.exact, last.exact, CONTRADICTION));
  return contradicts ? notComputable("duty_contradictory") : stated[0];
}

function averagePower(settings, duty) {
  if (!isMissing(settings.averagePowerW)) return givenPower(settings.averagePowerW);
  const peak = givenPower(settings.peakPowerW);
  return isComputed(peak) ? multiply("W", peak, duty) : peak;
}

function ellipse(first, second) {
  const lengths = [first, second].map((each) => given(each, "cm", "spot_area_missing", "spot_area_invalid"));
  const refused = lengths.find((each) => !isComputed(each));
  if (refused) return refused;
  const area = over(times(PI, times(lengths[0].exact, lengths[1].exact)), ratio(4n));
  return result(area, "cm²", `π × ${operand(lengths[0])} × ${operand(lengths[1])} ÷ 4`, lengths);
}

function spotArea(settings) {
  const { spotAreaCm2: area, spotDiameterCm: diameter, spotAxesCm: axes } = settings;
  const stated = [];
  if (!isMissing(area)) stated.push(given(area, "cm²", "spot_area_missing", "spot_area_invalid"));
  if (!isMissing(diameter)) stated.push(ellipse(diameter, diameter));
  if (!isMissing(axes)) stated.push(ellipse(axes[0], axes[1]));
  const refused = stated.find((each) => !isComputed(each));
  if (refused) return refused;
  if (!stated.length) return notComputable("spot_area_missing");
  const contradicts = stated.some((each) => differsByMoreThan(each.exact, stated[0].exact, CONTRADICTION));
  return contradicts ? notComputable("spot_area_contradictory") : stated[0];
}

function givenPoints(settings) {
  const points = given(settings.points, "", "points_missing", "points_invalid");
  return isComputed(points) && points.value.includes(".") ? notComputable("points_invalid") : points;
}

function pointwiseFactors(settings) {
  const pointTimes = settings.pointTimesS ?? [];
  if (pointTimes.length) {
    const points = settings.points;
    if (!isMissing(points) && Number(points) !== pointTimes.length) return [notComputable("points_contradictory")];
    const known = pointTimes.map(givenTime);
    if (!known.every(isComputed)) return [notComputable("time_invalid")];
    return known.length === 1 ? known : [result(addUp(known), "s", writtenSum(known), known)];
  }
  return isMissing(settings.timePerPointS) ? null : [givenTime(settings.timePerPointS), givenPoints(settings)];
}

function timeFactors(settings) {
  const entered = isMissing(settings.emissionTimeS) ? null : givenTime(settings.emissionTimeS);
  const pointwise = pointwiseFactors(settings);
  if (!pointwise) return [entered ?? givenTime(null)];
  if (!entered) return pointwise;
  const product = multiply("s", ...pointwise);
  if (!isComputed(product)) return product.notComputable === "points_missing" ? [entered] : pointwise;
  if (!isComputed(entered)) return [entered];
  if (differsByMoreThan(entered.exact, product.exact, CONTRADICTION)) return [notComputable("time_contradictory")];
  return pointwise;
}

function timeAtAPoint(settings) {
  if (isScanning(settings)) return notComputable("only_for_points");
  const pointTimes = (settings.pointTimesS ?? []).map(givenTime);
  if (pointTimes.length) {
    const refused = pointTimes.find((each) => !isComputed(each));
    if (refused) return refused;
    const differing = pointTimes.some((each) => each.value !== pointTimes[0].value);
    return differing ? notComputable("point_times_differ") : pointTimes[0];
  }
  if (!isMissing(settings.timePerPointS)) return givenTime(settings.timePerPointS);
  if (isMissing(settings.emissionTimeS)) return notComputable("time_missing");
  const points = givenPoints(settings);
  if (!isComputed(points)) return points;
  return points.value === "1" ? givenTime(settings.emissionTimeS) : notComputable("time_per_point_missing");
}

/* The quantity, unless the technique is unknown or is not the one it is defined for. */
function onlyFor(technique, settings, quantity) {
  if (isMissing(settings.technique)) return notComputable("technique_missing");
  if (isScanning(settings) === (technique === "scanning")) return quantity;
  return notComputable(technique === "scanning" ? "only_for_scanning" : "only_for_points");
}

function byWavelength(settings, total) {
  const wavelengths = settings.wavelengths ?? [];
  const shares = wavelengths.map((each) => given(each.share, FRACTION, "shares_invalid", "shares_invalid"));
  let refusal = null;
  if (!shares.every(isComputed)) refusal = notComputable("shares_invalid");
  else if (differsByMoreThan(addUp(shares), ONE, SHARES_TOLERANCE)) refusal = notComputable("shares_not_one");
  return wavelengths.map((each, index) => ({
    wavelengthNm: String(each.wavelengthNm),
    energyJ: bare(refusal ?? multiply("J", total, shares[index])),
  }));
}

/* What leaves this module: no BigInt, so that it can be copied, compared and written as JSON. */
function bare(quantity) {
  if (!isComputed(quantity)) return quantity;
  const { value, unit, formula, text } = quantity;
  return { value, unit, formula, text };
}

export function computeDose(settings) {
  const duty = dutyCycle(settings);
  const power = averagePower(settings, duty);
  const area = spotArea(settings);
  const factors = timeFactors(settings);
  const perPoint = multiply("J", power, timeAtAPoint(settings));
  const total = multiply("J", power, ...factors);
  const swept = given(settings.treatedAreaCm2, "cm²", "treated_area_missing", "treated_area_invalid");
  const diameter = given(settings.spotDiameterCm, "cm", "spot_diameter_missing", "spot_area_invalid");
  const speed = given(settings.scanSpeedCmS, "cm/s", "scan_speed_missing", "scan_speed_invalid");
  const scanning = (quantity) => bare(onlyFor("scanning", settings, quantity));
  return {
    dutyCycle: bare(duty),
    averagePowerW: bare(power),
    spotAreaCm2: bare(area),
    emissionTimeS: bare(factors.length === 1 ? factors[0] : multiply("s", ...factors)),
    energyPerPointJ: bare(perPoint),
    energyTotalJ: bare(total),
    energyByWavelength: byWavelength(settings, total),
    irradianceWCm2: bare(divide("W/cm²", power, area)),
    fluenceJCm2: bare(onlyFor("points", settings, divide("J/cm²", perPoint, area))),
    areaDoseJCm2: scanning(divide("J/cm²", total, swept)),
    meanIrradianceWCm2: scanning(divide("W/cm²", power, swept)),
    dwellTimeS: scanning(divide("s", diameter, speed)),
    passFluenceJCm2: scanning(divide("J/cm²", power, diameter, speed)),
    version: DOSE_VERSION,
  };
}

/* A typed energy beside the computed one: more than 5 % of the computed value is a difference; null = nothing to compare. */
export function compareEnergy(typedJ, energy) {
  const typed = isMissing(typedJ) ? null : parse(typedJ);
  if (!typed || !isComputed(energy)) return { differs: null, relativeDifference: null };
  const own = parse(energy.value);
  const relative = over(distance(typed, own), own);
  return {
    differs: differsByMoreThan(typed, own, ENERGY_TOLERANCE),
    relativeDifference: relative.top === 0n ? "0" : decimalText(roundResult(relative)),
  };
}

/* Joules added over sites, in any order; one unknown part leaves the total unknown. J/cm² have no sum: RangeError. */
export function addEnergies(energies) {
  if (energies.some((energy) => isComputed(energy) && energy.unit !== "J")) throw new RangeError("only joules can be added");
  const known = energies.filter(isComputed).map((energy) => ({ ...energy, exact: parse(energy.value) }));
  const missing = energies.length - known.length;
  const exact = addUp(known);
  let total = notComputable(missing ? "part_not_computable" : "nothing_recorded");
  if (!missing && known.length) total = bare(result(exact, "J", writtenSum(known), known));
  return { total, knownJ: decimalText(exact), counted: known.length, missing };
}

export function timeForEnergy(energyJ, averagePowerW) {
  return bare(divide("s", given(energyJ, "J", "energy_invalid", "energy_invalid"), givenPower(averagePowerW)));
}

export function fluenceFromIrradiance(irradianceWCm2, timeS) {
  return bare(multiply("J/cm²", givenIrradiance(irradianceWCm2), givenTime(timeS)));
}

export function spotAreaFromIrradiance(averagePowerW, irradianceWCm2) {
  return bare(divide("cm²", givenPower(averagePowerW), givenIrradiance(irradianceWCm2)));
}

/* The decimal point of every number in a formula or value text, replaced by another mark. */
export function localise(text, decimalMark) {
  return text.replaceAll(".", decimalMark);
}
