import { type FieldProblem, numberProblem } from '@/lib/domain/checks/field-problem'
import { checkAnswers, checkItemAnswer, numberRuleOf } from '@/lib/domain/checks/hard'
import type { Answer, Answers, Instrument, Item } from '@/lib/domain/instruments/instrument'
import type { AnswerSource } from '@/lib/domain/instruments/missing-label'
import { parseNumberText } from '@/lib/domain/instruments/number-text'
import { type RawAnswers, readRawAnswer, readTexts } from '@/lib/domain/instruments/raw-answers'
import { isUnlimitedText, UNLIMITED } from '@/lib/domain/instruments/unlimited'
import type { Settings } from '@/lib/domain/protocol/protocol'
import { err, ok, type Result } from '@/lib/domain/shared/result'

/**
 * Reads what was typed for one instrument. Blank without a reason is unanswered and absent from the result,
 * so that a form can be saved in part. Controls that belong to other forms are passed over.
 * Errors, one per field and in the order of the form: no number, comma, not whole, out of range, two values,
 * a value beside a reason, a reason not permitted, a total that its items contradict or that the study does
 * not take. A total that agrees with its items is left out: the items are the record.
 * Example: `parseAnswers(nprs, { NPRS_AVG: ['4'] }, {})` → `{ ok: true, value: { NPRS_AVG: { value: 4 } } }`.
 */
export function parseAnswers(
  instrument: Instrument,
  raw: RawAnswers,
  settings: Settings,
  source: AnswerSource = 'entry',
): Result<Answers, readonly FieldProblem[]> {
  const items = instrument.items(settings)
  const totals = totalItems(instrument, items, settings)
  const answers: Record<string, Answer> = {}
  const problems: FieldProblem[] = []
  for (const item of [...items, ...totals]) {
    const parsed = parseItem(raw, item, source)
    if (!parsed.ok) problems.push(parsed.error)
    else if (parsed.value) answers[item.code] = parsed.value
  }
  if (problems.length === 0) problems.push(...checkAnswers(instrument, answers, settings, source))
  if (problems.length > 0) return err(problems)
  const hasItems = items.some(item => isValue(answers[item.code]))
  const redundant = new Set(hasItems ? totals.map(item => item.code) : [])
  return ok(Object.fromEntries(Object.entries(answers).filter(([code]) => !redundant.has(code))))
}

/**
 * Items that are neither answered nor given a reason, in order: what a partly entered form still lacks. What is not asked
 * under the answers so far lacks nothing.
 */
export function listUnanswered(
  instrument: Instrument,
  answers: Answers,
  settings: Settings,
): readonly Item[] {
  const total = instrument.total(settings)
  if (total && answers[total.code]) return []
  return instrument
    .items(settings)
    .filter(item => answers[item.code] === undefined && (item.isAsked?.(answers) ?? true))
}

/** Scores that are computed from items, as items: a file may give them, to be compared with their items. */
function totalItems(instrument: Instrument, items: readonly Item[], settings: Settings): readonly Item[] {
  const total = instrument.total(settings)
  return instrument
    .parameters(settings)
    .filter(parameter => !items.some(item => item.code === parameter.code))
    .map(
      ({ code, label, min, max }): Item =>
        total?.code === code ? total : { code, label, type: 'number', decimals: true, min, max },
    )
}

function parseItem(raw: RawAnswers, item: Item, source: AnswerSource): Result<Answer | null, FieldProblem> {
  const read = readRawAnswer(raw, item, source)
  if (!read.ok) return read
  const twoMarked = readTexts(raw, `${item.code}.twoMarked`).length > 0
  if (read.value.kind !== 'values') {
    if (!twoMarked) return ok(read.value.kind === 'missing' ? { missing: read.value.reason } : null)
    const text = `${item.label}: two boxes are said to be marked, but there is no value. Enter the higher of the two.`
    return err({ field: item.code, value: '', code: 'twoMarked', text })
  }
  const [first = '', ...rest] = read.value.texts
  if (rest.length > 0) {
    const value = read.value.texts.join(', ')
    const text = `${item.label} has several values: ${value}. Keep one.`
    return err({ field: item.code, value, code: 'severalValues', text })
  }
  if (item.mayBeUnlimited && isUnlimitedText(first)) return ok({ value: UNLIMITED })
  const number = parseNumberText(first)
  if (!number.ok) return err(numberProblem(numberRuleOf(item), first, number.error))
  const answer: Answer = twoMarked ? { value: number.value, twoMarked } : { value: number.value }
  const problem = checkItemAnswer(item, answer, source)
  return problem ? err(problem) : ok(answer)
}

function isValue(answer: Answer | undefined): boolean {
  return answer !== undefined && 'value' in answer
}
