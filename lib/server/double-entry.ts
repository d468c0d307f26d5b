import type { Tx } from '@/db/client'
import { addSecondEntry } from '@/db/commands/second-entries'
import { readAssessmentAt } from '@/db/queries/assessment-history'
import { type AssessmentRow, listAssessments } from '@/db/queries/assessments'
import { listEntryAuthors, listSecondEntries, type SecondEntryRow } from '@/db/queries/second-entries'
import { findVisit } from '@/db/queries/visits'
import { compareEntries } from '@/lib/domain/double-entry/compare-entries'
import { type DoubleEntryState, deriveDoubleEntryState } from '@/lib/domain/double-entry/double-entry-state'
import {
  deriveFormStanding,
  type FormDefinition,
  findFormDefinition,
} from '@/lib/domain/instruments/form-definition'
import type { AppError, FieldError } from '@/lib/domain/shared/errors'
import type { UserId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { formatFormName } from '@/lib/format/answers'
import type { SecondEntryView } from '@/lib/schemas/double-entry'
import { describeFormPlace, formatFormKey } from '@/lib/schemas/form-key'
import type { FormView } from '@/lib/schemas/visit-view'
import type { SaveVisitInput } from '@/lib/schemas/visits'
import type { Ctx } from './context'
import { inStudyTransaction } from './transaction'
import { readTypedAssessment } from './typed-assessment'
import { openVisitEntry, refuseEntry, type VisitAddress, type VisitEntry } from './visit-entry'
import { readVisit } from './visit-view'

/** A form of a visit that the study wants entered twice, with both entries. */
export interface TwiceEntered {
  readonly key: string
  readonly name: string
  readonly definition: FormDefinition
  readonly first: AssessmentRow
  readonly second: SecondEntryRow | undefined
  /** Items in which the two differ now. */
  readonly differing: readonly string[]
  readonly state: DoubleEntryState
  /** Who entered the first. */
  readonly authors: ReadonlySet<UserId>
}

/** The forms of a visit that are entered twice, as they stand. */
export function listTwiceEntered(db: Ctx['db'] | Tx, entry: VisitEntry): readonly TwiceEntered[] {
  const { protocol, participant, plan } = entry
  const asked = protocol.doubleEntry?.forms ?? []
  const visit = findVisit(db, participant.id, plan.code)
  if (!visit || asked.length === 0) return []
  const firsts = listAssessments(db, visit.id).filter(row => asked.includes(row.form))
  const seconds = listSecondEntries(db, visit.id)
  const authors = listEntryAuthors(
    db,
    firsts.map(row => row.id),
  )
  return firsts.flatMap(first => {
    const definition = findFormDefinition(protocol, first.form)
    if (!definition) return []
    const second = seconds.find(row => placeOf(row) === placeOf(first))
    const differing = second ? compareEntries(first, second) : []
    const standing = deriveFormStanding(definition, first, protocol.settings)
    const state = deriveDoubleEntryState({
      isAsked: true,
      isReceived: standing === 'received' || standing === 'notDone',
      firstVersion: first.rowVersion,
      second: second
        ? { settledVersion: findSettledVersion(db, first, second), differenceCount: differing.length }
        : null,
    })
    const name = [formatFormName(definition), describeFormPlace(first)].filter(Boolean).join(', ')
    const of = { first, second, differing, state, authors: authors.get(first.id) ?? new Set<UserId>() }
    return [{ key: placeOf(first), name, definition, ...of }]
  })
}

/**
 * The version of the first entry for which a decision holds: the present one, as long as only what stands beside the
 * answers (day, contact, source) was changed since. Null: none was made.
 */
export function findSettledVersion(
  db: Ctx['db'] | Tx,
  first: AssessmentRow,
  { settledVersion }: Pick<SecondEntryRow, 'settledVersion'>,
): number | null {
  if (settledVersion === null || settledVersion === first.rowVersion) return settledVersion
  const decided = readAssessmentAt(db, first.id, settledVersion)
  return compareEntries(decided, first).length === 0 ? first.rowVersion : settledVersion
}

function placeOf(row: AssessmentRow | SecondEntryRow): string {
  return formatFormKey({ ...row, code: row.form })
}

/** The forms of a visit that this person may enter a second time, empty: nothing that is stored goes with them. */
export function readSecondEntry(ctx: Ctx, address: VisitAddress): Result<SecondEntryView, AppError> {
  const opened = openVisitEntry(ctx, address, 'enterVisit')
  if (!opened.ok) return opened
  const view = readVisit(ctx, address)
  if (!view.ok) return view
  const twice = listTwiceEntered(ctx.db, opened.value)
  const pending = twice.filter(form => form.state === 'pending')
  const mine = pending.filter(form => !isAuthor(ctx, form))
  return ok({
    visit: {
      ...view.value,
      visit: { ...view.value.visit, version: null, missed: null, history: [] },
      page: { date: '', mode: '', source: '', before: '' },
      forms: mine.map(emptyForm),
      addable: [],
      trends: [],
      neighbours: { before: null, after: null },
      // Follows from what the first entry told of events.
      lacksEvent: false,
      checks: [],
    },
    own: pending.filter(form => isAuthor(ctx, form)).map(form => form.name),
    entered: twice.filter(form => form.second).map(form => form.name),
  })
}

function isAuthor({ actor }: Ctx, { authors }: TwiceEntered): boolean {
  return actor.kind === 'user' && authors.has(actor.userId)
}

function emptyForm({ key, first }: TwiceEntered): FormView {
  const { form: code, location, laterality, repeat } = first
  return {
    key,
    code,
    location,
    laterality,
    repeat,
    version: null,
    answers: {},
    own: { date: '', mode: '', source: '', before: '', notDone: '' },
    confirmed: {},
    last: null,
    history: {},
  }
}

/** What was stored; how many of the forms differ from their first entry. */
export interface SavedSecondEntry {
  readonly number: string
  readonly visit: string
  readonly written: number
  readonly differing: number
}

/**
 * Stores forms that a second person entered, each whole, and compares them with the first entry; equal ones are settled.
 * Refused: who entered the first; a form that does not await a second entry; values that no entry may have.
 */
export function saveSecondEntry(ctx: Ctx, input: SaveVisitInput): Result<SavedSecondEntry, AppError> {
  const opened = openVisitEntry(ctx, input, 'enterVisit')
  if (!opened.ok) return opened
  const entry = opened.value
  const refused = refuseEntry(entry)
  if (refused) return err(refused)
  if (ctx.actor.kind !== 'user') return err({ code: 'notAllowed', act: 'enter a visit' })
  const enteredBy = ctx.actor.userId
  return inStudyTransaction(ctx, entry, tx => {
    const awaited = new Map(listTwiceEntered(tx, entry).map(form => [form.key, form]))
    const read = readForms(entry, input, awaited)
    if (read.errors.length > 0) return err({ code: 'invalidInput', fields: read.errors })
    if (read.forms.length === 0) return err(NOTHING_TYPED)
    let differing = 0
    for (const { form, entered } of read.forms) {
      if (form.state !== 'pending')
        return err({ code: 'alreadyExists', what: 'The second entry of', value: form.name })
      if (form.authors.has(enteredBy)) return err(notTwice(form.name))
      const isEqual = compareEntries(form.first, entered).length === 0
      if (!isEqual) differing += 1
      const { visitId, form: code, location, laterality, repeat, rowVersion } = form.first
      addSecondEntry(tx, entry.write, {
        visitId,
        form: code,
        location,
        laterality,
        repeat,
        ...entered,
        enteredBy,
        settledVersion: isEqual ? rowVersion : null,
      })
    }
    const { participant, plan } = entry
    return ok({ number: participant.number, visit: plan.code, written: read.forms.length, differing })
  })
}

const NOTHING_TYPED: AppError = {
  code: 'notPossible',
  text: 'Not saved. Nothing was entered. Enter a form, or say why it was not done.',
}

function notTwice(name: string): AppError {
  const text = `Not saved. You entered ${name} yourself; the second entry is another person’s.`
  return { code: 'notPossible', text }
}

/** The forms into which something was typed. Errors carry the names of the controls, and nothing of the first entry. */
function readForms(entry: VisitEntry, input: SaveVisitInput, awaited: ReadonlyMap<string, TwiceEntered>) {
  const errors: FieldError[] = []
  const page = { ...input.page, visitDate: null }
  const forms = Object.entries(input.forms).flatMap(([key, typed]) => {
    const form = awaited.get(key)
    if (!form) {
      const text = `“${key}” awaits no second entry. Open the page again.`
      errors.push({ field: `${key}.~notDone`, value: key, text })
      return []
    }
    const read = readTypedAssessment(entry, key, form.definition, typed, page, undefined)
    errors.push(...read.errors)
    const { answers, notDoneReason } = read.assessment
    const entered = { answers, notDoneReason }
    const standing = deriveFormStanding(form.definition, entered, entry.protocol.settings)
    if (read.errors.length === 0 && standing === 'begun') {
      const text = `${form.name} is not complete. Give each item an answer or a reason.`
      errors.push({ field: `${key}.~notDone`, value: '', text })
    }
    return standing === 'absent' ? [] : [{ form, entered }]
  })
  return { forms, errors }
}
