import type { FieldError } from '@/lib/domain/shared/errors'

/** Why a value was refused. */
export type FieldProblemCode =
  | 'notANumber'
  | 'decimalComma'
  | 'notWhole'
  | 'outOfRange'
  | 'notAChoice'
  | 'notADate'
  | 'tooLong'
  | 'severalValues'
  | 'valueAndMissing'
  | 'reasonNotAllowed'
  | 'twoMarked'
  | 'notShown'
  | 'required'
  | 'unknownItem'
  | 'totalDiffers'
  | 'totalNotAllowed'
  | 'dateInFuture'
  | 'dateAfterFollowUp'
  | 'dateBeforeConsent'
  | 'dateAfterConsent'
  | 'dateOrder'
  | 'notATime'

/** One refused value: `text` says what is wrong, with the value and the permitted range, and what to do. */
export interface FieldProblem extends FieldError {
  readonly code: FieldProblemCode
}

/** What numbers a control takes. */
export interface NumberRule {
  readonly code: string
  readonly label: string
  readonly decimals: boolean
  /** `null`: no bounds. */
  readonly range: readonly [number, number] | null
  readonly unit?: string | undefined
  /** False: nobody may say why it is missing. Default: somebody may. */
  readonly mayBeMissing?: boolean
  /** `unlimited` is taken, too. */
  readonly mayBeUnlimited?: true | undefined
}

const remedyOf = ({ mayBeMissing }: NumberRule) =>
  mayBeMissing === false
    ? 'Correct it, or clear it.'
    : 'Correct it, or clear it and choose why it is missing.'

/** The permitted numbers in words. Example: NPRS → `'a whole number from 0 to 10'`. */
export function describeNumberRule(rule: NumberRule): string {
  const kind = rule.decimals ? 'a number' : 'a whole number'
  const range = rule.range ? ` from ${rule.range[0]} to ${rule.range[1]}` : ''
  const unit = rule.unit ? ` ${rule.unit}` : ''
  return `${kind}${range}${unit}${rule.mayBeUnlimited ? ', or “unlimited”' : ''}`
}

/**
 * A refused number. Example: 11 as average pain → “Average pain is 11, but must be a whole number from 0 to
 * 10. Correct it, or clear it and choose why it is missing.”
 */
export function numberProblem(
  rule: NumberRule,
  value: string,
  code: 'notANumber' | 'decimalComma' | 'notWhole' | 'outOfRange',
): FieldProblem {
  const shown = code === 'notANumber' || code === 'decimalComma' ? `“${value}”` : value
  const must = `${rule.label} is ${shown}, but must be ${describeNumberRule(rule)}`
  const text =
    code === 'decimalComma' && rule.decimals
      ? `${must}, written with a decimal point instead of a comma${suggestPoint(value)}.`
      : `${must}. ${remedyOf(rule)}`
  return { field: rule.code, value, code, text }
}

/** Refuses a number that is not whole where it must be, or out of range; `null` when it is permitted. */
export function checkNumber(rule: NumberRule, value: number): FieldProblem | null {
  if (!Number.isFinite(value)) return numberProblem(rule, String(value), 'notANumber')
  if (rule.range && (value < rule.range[0] || value > rule.range[1])) {
    return numberProblem(rule, String(value), 'outOfRange')
  }
  return rule.decimals || Number.isInteger(value) ? null : numberProblem(rule, String(value), 'notWhole')
}

/** Only one comma can be a decimal comma; 1,000,000 is left to the person. */
function suggestPoint(value: string): string {
  return /^[+-]?\d+,\d+$/.test(value) ? `, for example ${value.replace(',', '.')}` : ''
}
