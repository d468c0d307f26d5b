import type { Parameter } from '@/lib/domain/instruments/instrument'
import { isUnlimited, UNLIMITED } from '@/lib/domain/instruments/unlimited'
import { formatDecimal, formatValue } from '@/lib/format/numbers'

/**
 * A score as a person reads it, in the decimals of its parameter; an unlimited duration in that word.
 * Example: walking `UNLIMITED_RANK` → `'unlimited'`; an index of .85 → `'0.850'`; a pain of 6.5 → `'6.5'`.
 */
export function formatScore(parameter: Pick<Parameter, 'kind' | 'decimals'>, value: number): string {
  if (isUnlimited(parameter, value)) return UNLIMITED
  return parameter.decimals === undefined ? formatValue(value) : formatDecimal(value, parameter.decimals)
}
