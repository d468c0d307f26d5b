/** Numbers as a person reads them. Rounding is for display only, half away from zero; the minus is a true one. */

/** Significant digits that a double carries for sure; what lies beyond is noise of binary fractions. */
const SURE_DIGITS = 12

/**
 * A number with a fixed number of decimals. Throws on what is not a finite number: that is a defect, never shown.
 * Example: `formatDecimal(-2.35, 1)` → `'−2.4'`; `formatDecimal(-0.04, 1)` → `'0.0'`.
 */
export function formatDecimal(value: number, decimals: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`Not a number to show: ${value}`)
  const size = Number(Math.abs(value).toPrecision(SURE_DIGITS))
  const rounded = size < 1e-6 ? 0 : Number(`${Math.round(Number(`${size}e${decimals}`))}e-${decimals}`)
  return `${value < 0 && rounded > 0 ? '−' : ''}${rounded.toFixed(decimals)}`
}

/** A value as it was recorded, without needless decimals, at most one. Example: `formatValue(6)` → `'6'`, 6.5 → `'6.5'`. */
export function formatValue(value: number): string {
  const text = formatDecimal(value, 1)
  return text.endsWith('.0') ? text.slice(0, -2) : text
}

/** A mean, a change or a score with fractions: one decimal, of an index three. Example: `formatMean(3.8889)` → `'3.9'`. */
export function formatMean(value: number, decimals = 1): string {
  return formatDecimal(value, decimals)
}

/** A proportion in percent without decimals. Example: `formatPercent(7 / 9)` → `'78%'`. */
export function formatPercent(proportion: number): string {
  return `${formatDecimal(proportion * 100, 0)}%`
}

/** A count of a count. Example: `formatCount(7, 9)` → `'7/9'`. */
export function formatCount(k: number, n: number): string {
  return `${k}/${n}`
}

/** The bounds of an interval; the unit stands elsewhere. Example: `formatBounds(21.19, 86.3)` → `'21.2 to 86.3'`. */
export function formatBounds(lower: number, upper: number, decimals = 1): string {
  return `${formatDecimal(lower, decimals)} to ${formatDecimal(upper, decimals)}`
}

/** The interval of a proportion in percent. Example: `formatPercentBounds([0.212, 0.863])` → `'21.2 to 86.3'`. */
export function formatPercentBounds([lower, upper]: readonly [number, number]): string {
  return `${formatPercentBound(lower)} to ${formatPercentBound(upper)}`
}

/** One decimal, two where one would show a bound as certain: 0.04 %, 99.96 %. */
function formatPercentBound(proportion: number): string {
  const text = formatDecimal(proportion * 100, 1)
  const isRoundedAway = (text === '0.0' && proportion > 0) || (text === '100.0' && proportion < 1)
  return isRoundedAway ? formatDecimal(proportion * 100, 2) : text
}

/** An interval in running text. Example: `formatInterval(21.2, 86.3)` → `'95% CI 21.2 to 86.3'`. */
export function formatInterval(lower: number, upper: number): string {
  return `95% CI ${formatBounds(lower, upper)}`
}

/**
 * A p value: three decimals, never 0. Example: `formatPValue(0.015625)` → `'0.016'`, 0.0001 → `'< 0.001'`, 1 → `'1'`.
 */
export function formatPValue(p: number): string {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`Not a p value: ${p}`)
  if (p === 1) return '1'
  if (p < 0.001) return '< 0.001'
  return p > 0.999 ? '> 0.999' : formatDecimal(p, 3)
}
