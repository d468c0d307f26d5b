/** One form of a visit, whether a registered instrument or one of the study's own: read and judged by one road. */
import type { FieldProblem } from '@/lib/domain/checks/field-problem'
import { checkRequiredFields, findForm } from '@/lib/domain/instruments/form'
import type { Answers, Instrument } from '@/lib/domain/instruments/instrument'
import { listUnanswered, parseAnswers } from '@/lib/domain/instruments/parse-answers'
import { parseFormAnswers } from '@/lib/domain/instruments/parse-form'
import { CLEAR_ANSWER, type RawAnswers } from '@/lib/domain/instruments/raw-answers'
import { findInstrument } from '@/lib/domain/instruments/registry'
import type { FormPlan, Protocol, Settings } from '@/lib/domain/protocol/protocol'
import type { Result } from '@/lib/domain/shared/result'

export type FormDefinition =
  | { readonly kind: 'instrument'; readonly instrument: Instrument }
  | { readonly kind: 'plan'; readonly plan: FormPlan }

/**
 * The form of that code; `undefined` for one that is not there.
 * Example: `findFormDefinition(admsc, 'EXAM')` → the study's own form *Examination*.
 */
export function findFormDefinition(
  protocol: Pick<Protocol, 'forms'>,
  code: string,
): FormDefinition | undefined {
  const instrument = findInstrument(code)
  if (instrument) return { kind: 'instrument', instrument }
  const plan = findForm(protocol, code)
  return plan && { kind: 'plan', plan }
}

/**
 * The fields that take free text, code → label: only a study's own form has any.
 * Example: a form with the text field `REMARKS` → `{ REMARKS: 'Remarks' }`.
 */
export function listFreeText(form: FormDefinition): Readonly<Record<string, string>> {
  if (form.kind === 'instrument') return {}
  const fields = form.plan.fields.filter(field => field.type === 'text')
  return Object.fromEntries(fields.map(field => [field.code, field.label]))
}

/** Codes of the fields that take a date, whole or partial: only a study's own form has any. Example: `['DRAWN_ON']`. */
export function listDateFields(form: FormDefinition): readonly string[] {
  if (form.kind === 'instrument') return []
  return form.plan.fields
    .filter(field => field.type === 'date' || field.type === 'partialDate')
    .map(field => field.code)
}

/**
 * Reads what was typed into a form: `parseAnswers` or `parseFormAnswers`, with their errors. An item whose reason is
 * `CLEAR_ANSWER` is blank. Example: `{ 'VAS': ['4'], 'VAS.missing': ['clear'] }` → no answer.
 */
export function parseTypedForm(
  form: FormDefinition,
  raw: RawAnswers,
  settings: Settings,
): Result<Answers, readonly FieldProblem[]> {
  const kept = dropCleared(raw)
  return form.kind === 'instrument'
    ? parseAnswers(form.instrument, kept, settings)
    : parseFormAnswers(form.plan, kept)
}

function dropCleared(raw: RawAnswers): RawAnswers {
  const cleared = Object.keys(raw).filter(
    name => name.endsWith('.missing') && raw[name]?.includes(CLEAR_ANSWER),
  )
  if (cleared.length === 0) return raw
  const items = new Set(cleared.map(name => name.slice(0, -'.missing'.length)))
  return Object.fromEntries(Object.entries(raw).filter(([name]) => !items.has(name.split('.')[0] ?? '')))
}

/** `begun`: something is answered, something that is asked is not. `received`: nothing is lacking. */
export type FormStanding = 'absent' | 'begun' | 'received' | 'notDone'

/**
 * How far a form is. An instrument is received when each item has an answer or a reason (or its total stands in their
 * place); a study's form when its required fields have, since the others may stay blank.
 * Missing rule: no answer and no reason for the whole form → `absent`. Example: NPRS average without worst → `begun`.
 */
export function deriveFormStanding(
  form: FormDefinition,
  stored: { readonly answers: Answers; readonly notDoneReason: string | null } | undefined,
  settings: Settings,
): FormStanding {
  if (stored?.notDoneReason) return 'notDone'
  if (!stored || Object.keys(stored.answers).length === 0) return 'absent'
  const lacking =
    form.kind === 'instrument'
      ? listUnanswered(form.instrument, stored.answers, settings)
      : checkRequiredFields(form.plan, stored.answers)
  return lacking.length === 0 ? 'received' : 'begun'
}

/**
 * Answers as the controls of a page would post them: the inverse of `parseTypedForm`.
 * Example: `{ VAS: { missing: 'declined' } }` → `{ 'VAS.missing': ['declined'] }`.
 */
export function formatRawAnswers(answers: Answers): RawAnswers {
  const raw: Record<string, readonly string[]> = {}
  for (const [code, answer] of Object.entries(answers)) {
    if ('missing' in answer) raw[`${code}.missing`] = [answer.missing]
    else {
      raw[code] = typeof answer.value === 'object' ? answer.value : [String(answer.value)]
      if (answer.twoMarked) raw[`${code}.twoMarked`] = ['yes']
    }
  }
  return raw
}
