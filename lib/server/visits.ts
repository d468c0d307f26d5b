import type { Tx } from '@/db/client'
import { saveAssessment } from '@/db/commands/assessments'
import { writeSchedule } from '@/db/commands/schedule'
import { changeVisit, declareMissed, openVisit } from '@/db/commands/visits'
import { listAssessments } from '@/db/queries/assessments'
import { findVisit, type VisitRow } from '@/db/queries/visits'
import { deriveScores } from '@/lib/domain/instruments/derive-scores'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError, FieldError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { formatDateOrEmpty } from '@/lib/format/answers'
import type { MissedVisitInput, SaveVisitInput } from '@/lib/schemas/visits'
import type { Ctx } from './context'
import { type EntryForm, findVoided, readEntryForms } from './entry-forms'
import { inTransaction } from './transaction'
import { checkDate, PAGE, readDate } from './typed-assessment'
import { describeConflict, type StaleRecord } from './visit-conflict'
import { openVisitEntry, type VisitEntry } from './visit-entry'
import { askAboutForms } from './visit-questions'

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
  if (entry.participant.outcome !== 'enrolled') return err(NOT_ENROLLED)
  return inTransaction(ctx, tx => saveIn(tx, entry, input))
}

const NOT_ENROLLED: AppError = {
  code: 'notPossible',
  text: 'Not saved. This participant was not enrolled, so no visit can be entered.',
}

function saveIn(tx: Tx, entry: VisitEntry, input: SaveVisitInput): Result<SavedVisit, AppError> {
  const visit = findVisit(tx, entry.participant.id, entry.plan.code)
  if (!visit && input.expectedVersion !== null)
    return err({ code: 'voided', what: 'The visit', reason: 'see its history' })
  const date = readVisitDate(entry, input, visit)
  const stored = visit ? listAssessments(tx, visit.id) : []
  const read = readEntryForms(entry, input, stored, date.value)
  const errors = [...date.errors, ...read.errors]
  const touched = read.forms.filter(form => form.isTouched)
  if (date.value === null && errors.length === 0 && needsDate(entry, visit, touched.length)) {
    errors.push({ field: `${PAGE}.date`, value: '', text: 'Enter the date of the visit.' })
  }
  if (errors.length > 0) return err({ code: 'invalidInput', fields: errors })
  const voided = visit && findVoided(tx, visit, read.forms)
  if (voided) return err(voided)
  const stale = [
    ...staleVisit(input, visit, date.value),
    ...read.forms.flatMap(form => staleForm(input, form)),
  ]
  if (stale.length > 0) return err(describeConflict(tx, stale))
  const questions = askAboutForms(entry, touched, input.confirmed)
  if (questions.unanswered.length > 0) return err({ code: 'unanswered', questions: questions.unanswered })
  const changed = writeVisitDate(tx, entry, visit, date.value, touched.length > 0, input.reason)
  for (const form of touched) {
    const { participant, plan, protocol } = entry
    const { assessment, stored: before } = form
    saveAssessment(tx, entry.write, {
      visitId: changed.id,
      participantId: participant.id,
      visit: plan.code,
      form: form.code,
      location: before?.location ?? '',
      laterality: before?.laterality ?? '',
      repeat: form.repeat,
      ...assessment,
      beforeTreatment: assessment.beforeTreatment ?? false,
      confirmations: { ...before?.confirmations, ...questions.confirmations[form.key] },
      expectedVersion: before?.rowVersion ?? null,
      reason: input.reason,
      scores: deriveScores(form.code, assessment.answers, assessment.notDoneReason, protocol.settings),
    })
  }
  writeStanding(tx, entry)
  return ok({ number: entry.participant.number, visit: entry.plan.code, written: touched.length })
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

function staleVisit(
  input: SaveVisitInput,
  visit: VisitRow | undefined,
  date: CalendarDate | null,
): StaleRecord[] {
  if (!visit || visit.visitDate === date) return []
  const field = `${PAGE}.date`
  const seen = input.over[PAGE] ?? input.expectedVersion
  const isSettled = PAGE in input.over && field in input.picks
  if (seen === visit.rowVersion && (isSettled || !(PAGE in input.over))) return []
  const yours = formatDateOrEmpty(date)
  const fields = [{ field, label: 'Visit date', yours, stored: formatDateOrEmpty(visit.visitDate) }]
  return [{ name: PAGE, row: visit, fields }]
}

function staleForm(input: SaveVisitInput, form: EntryForm): StaleRecord[] {
  const { key, stored, differences } = form
  if (!stored || differences.length === 0) return []
  const seen = input.over[key] ?? form.expectedVersion
  const open = key in input.over ? differences.filter(({ field }) => !(field in input.picks)) : []
  if (seen === stored.rowVersion && open.length === 0) return []
  return [{ name: key, row: stored, fields: differences }]
}

/** Begins the visit, or changes its date; answers on a visit that was declared missed take that back. */
function writeVisitDate(
  tx: Tx,
  entry: VisitEntry,
  visit: VisitRow | undefined,
  visitDate: CalendarDate | null,
  hasAnswers: boolean,
  reason: string | null,
): VisitRow {
  const { participant, plan, write } = entry
  const row = visit ?? openVisit(tx, write, { participantId: participant.id, code: plan.code, visitDate })
  const patch = hasAnswers ? { visitDate, missedReason: null } : { visitDate }
  return changeVisit(tx, write, row, row.rowVersion, patch, reason)
}

/** Windows, progress and status as they follow from what was just written. */
function writeStanding(tx: Tx, { participant, protocol, protocolVersion }: VisitEntry): void {
  writeSchedule(tx, { participantId: participant.id, protocol, protocolVersion })
}

/** Records that a visit will not take place. Refused once something was entered for it. */
export function declareVisitMissed(ctx: Ctx, input: MissedVisitInput): Result<SavedVisit, AppError> {
  const opened = openVisitEntry(ctx, input, 'enterVisit')
  if (!opened.ok) return opened
  const { participant, plan, write } = opened.value
  if (participant.outcome !== 'enrolled') return err(NOT_ENROLLED)
  return inTransaction(ctx, tx => {
    const visit = findVisit(tx, participant.id, plan.code)
    const isBegun = visit && listAssessments(tx, visit.id).some(row => Object.keys(row.answers).length > 0)
    if (isBegun) return err({ code: 'notPossible', text: HAS_ANSWERS })
    const { reason, expectedVersion } = input
    declareMissed(tx, write, { participantId: participant.id, code: plan.code, reason, expectedVersion })
    writeStanding(tx, opened.value)
    return ok({ number: participant.number, visit: plan.code, written: 0 })
  })
}

const HAS_ANSWERS =
  'Not saved. Answers are entered for this visit, so it was not missed. Record single forms as not done.'

/** Takes back that a visit was declared missed. */
export function undoVisitMissed(ctx: Ctx, input: MissedVisitInput): Result<SavedVisit, AppError> {
  const opened = openVisitEntry(ctx, input, 'enterVisit')
  if (!opened.ok) return opened
  const { participant, plan, write } = opened.value
  return inTransaction(ctx, tx => {
    const visit = findVisit(tx, participant.id, plan.code)
    if (!visit) return err({ code: 'notFound', what: 'The visit' })
    changeVisit(tx, write, visit, input.expectedVersion ?? 0, { missedReason: null }, input.reason)
    writeStanding(tx, opened.value)
    return ok({ number: participant.number, visit: plan.code, written: 0 })
  })
}
