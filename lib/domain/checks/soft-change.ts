import { type ChangeCheck, isChangeCheck } from '@/lib/domain/checks/check-plan'
import { ask, type SoftCheckInput, type SoftRule } from '@/lib/domain/checks/soft-rule'
import { readNumber } from '@/lib/domain/instruments/answers'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { findItemOwner, findParameter } from '@/lib/domain/instruments/registry'
import { UNLIMITED_RANK } from '@/lib/domain/instruments/unlimited'
import type { Settings } from '@/lib/domain/protocol/protocol'

/** Room for floating point: 6.3 to 4.3 is a change of 2. */
const TOLERANCE = 1e-9

/**
 * Asks when a score or an answer differs from the last visit by at least what the protocol sets, up or down. Without a
 * value now or then, and beside *unlimited*, there is no difference to ask about. Codes `change.<parameter or item>`.
 * Source: the protocol's `checks`. Example: NPRS_AVG 8 after 3, limit 4 →
 * “Check: average pain is 8, and was 3 at 3 months: a change of 4 or more.”
 */
export const checkChange: SoftRule = input =>
  input.checks.flatMap(check => {
    if (!isChangeCheck(check) || !input.last) return []
    const code = check.parameter ?? check.item ?? ''
    const now = readValue(check, input, input.answers)
    const then = readValue(check, input, input.last.answers)
    if (now === undefined || then === undefined) return []
    const { atLeast } = check.changeFromLast
    if (Math.abs(now - then) < atLeast - TOLERANCE) return []
    const label = labelOf(code, input.settings)
    const place = input.last.visitName.toLowerCase()
    const found = `${label} is ${show(now)}, and was ${show(then)} at ${place}: a change of ${atLeast} or more.`
    const question = ask(`change.${code}`, { [code]: show(now), last: show(then) }, check.text ?? found)
    return [{ ...question, fields: [fieldAt(check, input)] }]
  })

/** Undefined where this form is not the one that the check is about, or has no number there. */
function readValue(check: ChangeCheck, input: SoftCheckInput, answers: Answers): number | undefined {
  const { form, settings } = input
  const value =
    check.parameter === undefined
      ? readItem(check, form, answers)
      : readScore(check.parameter, form, answers, settings)
  return value === UNLIMITED_RANK ? undefined : value
}

function readItem({ item = '', form }: ChangeCheck, here: string, answers: Answers): number | undefined {
  const answer = answers[item]
  const isNumber = answer !== undefined && 'value' in answer && typeof answer.value === 'number'
  return isNumber && (form ?? here) === here ? readNumber(answers, item) : undefined
}

function readScore(
  parameter: string,
  form: string,
  answers: Answers,
  settings: Settings,
): number | undefined {
  const instrument = findParameter(parameter, settings)?.instrument
  if (!instrument || instrument.code !== form) return undefined
  const score = instrument.score(answers, settings)[parameter]
  return score?.kind === 'score' ? score.value : undefined
}

/** A score that is computed stands at the first item of its form. */
function fieldAt({ parameter, item }: ChangeCheck, { answers }: SoftCheckInput): string {
  const code = item ?? parameter ?? ''
  return code in answers ? code : (Object.keys(answers)[0] ?? code)
}

function labelOf(code: string, settings: Settings): string {
  const label = findParameter(code, settings)?.parameter.label ?? findItemOwner(code, settings)?.item?.label
  return (label ?? code).replace(/^([A-Z])(?=[a-z])/, letter => letter.toLowerCase())
}

/** As on screens: one decimal at most. */
function show(value: number): string {
  return String(Math.round(value * 10) / 10)
}
