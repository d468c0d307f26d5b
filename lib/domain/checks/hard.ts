/**
 * Hard checks: what they find is refused. Text that is no number at all is refused earlier, by
 * `parse-answers.ts`.
 */
import { formatDay } from '@/lib/domain/checks/day-text'
import { checkNumber, type FieldProblem, type NumberRule } from '@/lib/domain/checks/field-problem'
import { checkTotal } from '@/lib/domain/checks/total'
import type { Answer, Answers, Instrument, Item } from '@/lib/domain/instruments/instrument'
import {
  type AnswerSource,
  formatMissingReason,
  listMissingReasons,
} from '@/lib/domain/instruments/missing-label'
import { UNLIMITED } from '@/lib/domain/instruments/unlimited'
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** The numbers that an item takes; scales and choices take whole numbers. */
export function numberRuleOf(item: Item): NumberRule {
  const decimals = item.type === 'number' && item.decimals === true
  const rule = { code: item.code, label: item.label, decimals, range: [item.min, item.max] as const }
  return { ...rule, unit: item.unit, mayBeUnlimited: item.mayBeUnlimited }
}

/**
 * Checks one answer against its item: a number of the right kind in range, or a reason that may be given
 * here.
 * Example: 11 to an NPRS item → problem `outOfRange`; 4 → `null`.
 */
export function checkItemAnswer(
  item: Item,
  answer: Answer,
  source: AnswerSource = 'entry',
): FieldProblem | null {
  if ('missing' in answer) {
    if (listMissingReasons(item, source).includes(answer.missing)) return null
    return {
      field: item.code,
      value: answer.missing,
      code: 'reasonNotAllowed',
      text: `${item.label}: “${formatMissingReason(answer.missing, item).toLowerCase()}” is not a reason that can be given here.`,
    }
  }
  if (answer.twoMarked && !item.mayBeTwoMarked) {
    return {
      field: item.code,
      value: String(answer.value),
      code: 'twoMarked',
      text: `${item.label} has no boxes of which two could be marked. Remove that mark.`,
    }
  }
  if (item.mayBeUnlimited && answer.value === UNLIMITED) return null
  return checkNumber(numberRuleOf(item), typeof answer.value === 'number' ? answer.value : Number.NaN)
}

/**
 * Checks all answers of one assessment: each against its item, none to an item that is not there, and a total
 * against its items. Whatever road they came by, answers that pass can be stored and scored. Empty = nothing
 * to refuse.
 * Example: `checkAnswers(odi, { ODI_01: { value: 6 } }, {})` → one problem, `outOfRange`.
 */
export function checkAnswers(
  instrument: Instrument,
  answers: Answers,
  settings: Settings,
  source: AnswerSource = 'entry',
): readonly FieldProblem[] {
  const items = instrument.items(settings)
  const total = instrument.parameters(settings).map(parameter => parameter.code)
  const known = new Set([...items.map(item => item.code), ...total])
  const unknown = Object.keys(answers)
    .filter(code => !known.has(code))
    .map(
      (code): FieldProblem => ({
        field: code,
        value: '',
        code: 'unknownItem',
        text: `${code} is not an item of ${instrument.name} in this study. Remove it.`,
      }),
    )
  const wrong = items.flatMap(item => {
    const answer = answers[item.code]
    return answer ? (checkItemAnswer(item, answer, source) ?? []) : []
  })
  const problems = [...unknown, ...wrong]
  return problems.length > 0 ? problems : checkTotal(instrument, answers, settings, source)
}

/**
 * Refuses an assessment dated after today at the site, or after the participant left follow-up. An unknown
 * date passes.
 * Example: dated 2026-04-17 when the site has 2026-04-16 → problem `dateInFuture`.
 */
export function checkAssessmentDate(input: {
  readonly field: string
  readonly date: CalendarDate | null
  readonly today: CalendarDate
  readonly followUpEnd: CalendarDate | null
}): FieldProblem | null {
  const { field, date, today, followUpEnd } = input
  if (date === null) return null
  if (date > today) {
    return {
      field,
      value: date,
      code: 'dateInFuture',
      text: `The date ${formatDay(date)} is after today at the site (${formatDay(today)}). Enter the day of the assessment.`,
    }
  }
  if (followUpEnd === null || date <= followUpEnd) return null
  return {
    field,
    value: date,
    code: 'dateAfterFollowUp',
    text: `The date ${formatDay(date)} is after the participant left follow-up (${formatDay(followUpEnd)}). Only earlier assessments can be entered.`,
  }
}
