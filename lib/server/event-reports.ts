import type { Tx } from '@/db/client'
import { addEventReport, changeEventReport, voidEventReport as voidStored } from '@/db/commands/event-reports'
import { changeLogEntry } from '@/db/commands/logs'
import { type EventReportRow, findEventReport } from '@/db/queries/event-reports'
import { findLogEntry, type LogEntryRow } from '@/db/queries/logs'
import { askAboutIdentifiers, askAboutReason } from '@/lib/domain/checks/identifiers'
import { isSerious } from '@/lib/domain/events/event-facts'
import { deriveSiteTime } from '@/lib/domain/events/site-time'
import { boolOf, textOf } from '@/lib/domain/logs/answer-values'
import type { AppError, FieldError, Question } from '@/lib/domain/shared/errors'
import type { EventReportId, LogEntryId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type {
  AddEventNoteInput,
  CorrectEventReportInput,
  ReportEventInput,
  VoidEventReportInput,
} from '@/lib/schemas/event-reports'
import { isReportable } from './adverse-events'
import type { Ctx } from './context'
import { withReportLabels } from './event-report-conflict'
import { readFollowUpAwareness, readReported, readToldOrNot } from './event-report-times'
import { checkAwareAfterOnset, readTypedTime, type TypedTime } from './event-times'
import { confirmed, type OpenParticipant, openParticipant } from './participants'
import { inStudyTransaction } from './transaction'

/** Where the page of the event is; of who asked for no further use, the page of the clocks alone. */
export interface SavedEventReport {
  readonly number: string
  readonly entry: number
  readonly restricted: boolean
}

/** The sponsor is told of a serious event whatever the participant asked for later: the clock is no use of data. */
const OF_ANYONE = { alsoRestricted: true } as const

/** Records that the sponsor was told, which stops the clock: not before awareness, not in the future. */
export function reportEvent(ctx: Ctx, input: ReportEventInput): Result<SavedEventReport, AppError> {
  const opened = openParticipant(ctx, input.study, input.number, 'reportEvent', OF_ANYONE)
  if (!opened.ok) return opened
  const { participant, write } = opened.value
  return inStudyTransaction(ctx, opened.value, tx => {
    const found = findReport(tx, opened.value, input)
    if (!found.ok) return found
    const { report } = found.value
    if (report.reportedAt !== null && report.rowVersion === input.version) {
      const text = 'The report is recorded already. Correct it, with a reason, if it is wrong.'
      return err({ code: 'notPossible', text })
    }
    const at = readReported(participant.timeZone, input, report.awareAt, ctx.now)
    if (!at.ok) return invalid([at.error])
    const { reportedBy, reference } = input
    const patch = { reportedAt: at.value, reportedBy, reference }
    withReportLabels(participant.timeZone, () =>
      changeEventReport(tx, write, { id: report.id, version: input.version }, patch, null),
    )
    return ok(savedAt(participant, input.entry))
  })
}

/** Keeps new information on an event. On a serious one it is a report of its own, whose clock runs from awareness. */
export function addEventNote(ctx: Ctx, input: AddEventNoteInput): Result<SavedEventReport, AppError> {
  const opened = openParticipant(ctx, input.study, input.number, 'reportEvent')
  if (!opened.ok) return opened
  const { participant, write } = opened.value
  return inStudyTransaction(ctx, opened.value, tx => {
    const found = findEvent(tx, opened.value, input.entry)
    if (!found.ok) return found
    const entry = found.value
    const reportable = isReportable(tx, entry)
    const aware = readFollowUpAwareness(tx, opened.value, entry, input, ctx.now, reportable)
    if (!aware.ok) return invalid(aware.error)
    const asked = askAboutIdentifiers('note', 'the note', input.note)
    const open = unconfirmed(asked, input.confirm)
    if (open.length > 0) return err({ code: 'unanswered', questions: open })
    const kind = reportable ? 'followUp' : 'note'
    const confirmations = confirmed(asked)
    addEventReport(tx, write, {
      entryId: entry.id,
      kind,
      awareAt: aware.value,
      note: input.note,
      confirmations,
    })
    return ok(savedAt(participant, input.entry))
  })
}

/**
 * Corrects what was recorded of a report, with a reason. The awareness of an initial report stands with the event, too: it
 * is corrected in both. A report to the sponsor that never was is taken back by leaving it blank; its clock runs again.
 */
export function correctEventReport(
  ctx: Ctx,
  input: CorrectEventReportInput,
): Result<SavedEventReport, AppError> {
  const opened = openParticipant(ctx, input.study, input.number, 'reportEvent', OF_ANYONE)
  if (!opened.ok) return opened
  const { participant, write } = opened.value
  const { timeZone } = participant
  return inStudyTransaction(ctx, opened.value, tx => {
    const found = findReport(tx, opened.value, input)
    if (!found.ok) return found
    const { report, entry } = found.value
    const typed: TypedTime = { day: input.awareOn, time: input.awareTime, fields: ['awareOn', 'awareTime'] }
    const aware = readTypedTime(timeZone, typed, 'earlier', ctx.now, report.awareAt)
    if (!aware.ok) return invalid([aware.error])
    const early = checkAwareAfterOnset(entry.answers, typed)
    if (early) return invalid([participant.restricted ? withoutOnset(early) : early])
    const told = readToldOrNot(timeZone, input, aware.value, ctx.now, report)
    if (!told.ok) return invalid(told.error)
    // What is not shown is not asked again: it stays as it is.
    const note = participant.restricted ? report.note : input.note
    if (report.kind !== 'initial' && note === null)
      return invalid([{ field: 'note', value: '', text: 'Write what is new.' }])
    const asked = [...askAboutNote(note, report), ...askAboutReason(input.reason)]
    const open = unconfirmed(asked, input.confirm)
    if (open.length > 0) return err({ code: 'unanswered', questions: open })
    const confirmations = { ...report.confirmations, ...confirmed(asked) }
    const patch = { awareAt: aware.value, note, ...told.value, confirmations }
    withReportLabels(timeZone, () =>
      changeEventReport(tx, write, { id: report.id, version: input.version }, patch, input.reason),
    )
    if (report.kind === 'initial' && textOf(entry.answers, 'AWARE_ON') !== null) {
      const { day, time } = deriveSiteTime(timeZone, aware.value)
      const answers = { ...entry.answers, AWARE_ON: { value: day }, AWARE_AT: { value: time } }
      changeLogEntry(tx, write, entry, { answers }, input.reason)
    }
    return ok(savedAt(participant, input.entry))
  })
}

/**
 * Takes a report off, with a reason. The initial report of an event with a criterion stays, unless the investigator judged
 * the event not serious: a judgement alone stops no clock, and no clock is stopped without one.
 */
export function voidEventReport(ctx: Ctx, input: VoidEventReportInput): Result<SavedEventReport, AppError> {
  const opened = openParticipant(ctx, input.study, input.number, 'mendRecord', OF_ANYONE)
  if (!opened.ok) return opened
  const { participant, write } = opened.value
  return inStudyTransaction(ctx, opened.value, tx => {
    const found = findReport(tx, opened.value, input)
    if (!found.ok) return found
    const { report, entry } = found.value
    const { answers } = entry
    if (report.kind === 'initial' && isSerious(answers) && boolOf(answers, 'AESERINV') !== false) {
      const text =
        'Not voided: the event is serious. Report it; or first record that no criterion is met, or the investigator’s judgement that it is not serious; or void the event.'
      return err({ code: 'notPossible', text })
    }
    const { reason } = input
    if (reason === null) return err({ code: 'reasonRequired', fields: [] })
    const asked = askAboutReason(reason)
    const open = unconfirmed(asked, input.confirm)
    if (open.length > 0) return err({ code: 'unanswered', questions: open })
    const confirmations = asked.length > 0 ? { ...report.confirmations, ...confirmed(asked) } : null
    voidStored(tx, write, { id: report.id, version: input.version }, reason, confirmations)
    return ok(savedAt(participant, input.entry))
  })
}

function savedAt({ number, restricted }: OpenParticipant['participant'], entry: number): SavedEventReport {
  return { number, entry, restricted: restricted === true }
}

/** The refusal without the day on which the event began. */
function withoutOnset(problem: FieldError): FieldError {
  return { ...problem, text: 'This is before the event began. Correct the date.' }
}

function findEvent(tx: Tx, { participant }: OpenParticipant, id: number): Result<LogEntryRow, AppError> {
  const place = { participantId: participant.id, log: 'adverseEvents' } as const
  const entry = findLogEntry(tx, place, id as LogEntryId)
  if (!entry) return err({ code: 'notFound', what: 'The event' })
  if (entry.voidedAt === null) return ok(entry)
  return err({ code: 'voided', what: 'The event', reason: entry.voidReason ?? '' })
}

function findReport(
  tx: Tx,
  opened: OpenParticipant,
  { entry: entryId, report: id }: { readonly entry: number; readonly report: number },
): Result<{ entry: LogEntryRow; report: EventReportRow }, AppError> {
  const found = findEvent(tx, opened, entryId)
  if (!found.ok) return found
  const entry = found.value
  const report = findEventReport(tx, entry.id, id as EventReportId)
  if (!report) return err({ code: 'notFound', what: 'The report' })
  if (report.voidedAt !== null)
    return err({ code: 'voided', what: 'The report', reason: report.voidReason ?? '' })
  return ok({ entry, report })
}

/** What was confirmed of the same text holds. */
function askAboutNote(note: string | null, stored: EventReportRow): readonly Question[] {
  const asked = askAboutIdentifiers('note', 'the note', note)
  if (note !== stored.note) return asked
  return asked.filter(question => Object.keys(confirmed([question])).some(key => !stored.confirmations[key]))
}

function unconfirmed(questions: readonly Question[], confirm: readonly string[]): readonly Question[] {
  return questions.filter(({ code }) => !confirm.includes(code))
}

function invalid(fields: readonly FieldError[]): Result<never, AppError> {
  return err({ code: 'invalidInput', fields })
}
