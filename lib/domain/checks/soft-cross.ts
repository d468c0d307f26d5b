import { type CheckCondition, isChangeCheck } from '@/lib/domain/checks/check-plan'
import { ask, fieldOf, mergeSame, type SoftCheckInput, type SoftRule } from '@/lib/domain/checks/soft-rule'
import type { Answer } from '@/lib/domain/instruments/instrument'
import { UNLIMITED, UNLIMITED_RANK } from '@/lib/domain/instruments/unlimited'

type Value = Extract<Answer, { value: unknown }>['value']

/**
 * Asks what the study's own checks of two answers find: `when` holds and `and` holds. It stands at the form of `and`;
 * the other answer may be of another form of the visit, and of one that repeats by place each entry is looked at. A
 * missing or unanswered item fulfils nothing. Codes `cross.<and item>.<when item>`. Source: the protocol's `checks`.
 * Example: when SMOKER equals false, and PER_DAY at least 1 → the text of the check.
 */
export const checkCross: SoftRule = input => {
  const found = input.checks.flatMap(check => {
    if (isChangeCheck(check)) return []
    const here = findOwn(input, check.and)
    if (here === undefined || !isFulfilled(check.and, here)) return []
    return listAnswers(input, check.when)
      .filter(other => isFulfilled(check.when, other.value))
      .map(other => {
        const values = { [check.and.item]: showValue(here), [check.when.item]: showValue(other.value) }
        const question = ask(`cross.${check.and.item}.${check.when.item}`, values, check.text)
        return { ...question, fields: [check.and.item, other.field] }
      })
  })
  return mergeSame(found)
}

function findOwn({ form, answers }: SoftCheckInput, condition: CheckCondition): Value | undefined {
  return condition.form === undefined || condition.form === form
    ? readValue(answers[condition.item])
    : undefined
}

/** The form itself goes before the others of the visit: an item that it has is looked for nowhere else. */
function listAnswers(
  input: SoftCheckInput,
  condition: CheckCondition,
): readonly { readonly field: string; readonly value: Value }[] {
  const { item } = condition
  const isOwn = (condition.form === undefined || condition.form === input.form) && item in input.answers
  if (isOwn) {
    const own = findOwn(input, condition)
    return own === undefined ? [] : [{ field: item, value: own }]
  }
  return input.others.flatMap(({ form, key, answers }) => {
    if (condition.form !== undefined && condition.form !== form) return []
    const value = readValue(answers[item])
    return value === undefined ? [] : [{ field: fieldOf(key, item), value }]
  })
}

function readValue(answer: Answer | undefined): Value | undefined {
  return answer && 'value' in answer ? answer.value : undefined
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
