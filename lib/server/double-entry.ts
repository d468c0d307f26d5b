import { addSecondEntry } from '@/db/commands/second-entries'
import { compareEntries } from '@/lib/domain/double-entry/compare-entries'
import { deriveFormStanding } from '@/lib/domain/instruments/form-definition'
import type { AppError, FieldError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { SecondEntryView } from '@/lib/schemas/double-entry'
import type { FormView } from '@/lib/schemas/visit-view'
import type { SaveVisitInput } from '@/lib/schemas/visits'
import type { Ctx } from './context'
import { isAuthor, listTwiceEntered, type TwiceEntered } from './double-entry-forms'
import { inStudyTransaction } from './transaction'
import { readTypedAssessment } from './typed-assessment'
import { openVisitEntry, refuseEntry, type VisitAddress, type VisitEntry } from './visit-entry'
import { readVisit } from './visit-view'

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
      hidden: [],
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
