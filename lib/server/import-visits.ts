import { saveAssessment } from '@/db/commands/assessments'
import { writeSchedule } from '@/db/commands/schedule'
import { changeVisit, openVisit } from '@/db/commands/visits'
import { type AssessmentRow, findAssessment } from '@/db/queries/assessments'
import type { ParticipantRow } from '@/db/queries/participants'
import {
  findVisit,
  listDoses,
  listScheduledVisits,
  type ScheduledVisitRow,
  type VisitRow,
} from '@/db/queries/visits'
import { formatCanonicalJson, type JsonValue } from '@/lib/domain/audit/canonical-json'
import { formatDay } from '@/lib/domain/checks/day-text'
import { checkAnswers, checkAssessmentDate } from '@/lib/domain/checks/hard'
import { checkSoft, listUnconfirmed } from '@/lib/domain/checks/soft'
import { deriveEntryKind } from '@/lib/domain/checks/total'
import type { PlannedForm, PlannedSubject, PlannedVisit } from '@/lib/domain/imports/import-plan'
import { deriveScores } from '@/lib/domain/instruments/derive-scores'
import type { Answer, Answers } from '@/lib/domain/instruments/instrument'
import { findInstrument } from '@/lib/domain/instruments/registry'
import { isInWindow } from '@/lib/domain/protocol/schedule'
import { calendarDateIn } from '@/lib/domain/shared/calendar-date'
import type { ImportedParticipant } from './import-participants'
import { type ImportRun, refuseGiven, weighValue } from './import-run'

/**
 * Stores the visits of one participant: first their dates, from which the windows may follow, then the forms, so that
 * what is checked against a window is checked against the right one; progress follows from all of it.
 */
export function importVisits(run: ImportRun, planned: PlannedSubject, imported: ImportedParticipant): void {
  const { tx, open } = run
  const { participant } = imported
  const stored = planned.visits.map(visit => ({ visit, row: importVisit(run, visit, participant) }))
  const { protocol, protocolVersion } = open
  const target = { participantId: participant.id, protocol, protocolVersion }
  if (
    imported.scheduleChanged ||
    planned.visits.some(visit => protocol.baseline.visits.includes(visit.visit))
  )
    writeSchedule(tx, target)
  const schedule = new Map(listScheduledVisits(tx, participant.id).map(row => [row.visit, row]))
  const doseDates = listDoses(tx, participant.id).map(dose => dose.date)
  for (const { visit, row } of stored) {
    if (!row) continue
    const scheduled = schedule.get(visit.visit)
    if (!scheduled) {
      const text = `Visit ${visit.visit} does not exist for ${participant.number}: it was added after follow-up ended.`
      run.errors.push({ row: visit.row, column: null, value: visit.visit, text })
      continue
    }
    if (row.written && isInWindow(row.visit.visitDate, { ...scheduled }) === false)
      run.counts.outOfWindow += 1
    const { visit: stands, earlierDate } = row
    const place: FormPlace = { run, visit, participant, row: stands, earlierDate, scheduled, doseDates }
    for (const form of visit.forms) importForm(place, form)
  }
  if (planned.visits.length > 0) writeSchedule(tx, target)
}

interface ImportedVisit {
  readonly visit: VisitRow
  /** Begun, or given a date, by this import. */
  readonly written: boolean
  /** As it was before; forms that had this date follow the visit. */
  readonly earlierDate: VisitRow['visitDate']
}

function importVisit(
  run: ImportRun,
  planned: PlannedVisit,
  participant: ParticipantRow,
): ImportedVisit | null {
  const { tx, open } = run
  if (!checkDay(run, planned, participant)) return null
  const date = planned.date?.value ?? null
  const stored = findVisit(tx, participant.id, planned.visit)
  if (!stored) {
    run.counts.visitsOpened += 1
    if (date !== null) run.counts.valuesNew += 1
    const opened = openVisit(tx, open.write, {
      participantId: participant.id,
      code: planned.visit,
      visitDate: date,
    })
    return { visit: opened, written: true, earlierDate: null }
  }
  run.counts.visitsKnown += 1
  const patch: { visitDate?: typeof date; missedReason?: null } = {}
  if (planned.date) {
    const place = {
      row: planned.row,
      column: planned.date.column,
      subject: participant.number,
      visit: planned.visit,
    }
    if (weighValue(run, place, 'visitDate', stored.visitDate, planned.date.value)) patch.visitDate = date
  }
  if (stored.missedReason !== null && planned.forms.length > 0) {
    const place = { row: planned.row, column: null, subject: participant.number, visit: planned.visit }
    if (weighValue(run, place, 'missed', stored.missedReason, '')) patch.missedReason = null
  }
  const visit = changeVisit(tx, open.write, stored, stored.rowVersion, patch, run.reason)
  return { visit, written: 'visitDate' in patch, earlierDate: stored.visitDate }
}

function checkDay(run: ImportRun, planned: PlannedVisit, participant: ParticipantRow): boolean {
  if (!planned.date) return true
  const date = planned.date.value
  const today = calendarDateIn(participant.timeZone, run.now)
  const problem = checkAssessmentDate({ field: 'visit_date', date, today, followUpEnd: null })
  if (problem) refuseGiven(run, planned.date, problem.text)
  const consent = participant.consentDate
  const isEarly = consent !== null && date < consent
  if (isEarly) refuseGiven(run, planned.date, `${formatDay(date)} is before consent (${formatDay(consent)}).`)
  return !problem && !isEarly
}

interface FormPlace {
  readonly run: ImportRun
  readonly visit: PlannedVisit
  readonly participant: ParticipantRow
  readonly row: VisitRow
  readonly earlierDate: VisitRow['visitDate']
  readonly scheduled: ScheduledVisitRow
  readonly doseDates: Parameters<typeof checkSoft>[0]['doseDates']
}

function importForm(place: FormPlace, planned: PlannedForm): void {
  const { run, participant, row, visit } = place
  const { tx, open } = run
  const { settings } = open.protocol
  const key = { visitId: row.id, form: planned.form, location: '', laterality: '' as const, repeat: 1 }
  const stored = findAssessment(tx, key)
  const answers = mergeAnswers(place, planned, stored)
  if (!answers) return
  const notDone = stored?.notDoneReason ?? null
  if (notDone !== null) {
    const where = { row: visit.row, column: null, subject: participant.number, visit: visit.visit }
    if (!weighValue(run, where, `${planned.form} not done`, notDone, '')) return
  }
  const followsVisit =
    !stored || stored.assessmentDate === null || stored.assessmentDate === place.earlierDate
  const assessmentDate = followsVisit ? row.visitDate : stored.assessmentDate
  const isUnchanged =
    stored !== undefined &&
    formatCanonicalJson(stored.answers as JsonValue) === formatCanonicalJson(answers as JsonValue) &&
    stored.assessmentDate === assessmentDate
  if (isUnchanged) return
  const instrument = findInstrument(planned.form)
  saveAssessment(tx, open.write, {
    ...key,
    participantId: participant.id,
    visit: visit.visit,
    assessmentDate,
    beforeTreatment: stored?.beforeTreatment ?? false,
    mode: stored?.mode ?? null,
    source: stored?.source ?? null,
    entryKind: instrument?.entered ? deriveEntryKind(instrument, answers, settings) : 'items',
    notDoneReason: null,
    answers,
    confirmations: { ...stored?.confirmations, ...acceptUnconfirmed(place, planned, answers, stored) },
    expectedVersion: stored?.rowVersion ?? null,
    reason: run.reason,
    scores: deriveScores(planned.form, answers, null, settings),
  })
}

/** Stored answers with the file's in their place. Null: the two together are refused. */
function mergeAnswers(
  place: FormPlace,
  planned: PlannedForm,
  stored: AssessmentRow | undefined,
): Answers | null {
  const { run, participant, visit } = place
  const { settings } = run.open.protocol
  const before: Answers = stored?.answers ?? {}
  const given = new Map<string, Answer>()
  for (const [code, answer] of Object.entries(planned.answers)) {
    const where = {
      row: visit.row,
      column: planned.columns[code] ?? null,
      subject: participant.number,
      visit: visit.visit,
    }
    const known = before[code]
    if (weighValue(run, where, code, known ? showAnswer(known) : null, showAnswer(answer)))
      given.set(code, answer)
  }
  const merged: Answers = { ...before, ...Object.fromEntries(given) }
  const instrument = findInstrument(planned.form)
  if (given.size === 0 || !instrument?.entered) return merged
  const problems = checkAnswers(instrument, merged, settings, 'import')
  for (const { field, value, text } of problems) {
    const column = planned.columns[field] ?? null
    run.errors.push({ row: visit.row, column, value, text: `With what is stored: ${text}` })
  }
  return problems.length > 0 ? null : merged
}

function showAnswer(answer: Answer): string {
  return 'missing' in answer ? `missing: ${answer.missing}` : String(answer.value)
}

/** What the soft checks ask and nobody was there to answer. */
function acceptUnconfirmed(
  place: FormPlace,
  planned: PlannedForm,
  answers: Answers,
  stored: AssessmentRow | undefined,
): Record<string, 'unconfirmed'> {
  const { run, visit, row, scheduled, doseDates } = place
  const { windowStart, windowEnd } = scheduled
  const questions = checkSoft({
    form: planned.form,
    answers,
    settings: run.open.protocol.settings,
    date: row.visitDate,
    window: windowStart && windowEnd ? { start: windowStart, end: windowEnd } : null,
    doseDates,
    beforeTreatment: stored?.beforeTreatment === true,
    freeText: {},
    others: Object.fromEntries(visit.forms.filter(other => other !== planned).map(o => [o.form, o.answers])),
  })
  const open = listUnconfirmed(questions, Object.keys(stored?.confirmations ?? {}))
  run.counts.softChecks += open.length
  return Object.fromEntries(open.map(question => [question.key, 'unconfirmed' as const]))
}
