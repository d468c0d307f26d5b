import { eq } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { readScheduleFacts } from '@/db/queries/schedule'
import { scheduledVisits } from '@/db/schema/visits'
import { replaceDerived } from '@/db/write'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { deriveDayZero, deriveSchedule } from '@/lib/domain/protocol/schedule'
import type { ParticipantId } from '@/lib/domain/shared/ids'

interface ScheduleTarget {
  readonly participantId: ParticipantId
  readonly protocol: Protocol
  readonly protocolVersion: string
}

/** The rows that follow from what is stored now. Who was not enrolled has no schedule. */
export function deriveScheduleRows(
  db: Db | Tx,
  { participantId, protocol, protocolVersion }: ScheduleTarget,
): (typeof scheduledVisits.$inferInsert)[] {
  const facts = readScheduleFacts(db, participantId, protocol.baseline.visits)
  if (!facts) throw new Error(`no participant ${participantId}`)
  if (facts.outcome !== 'enrolled') return []
  const dayZero = deriveDayZero(protocol, facts)
  const schedule = deriveSchedule(protocol, { dayZero, plannedDayZero: facts.plannedDayZero })
  return schedule.map(({ visit, position, target, windowStart, windowEnd, provisional }) => ({
    participantId,
    visit: visit.code,
    position,
    target,
    windowStart,
    windowEnd,
    provisional,
    protocolVersion,
  }))
}

/**
 * Derives day zero and the windows of one participant and replaces the stored rows. Called by the transaction that
 * changed what they follow from: registration, treatment, planned day zero, allocation, the date of a baseline visit.
 * Entered visits are not touched.
 */
export function writeSchedule(tx: Tx, target: ScheduleTarget): void {
  const parent = eq(scheduledVisits.participantId, target.participantId)
  replaceDerived(tx, 'scheduled_visits', parent, deriveScheduleRows(tx, target))
}
