import type { Parameter } from '@/lib/domain/instruments/instrument'

/** Steps that people read without thinking, within a power of ten. */
const STEPS = [1, 2, 2.5, 5, 10] as const

/** Steps from the lower end to the upper one, about. */
const STEP_COUNT = 4

/**
 * Ends of an axis, in the parameter's unit: the scale itself, or, where its maximum is only a limit of what
 * may be entered (`maxIsLimit`), from its minimum to the largest value, rounded up. Missing rule: null values
 * are left out; without any value the scale itself. Values beyond a natural scale do not widen it here. No
 * source: a convention of ours.
 * Example: hours worked (0 to 168) of 18, 24 and 38 → `[0, 40]`; NPRS of 3 and 4 → `[0, 10]`.
 */
export function deriveScaleDomain(
  { min, max, maxIsLimit }: Pick<Parameter, 'min' | 'max' | 'maxIsLimit'>,
  values: readonly (number | null)[],
): readonly [number, number] {
  if (!maxIsLimit) return [min, max]
  const highest = values.reduce<number>((top, value) => (value !== null && value > top ? value : top), min)
  const span = highest - min
  if (span <= 0) return [min, max]
  const power = 10 ** Math.floor(Math.log10(span / STEP_COUNT))
  const step = power * (STEPS.find(each => each * power * STEP_COUNT >= span) ?? 10)
  return [min, min + Math.ceil(span / step) * step]
}
