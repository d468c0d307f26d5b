import type { FieldProblem } from '@/lib/domain/checks/field-problem'
import type { AnswerSource, MissingRule } from '@/lib/domain/instruments/missing-label'
import { formatMissingReason, listMissingReasons } from '@/lib/domain/instruments/missing-label'
import type { MissingReason } from '@/lib/domain/shared/missing'
import { err, ok, type Result } from '@/lib/domain/shared/result'

/**
 * What a form posts or a file's row holds, by control name: an item's code for its value or values,
 * `<code>.missing` for the reason of its absence, `<code>.twoMarked` (any text) when two boxes were ticked.
 */
export type RawAnswers = Readonly<Record<string, readonly string[]>>

/** Posted in place of a missing reason: takes the answer of the item back, since a radio cannot be unchecked. */
export const CLEAR_ANSWER = 'clear'

/** One item as it was typed: texts, a reason, or nothing at all. */
export type RawAnswer =
  | { readonly kind: 'values'; readonly texts: readonly string[] }
  | { readonly kind: 'missing'; readonly reason: MissingReason }
  | { readonly kind: 'blank' }

/**
 * The texts that are not blank, trimmed, each once. Example: `readTexts({ A: [' 4 ', ''] }, 'A')` → `['4']`.
 */
export function readTexts(raw: RawAnswers, name: string): readonly string[] {
  const texts = (raw[name] ?? []).map(text => text.trim()).filter(text => text !== '')
  return [...new Set(texts)]
}

/**
 * Reads one item: its texts, its missing reason, or blank.
 * Errors: a value beside a reason; a reason that may not be given here.
 * Example: `readRawAnswer({ 'VAS.missing': ['declined'] }, vasItem)` →
 * `{ kind: 'missing', reason: 'declined' }`.
 */
export function readRawAnswer(
  raw: RawAnswers,
  item: MissingRule & { readonly code: string; readonly label: string },
  source: AnswerSource = 'entry',
): Result<RawAnswer, FieldProblem> {
  const texts = readTexts(raw, item.code)
  const [given] = readTexts(raw, `${item.code}.missing`)
  if (given === undefined) return ok(texts.length > 0 ? { kind: 'values', texts } : { kind: 'blank' })
  const reasons = listMissingReasons(item, source)
  const reason = reasons.find(candidate => candidate === given)
  if (!reason) {
    const names = reasons.map(candidate => formatMissingReason(candidate, item).toLowerCase()).join(', ')
    return err({
      field: item.code,
      value: given,
      code: 'reasonNotAllowed',
      text: `${item.label}: “${given}” is not a reason that can be given here. Choose one of: ${names}.`,
    })
  }
  if (texts.length === 0) return ok({ kind: 'missing', reason })
  const name = formatMissingReason(reason, item).toLowerCase()
  return err({
    field: item.code,
    value: texts.join(', '),
    code: 'valueAndMissing',
    text: `${item.label} has both the value ${texts.join(', ')} and the reason “${name}”. Clear one of the two.`,
  })
}
