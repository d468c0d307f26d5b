import type { Db, Tx } from '@/db/client'
import { readScheduleFacts } from '@/db/queries/schedule'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { deriveDayZero } from '@/lib/domain/protocol/schedule'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { OpenParticipant } from './participants'

/** The day from which visits count: real, else planned; null where neither is known. */
export interface DayZero {
  readonly date: CalendarDate
  readonly planned: boolean
}

type Person = Pick<OpenParticipant['participant'], 'id' | 'outcome' | 'plannedDayZero'>

/** Day zero of one participant, by the event that the protocol counts from. A screen failure has no planned one. */
export function readDayZero(db: Db | Tx, participant: Person, protocol: Protocol): DayZero | null {
  const facts = readScheduleFacts(db, participant.id, protocol.baseline.visits)
  const real = facts ? deriveDayZero(protocol, facts) : null
  if (real !== null) return { date: real, planned: false }
  if (participant.outcome !== 'enrolled' || participant.plannedDayZero === null) return null
  return { date: participant.plannedDayZero, planned: true }
}
