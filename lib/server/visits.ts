import type { Tx } from '@/db/client'
import { saveAssessment } from '@/db/commands/assessments'
import { changeVisit, NOT_MISSED, openVisit, type VisitPatch } from '@/db/commands/visits'
import { listAssessments } from '@/db/queries/assessments'
import { findVisit, type VisitRow } from '@/db/queries/visits'
import { askAboutReason } from '@/lib/domain/checks/identifiers'
import { deriveScores } from '@/lib/domain/instruments/derive-scores'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError, ConflictingField, FieldError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { formatDateOrEmpty } from '@/lib/format/answers'
import { formatMissedVisit } from '@/lib/format/reasons'
import type { SaveVisitInput } from '@/lib/schemas/visits'
import type { Ctx } from './context'
import { type EntryForm, findVoided, readEntryForms } from './entry-forms'
import { describeMovedVisit, WHAT_TO_DO_WITH_MOVED } from './moved-visit'
import { confirmed } from './participants'
import { inStudyTransaction } from './transaction'
import { checkDate, PAGE, readDate } from './typed-assessment'
import { describeConflict, type StaleRecord } from './visit-conflict'
import { openVisitEntry, refuseEntry, type VisitEntry, writeStanding } from './visit-entry'
import { askAboutForms, readSurroundings } from './visit-questions'

/** What a saved page answers with; the next visit is looked up by the worklist when it is drawn. */
export interface SavedVisit {
  readonly number: string
  readonly visit: string
  /** How many forms were written; 0 when nothing differed from what is stored. */
  readonly written: number
}

/**
 * Stores a whole visit as its page posts it: the date, and each form that was touched, all or nothing. In order:
 * hard checks refuse with every field's error, a change by somebody else is shown, soft checks ask, a changed
 * stored value wants a reason, then everything is written and scored.
 */
export function saveVisit(ctx: Ctx, input: SaveVisitInput): Result<SavedVisit, AppError> {
  const opened = openVisitEntry(ctx, input, 'enterVisit')
  if (!opened.ok) return opened
  const entry = opened.value
  const refused = refuseEntry(entry)
  if (refused) return err(refused)
  return inStudyTransaction(ctx, entry, tx => saveIn(tx, entry, input))
}

function saveIn(tx: Tx, entry: VisitEntry, input: SaveVisitInput): Result<SavedVisit, AppError> {
  const visit = findVisit(tx, entry.participant.id, entry.plan.code)
  if (!visit && input.expectedVersion !== null) return err(refuseGone(tx, entry))
  const date = readVisitDate(entry, input, visit)
  const stored = visit ? listAssessments(tx, visit.id) : []
  const read = readEntryForms(tx, entry, input, stored, date.value)
  const errors = [...date.errors, ...read.errors]
  const touched = read.forms.filter(form => form.isTouched)
  if (date.value === null && errors.length === 0 && needsDate(entry, visit, touched.length)) {
    errors.push({ field: `${PAGE}.date`, value: '', text: 'Enter the date of the visit.' })
  }
  if (errors.length > 0) return err({ code: 'invalidInput', fields: errors })
  const voided = visit && findVoided(tx, visit, read.forms)
  if (voided) return err(voided)
  const stale = [
    ...staleVisit(input, visit, date.value, touched.length > 0),
    ...read.forms.flatMap(form => staleForm(input, form)),
  ]
  if (stale.length > 0) return err(describeConflict(tx, stale))
  if (touched.length > 0 && input.picks[MISSED] === 'stored') return err(STAYS_MISSED)
  const surroundings = readSurroundings(tx, entry, read.forms)
  const questions = askAboutForms(entry, surroundings, input.confirmations)
  const aboutReason = askAboutReason(input.reason)
  const open = [...questions.unanswered, ...aboutReason.filter(({ code }) => !(code in input.confirmations))]
  if (open.length > 0) return err({ code: 'unanswered', questions: open })
  const patch = {
    visitDate: date.value,
    confirmations: { ...visit?.confirmations, ...confirmed(aboutReason) },
    ...(touched.length > 0 ? NOT_MISSED : {}),
  }
  const changed = writeVisit(tx, entry, visit, patch, input.reason)
  for (const form of touched) {
    const { participant, plan, protocol } = entry
    const { assessment, stored: before } = form
    saveAssessment(tx, entry.write, {
      visitId: changed.id,
      participantId: participant.id,
      visit: plan.code,
      form: form.code,
      location: form.location,
      laterality: form.laterality,
      repeat: form.repeat,
      ...assessment,
      confirmations: { ...before?.confirmations, ...questions.confirmations[form.key] },
      expectedVersion: before?.rowVersion ?? null,
      reason: input.reason,
      scores: deriveScores(form.code, assessment.answers, assessment.notDoneReason, protocol.settings),
    })
  }
  if (touched.length > 0 || changed.rowVersion !== visit?.rowVersion) writeStanding(tx, entry)
  return ok({ number: entry.participant.number, visit: entry.plan.code, written: touched.length })
}

/** Of a page that was opened on a visit which stands here no more. */
function refuseGone(tx: Tx, entry: VisitEntry): AppError {
  const moved = describeMovedVisit(tx, entry, { number: entry.participant.number, visit: entry.plan.code })
  return moved === null
    ? { code: 'voided', what: 'The visit', reason: 'see its history' }
    : { code: 'notPossible', text: `Not saved. ${moved} ${WHAT_TO_DO_WITH_MOVED}` }
}

/** Only what came without dates from a file may go on without one. */
function needsDate(entry: VisitEntry, visit: VisitRow | undefined, touchedCount: number): boolean {
  if (!visit || visit.visitDate !== null) return true
  return touchedCount > 0 && entry.participant.origin !== 'imported'
}

/** The date of the visit as typed, or the stored one where the person chose it after a conflict. */
function readVisitDate(
  entry: VisitEntry,
  input: SaveVisitInput,
  visit: VisitRow | undefined,
): { value: CalendarDate | null; errors: FieldError[] } {
  const field = `${PAGE}.date`
  if (input.picks[field] === 'stored' && visit) return { value: visit.visitDate, errors: [] }
  const { date, errors } = readDate(field, 'Visit date', input.page.date)
  return { value: date, errors: [...errors, ...checkDate(entry, field, date)] }
}

/** Name under which it is asked whether a visit stays declared missed. */
const MISSED = `${PAGE}.missed`

const STAYS_MISSED: AppError = {
  code: 'notPossible',
  text: 'Not saved. You chose that the visit stays recorded as missed; answers cannot be stored with it. Clear them, or choose that it took place.',
}

/** What differs of a visit that somebody else changed; answers take back that it was missed, so that is asked, too. */
function staleVisit(
  input: SaveVisitInput,
  visit: VisitRow | undefined,
  date: CalendarDate | null,
  hasAnswers: boolean,
): StaleRecord[] {
  if (!visit) return []
  const seen = input.over[PAGE] ?? input.expectedVersion
  const fields: ConflictingField[] = []
  if (visit.missedReason !== null && hasAnswers) {
    const stored = `Missed: ${formatMissedVisit(visit.missedReason, visit.missedNote)}`
    fields.push({ field: MISSED, label: 'Visit', yours: 'Took place', stored })
  }
  // A visit declared missed before it had a date has none that could stand against the one typed.
  const isFirstDate = fields.length > 0 && visit.visitDate === null
  if (visit.visitDate !== date && !isFirstDate) {
    const [yours, stored] = [formatDateOrEmpty(date), formatDateOrEmpty(visit.visitDate)]
    fields.push({ field: `${PAGE}.date`, label: 'Visit date', yours, stored })
  }
  if (fields.length === 0) return []
  const isSettled = !(PAGE in input.over) || fields.every(({ field }) => field in input.picks)
  return seen === visit.rowVersion && isSettled ? [] : [{ name: PAGE, row: visit, fields }]
}

function staleForm(input: SaveVisitInput, form: EntryForm): StaleRecord[] {
  const { key, stored, contested } = form
  if (!stored || contested.length === 0) return []
  const seen = input.over[key] ?? form.expectedVersion
  const open = key in input.over ? contested.filter(({ field }) => !(field in input.picks)) : []
  if (seen === stored.rowVersion && open.length === 0) return []
  return [{ name: key, row: stored, fields: contested }]
}

/** Begins the visit, or changes it; answers on a visit that was declared missed take that back. */
function writeVisit(
  tx: Tx,
  { participant, plan, write }: VisitEntry,
  visit: VisitRow | undefined,
  patch: VisitPatch & { readonly visitDate: CalendarDate | null },
  reason: string | null,
): VisitRow {
  const { visitDate } = patch
  const row = visit ?? openVisit(tx, write, { participantId: participant.id, code: plan.code, visitDate })
  return changeVisit(tx, write, row, row.rowVersion, patch, reason)
}
