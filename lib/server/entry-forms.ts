import type { Tx } from '@/db/client'
import { type AssessmentRow, findVoidReason } from '@/db/queries/assessments'
import type { VisitRow } from '@/db/queries/visits'
import { fillRemaining } from '@/lib/domain/instruments/fill-remaining'
import {
  type FormDefinition,
  findFormDefinition,
  formatRawAnswers,
} from '@/lib/domain/instruments/form-definition'
import { listAskedForms } from '@/lib/domain/protocol/asked-forms'
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError, ConflictingField, FieldError } from '@/lib/domain/shared/errors'
import { formatFormName } from '@/lib/format/answers'
import { type FormPlace, parseFormKey } from '@/lib/schemas/form-key'
import type { SaveVisitInput, TypedForm } from '@/lib/schemas/visits'
import { mayStandAt } from './form-places'
import { PAGE, type ReadAssessment, readTypedAssessment, type TypedAssessment } from './typed-assessment'
import { applyPicks, diffTyped, listContested, listTheirs } from './visit-conflict'
import type { VisitEntry } from './visit-entry'

/** One form of the page: what was typed, what is stored, and where the two differ. */
export interface EntryForm extends FormPlace {
  /** Name on the page: `formatFormKey`. */
  readonly key: string
  readonly definition: FormDefinition
  readonly assessment: TypedAssessment
  /** The form has a date of its own, so that questions about it stand there. */
  readonly hasOwnDate: boolean
  readonly stored: AssessmentRow | undefined
  readonly expectedVersion: number | null
  readonly differences: readonly ConflictingField[]
  /** Those of the differences that somebody else stored since the page was drawn. */
  readonly contested: readonly ConflictingField[]
  /** Dated on a dosing day, and nobody said whether before or after the dose. */
  readonly asksBefore: boolean
  /** Something is there to be written. */
  readonly isTouched: boolean
}

/** The stored form of a key. */
export function findStored(
  stored: readonly AssessmentRow[],
  { code, location, laterality, repeat }: FormPlace,
): AssessmentRow | undefined {
  return stored.find(
    row =>
      row.form === code &&
      row.location === location &&
      row.laterality === laterality &&
      row.repeat === repeat,
  )
}

/** Reads every form of the page. Errors carry the names of its controls. */
export function readEntryForms(
  tx: Tx,
  entry: VisitEntry,
  input: SaveVisitInput,
  stored: readonly AssessmentRow[],
  visitDate: CalendarDate | null,
): { forms: EntryForm[]; errors: FieldError[] } {
  const expected = listAskedForms(entry.plan)
  const forms: EntryForm[] = []
  const errors: FieldError[] = []
  for (const [key, posted] of Object.entries(input.forms)) {
    const place = parseFormKey(key) ?? { code: '', location: '', laterality: '' as const, repeat: 1 }
    const { code } = place
    const definition = expected.includes(code) ? findFormDefinition(entry.protocol, code) : undefined
    const before = findStored(stored, place)
    if (!definition || !(before || mayStandAt(entry, definition, place))) {
      errors.push({
        field: `${PAGE}.date`,
        value: key,
        text: `“${key}” is not a form of this visit. Open the page again.`,
      })
      continue
    }
    const chosen = replaceStoredValues(applyPicks(key, posted, before, input.picks), before)
    const whole = keepNotTicked(definition, chosen, before, entry.protocol.settings)
    const typed = fillBlanks(definition, whole, input.page.rest, entry)
    const page = { ...input.page, visitDate }
    const asTyped = readTypedAssessment(entry, key, definition, typed, page, before)
    const read = keepTheirs(tx, entry, { key, definition, typed, page, before, picks: input.picks }, asTyped)
    errors.push(...read.errors)
    const { assessment, asksBefore } = read
    const differences = before ? diffTyped(key, definition, assessment, before, entry.protocol.settings) : []
    const contested = before
      ? listContested(tx, { key, definition, typed }, assessment, before, entry.protocol.settings)
      : []
    const isFilled = Object.keys(assessment.answers).length > 0 || assessment.notDoneReason !== null
    forms.push({
      key,
      ...place,
      definition,
      assessment,
      hasOwnDate: typed.settings.date.trim() !== '',
      stored: before,
      expectedVersion: posted.expectedVersion,
      differences,
      contested,
      asksBefore,
      isTouched: before ? differences.length > 0 || asksBefore : isFilled,
    })
  }
  return { forms, errors }
}

/**
 * A reason chosen beside the very value that is stored replaces it: without JavaScript a radio cannot be unchecked. Beside
 * any other value it stays a contradiction, which is refused.
 */
function replaceStoredValues(typed: TypedForm, stored: AssessmentRow | undefined): TypedForm {
  if (!stored) return typed
  const before = formatRawAnswers(stored.answers)
  const replaced = Object.keys(typed.raw).filter(name => {
    const isReasonNew = (typed.raw[`${name}.missing`]?.[0] ?? '') !== '' && !before[`${name}.missing`]
    return isReasonNew && before[name] !== undefined && String(before[name]) === String(typed.raw[name])
  })
  if (replaced.length === 0) return typed
  const kept = Object.entries(typed.raw).filter(
    ([name]) => !replaced.some(code => name === code || name === `${code}.twoMarked`),
  )
  return { ...typed, raw: Object.fromEntries(kept) }
}

/** A box that a file brought as not ticked stays so: a control that is not ticked posts nothing. */
function keepNotTicked(
  definition: FormDefinition,
  typed: TypedForm,
  stored: AssessmentRow | undefined,
  settings: Settings,
): TypedForm {
  if (definition.kind !== 'instrument' || !stored) return typed
  const kept = definition.instrument.items(settings).flatMap(({ code, type }) => {
    const answer = stored.answers[code]
    const isNotTicked = type === 'tick' && answer !== undefined && 'value' in answer && answer.value === 0
    const isBlank = (typed.raw[code] ?? []).length === 0 && !typed.raw[`${code}.missing`]?.[0]
    return isNotTicked && isBlank ? [[code, ['0']] as const] : []
  })
  return kept.length === 0 ? typed : { ...typed, raw: { ...typed.raw, ...Object.fromEntries(kept) } }
}

/** All that is still blank gets the reason that was chosen for it; a form without any answer is not done as a whole. */
function fillBlanks(
  definition: FormDefinition,
  typed: TypedForm,
  reason: SaveVisitInput['page']['rest'],
  entry: VisitEntry,
): TypedForm {
  if (reason === '' || typed.settings.notDone !== '') return typed
  const filled = fillRemaining(definition, typed.raw, reason, entry.protocol.settings)
  return filled.kind === 'items'
    ? { ...typed, raw: filled.raw }
    : { ...typed, settings: { ...typed.settings, notDone: reason } }
}

interface TypedPlace {
  readonly key: string
  readonly definition: FormDefinition
  readonly typed: TypedForm
  readonly page: Parameters<typeof readTypedAssessment>[4]
  readonly before: AssessmentRow | undefined
  readonly picks: SaveVisitInput['picks']
}

/**
 * Answers that only somebody else changed stay as they are stored: nobody is asked to choose between them and a value
 * that was merely shown. Where the two do not go together as one form, everything is asked.
 */
function keepTheirs(tx: Tx, entry: VisitEntry, place: TypedPlace, asTyped: ReadAssessment): ReadAssessment {
  const { key, definition, typed, page, before, picks } = place
  if (!before || asTyped.errors.length > 0) return asTyped
  const fields = listTheirs(tx, place, asTyped.assessment, before, entry.protocol.settings)
  if (fields.length === 0) return asTyped
  const theirs = Object.fromEntries(fields.map(field => [field, 'stored' as const]))
  const merged = applyPicks(key, typed, before, { ...picks, ...theirs })
  const read = readTypedAssessment(entry, key, definition, merged, page, before)
  return read.errors.length > 0 ? asTyped : read
}

/** A form that was voided after the page was opened; what was typed is not stored in its place. */
export function findVoided(tx: Tx, visit: VisitRow, forms: readonly EntryForm[]): AppError | undefined {
  for (const { code, location, laterality, repeat, stored, expectedVersion, definition } of forms) {
    if (stored || expectedVersion === null) continue
    const key = { visitId: visit.id, form: code, location, laterality, repeat }
    return { code: 'voided', what: formatFormName(definition), reason: findVoidReason(tx, key) ?? '' }
  }
  return undefined
}
