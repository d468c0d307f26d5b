import type { FieldProblem } from '@/lib/domain/checks/field-problem'
import { parseFieldValue } from '@/lib/domain/instruments/field-value'
import { isFieldShown } from '@/lib/domain/instruments/form'
import type { Answer, Answers } from '@/lib/domain/instruments/instrument'
import type { AnswerSource } from '@/lib/domain/instruments/missing-label'
import { type RawAnswers, readRawAnswer } from '@/lib/domain/instruments/raw-answers'
import type { FormField, FormPlan } from '@/lib/domain/protocol/protocol'
import { err, ok, type Result } from '@/lib/domain/shared/result'

/**
 * Reads what was typed for one of the study's own forms. Blank without a reason is unanswered and absent
 * from the result. An answer to a field that the other answers hide is refused, not dropped: one of the
 * two is wrong.
 * Errors: one per field, in the order of the form, as `parseFieldValue` and `readRawAnswer`, and `notShown`.
 * Example: `parseFormAnswers(exam, { SLR: ['NEG'] })` → `{ ok: true, value: { SLR: { value: 'NEG' } } }`.
 */
export function parseFormAnswers(
  plan: FormPlan,
  raw: RawAnswers,
  source: AnswerSource = 'entry',
): Result<Answers, readonly FieldProblem[]> {
  const parsed = plan.fields.map(field => ({ field, result: parseField(field, raw, source) }))
  const answers = Object.fromEntries(
    parsed.flatMap(({ field, result }) => (result.ok && result.value ? [[field.code, result.value]] : [])),
  )
  const refused = new Set(parsed.flatMap(({ field, result }) => (result.ok ? [] : field.code)))
  const problems = parsed.flatMap(({ field, result }) => {
    if (!result.ok) return result.error
    return result.value && !dependsOn(plan, field, refused) ? checkShown(plan, field, answers) : []
  })
  return problems.length > 0 ? err(problems) : ok(answers)
}

function parseField(
  field: FormField,
  raw: RawAnswers,
  source: AnswerSource,
): Result<Answer | null, FieldProblem> {
  const read = readRawAnswer(raw, field, source)
  if (!read.ok) return read
  if (read.value.kind === 'blank') return ok(null)
  if (read.value.kind === 'missing') return ok({ missing: read.value.reason })
  const value = parseFieldValue(field, read.value.texts)
  return value.ok ? ok({ value: value.value }) : value
}

function checkShown(plan: FormPlan, field: FormField, answers: Answers): readonly FieldProblem[] {
  if (isFieldShown(plan, field, answers)) return []
  const answer = answers[field.code]
  const parent = plan.fields.find(candidate => candidate.code === field.showIf?.field)
  const value = answer && 'value' in answer ? String(answer.value) : ''
  const text = `${field.label} does not apply with this answer to ${parent?.label}. Clear it, or correct ${parent?.label}.`
  return [{ field: field.code, value, code: 'notShown', text }]
}

/**
 * Whether a field hangs, at any remove, on one of these: what was refused says nothing about what it shows.
 */
function dependsOn(plan: FormPlan, field: FormField, codes: ReadonlySet<string>): boolean {
  const parent = plan.fields.find(candidate => candidate.code === field.showIf?.field)
  return parent !== undefined && (codes.has(parent.code) || dependsOn(plan, parent, codes))
}
