import type { Db, Tx } from '@/db/client'
import { listParticipantAssessments } from '@/db/queries/assessments'
import { findFollowUpEnd, listDoseDays, listLogEntries } from '@/db/queries/logs'
import { listDoses, listScheduledVisits, listVisits } from '@/db/queries/visits'
import { textOf } from '@/lib/domain/logs/answer-values'
import type { DatedEntry, Log, LogFacts } from '@/lib/domain/logs/log'
import { nameDose } from '@/lib/domain/protocol/dose-name'
import { formatVisitName } from '@/lib/domain/protocol/unscheduled'
import { type CalendarDate, compareDates, parseCalendarDate } from '@/lib/domain/shared/calendar-date'
import type { LogEntryId, ParticipantId } from '@/lib/domain/shared/ids'
import type { OpenParticipant } from './participants'

/** The first study procedure: harvest or dose, whichever came first; null where there was none. */
export function readFirstProcedure(db: Db | Tx, participantId: ParticipantId): CalendarDate | null {
  const harvests = listLogEntries(db, participantId, 'harvests').flatMap(
    ({ answers }) => (textOf(answers, 'HARVEST_DATE') as CalendarDate | null) ?? [],
  )
  return [...harvests, ...listDoseDays(db, participantId)].toSorted()[0] ?? null
}

type LogPlace = Pick<OpenParticipant, 'participant' | 'protocol' | 'today' | 'view'>

/** What surrounds an entry of a log; `except`: the entry itself, which is none of the others. */
export function readLogFacts(
  db: Db | Tx,
  { participant, protocol, today, view }: LogPlace,
  log: Log,
  except: LogEntryId | null,
): LogFacts {
  const others = listLogEntries(db, participant.id, log.code).filter(({ id }) => id !== except)
  return {
    protocol,
    today,
    consentDate: participant.consentDate,
    firstProcedure: readFirstProcedure(db, participant.id),
    firstDose: listDoseDays(db, participant.id)[0] ?? null,
    windows: readWindows(db, participant.id),
    followUpEnd: findFollowUpEnd(db, participant.id),
    // Only leaving is weighed against all that is dated.
    ...(log.code === 'departures' ? { dated: readDated(db, { participant, protocol, view }) } : {}),
    others: others.map(({ answers }) => answers),
  }
}

/** Visits and their forms (once a day), doses and adverse events, by date. An event of a partly known day is left out: it may lie before. */
function readDated(
  db: Db | Tx,
  { participant, protocol, view }: Pick<LogPlace, 'participant' | 'protocol' | 'view'>,
): readonly DatedEntry[] {
  const forms = listParticipantAssessments(db, participant.id).map(({ visit, assessment }) => ({
    visit,
    date: assessment.assessmentDate,
  }))
  const visits = listVisits(db, participant.id).map(({ code, visitDate }) => ({
    visit: code,
    date: visitDate,
  }))
  const seen = new Set<string>()
  const dated: DatedEntry[] = []
  for (const { visit, date } of [...visits, ...forms]) {
    if (date === null || seen.has(`${visit} ${date}`)) continue
    seen.add(`${visit} ${date}`)
    dated.push({ kind: 'visit', name: formatVisitName(protocol, visit), date })
  }
  const doses = listDoses(db, participant.id)
  const given = doses.map(dose => dose.treatment)
  for (const { treatment, date } of doses)
    dated.push({ kind: 'dose', name: nameDose(protocol, view, treatment, given), date })
  for (const { answers } of listLogEntries(db, participant.id, 'adverseEvents')) {
    const date = parseCalendarDate(textOf(answers, 'AESTDAT') ?? '')
    if (date) dated.push({ kind: 'event', name: textOf(answers, 'AETERM') ?? 'Adverse event', date })
  }
  return dated.toSorted((a, b) => compareDates(a.date, b.date))
}

function readWindows(db: Db | Tx, participantId: ParticipantId): NonNullable<LogFacts['windows']> {
  const windows = listScheduledVisits(db, participantId).flatMap(({ visit, windowStart, windowEnd }) =>
    windowStart && windowEnd ? [[visit, { start: windowStart, end: windowEnd }] as const] : [],
  )
  return Object.fromEntries(windows)
}
