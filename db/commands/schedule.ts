import { eq } from 'drizzle-orm'
import type { Tx } from '@/db/client'
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

/**
 * Derives day zero and the windows of one participant and replaces the stored rows. Called by the transaction that
 * changed what they follow from: registration, treatment, planned day zero, allocation, the date of a baseline visit.
 * Who was not enrolled has no schedule. Entered visits are not touched.
 */
export function writeSchedule(tx: Tx, { participantId, protocol, protocolVersion }: ScheduleTarget): void {
  const facts = readScheduleFacts(tx, participantId, protocol.baseline.visits)
  if (!facts) throw new Error(`no participant ${participantId}`)
  const dayZero = deriveDayZero(protocol, facts)
  const schedule =
    facts.outcome === 'enrolled'
      ? deriveSchedule(protocol, { dayZero, plannedDayZero: facts.plannedDayZero })
      : []
  replaceDerived(
    tx,
    'scheduled_visits',
    eq(scheduledVisits.participantId, participantId),
    schedule.map(({ visit, position, target, windowStart, windowEnd, provisional }) => ({
      participantId,
      visit: visit.code,
      position,
      target,
      windowStart,
      windowEnd,
      provisional,
      protocolVersion,
    })),
  )
}
