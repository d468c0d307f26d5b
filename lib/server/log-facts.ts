import type { Db, Tx } from '@/db/client'
import { findFollowUpEnd, listDoseDays, listLogEntries } from '@/db/queries/logs'
import { listScheduledVisits } from '@/db/queries/visits'
import { textOf } from '@/lib/domain/logs/answer-values'
import type { Log, LogFacts } from '@/lib/domain/logs/log'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { LogEntryId, ParticipantId } from '@/lib/domain/shared/ids'
import type { OpenParticipant } from './participants'

/** The first study procedure: harvest or dose, whichever came first; null where there was none. */
export function readFirstProcedure(db: Db | Tx, participantId: ParticipantId): CalendarDate | null {
  const harvests = listLogEntries(db, participantId, 'harvests').flatMap(
    ({ answers }) => (textOf(answers, 'HARVEST_DATE') as CalendarDate | null) ?? [],
  )
  return [...harvests, ...listDoseDays(db, participantId)].toSorted()[0] ?? null
}

/** What surrounds an entry of a log; `except`: the entry itself, which is none of the others. */
export function readLogFacts(
  db: Db | Tx,
  { participant, protocol, today }: Pick<OpenParticipant, 'participant' | 'protocol' | 'today'>,
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
    others: others.map(({ answers }) => answers),
  }
}

function readWindows(db: Db | Tx, participantId: ParticipantId): NonNullable<LogFacts['windows']> {
  const windows = listScheduledVisits(db, participantId).flatMap(({ visit, windowStart, windowEnd }) =>
    windowStart && windowEnd ? [[visit, { start: windowStart, end: windowEnd }] as const] : [],
  )
  return Object.fromEntries(windows)
}
