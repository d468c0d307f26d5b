import { type CheckCondition, isChangeCheck } from '@/lib/domain/checks/check-plan'
import { ask, fieldOf, type SoftCheckInput, type SoftRule } from '@/lib/domain/checks/soft-rule'
import type { Answer } from '@/lib/domain/instruments/instrument'
import { UNLIMITED, UNLIMITED_RANK } from '@/lib/domain/instruments/unlimited'

type Value = Extract<Answer, { value: unknown }>['value']

/**
 * Asks what the study's own checks of two answers find: `when` holds and `and` holds. It stands at the form of `and`;
 * the other answer may be of another form of the visit. A missing or unanswered item fulfils nothing.
 * Codes `cross.<and item>.<when item>`. Source: the protocol's `checks`.
 * Example: when SMOKER equals false, and PER_DAY at least 1 → the text of the check.
 */
export const checkCross: SoftRule = input =>
  input.checks.flatMap(check => {
    if (isChangeCheck(check)) return []
    const here = findAnswer(input, check.and)
    const other = findAnswer(input, check.when)
    if (!here || here.form !== input.form || !other) return []
    if (!isFulfilled(check.and, here.value) || !isFulfilled(check.when, other.value)) return []
    const values = { [check.and.item]: showValue(here.value), [check.when.item]: showValue(other.value) }
    const code = `cross.${check.and.item}.${check.when.item}`
    const question = ask(code, values, check.text)
    const otherField = other.form === input.form ? check.when.item : fieldOf(other.form, check.when.item)
    return [{ ...question, fields: [check.and.item, otherField] }]
  })

/** The form itself goes before the others of the visit. */
function findAnswer(
  { form, answers, others }: SoftCheckInput,
  condition: CheckCondition,
): { readonly form: string; readonly value: Value } | undefined {
  const forms = [[form, answers] as const, ...Object.entries(others)]
  for (const [code, given] of forms) {
    if (condition.form !== undefined && condition.form !== code) continue
    const answer = given[condition.item]
    if (answer) return 'value' in answer ? { form: code, value: answer.value } : undefined
  }
  return undefined
}

function isFulfilled({ equals, atLeast, atMost }: CheckCondition, value: Value): boolean {
  if (equals !== undefined) {
    return typeof value === 'object' ? value.some(one => one === equals) : value === equals
  }
  const number = value === UNLIMITED ? UNLIMITED_RANK : value
  if (typeof number !== 'number') return false
  return atLeast === undefined ? atMost !== undefined && number <= atMost : number >= atLeast
}

function showValue(value: Value): string {
  return typeof value === 'object' ? value.join('+') : String(value)
}
