import { eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { readScheduleRows } from '@/db/queries/derived'
import { listEntries, readScheduleFacts } from '@/db/queries/schedule'
import { participantStatuses, scheduledVisits } from '@/db/schema/visits'
import { replaceDerived } from '@/db/write'
import { listAskedForms } from '@/lib/domain/protocol/asked-forms'
import { deriveVersionsInForce } from '@/lib/domain/protocol/consent'
import { deriveEnteredForms } from '@/lib/domain/protocol/entered-forms'
import { deriveFollowUpEnd, isRestricted } from '@/lib/domain/protocol/follow-up'
import { deriveParticipantStatus } from '@/lib/domain/protocol/participant-status'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { deriveDayZero, deriveSchedule } from '@/lib/domain/protocol/schedule'
import { deriveOpeningDay, deriveVisitProgress } from '@/lib/domain/protocol/visit-state'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { writeMorphineScores } from './morphine-scores'

interface ScheduleTarget {
  readonly participantId: ParticipantId
  readonly protocol: Protocol
  readonly protocolVersion: string
}

export interface ScheduleRows {
  readonly visits: (typeof scheduledVisits.$inferInsert)[]
  readonly status: typeof participantStatuses.$inferInsert
}

/** The rows that follow from what is stored now. Who was not enrolled has no schedule. */
export function deriveScheduleRows(db: Db | Tx, target: ScheduleTarget): ScheduleRows {
  const { participantId, protocol } = target
  const facts = readScheduleFacts(db, participantId, protocol.baseline.visits)
  if (!facts) throw new Error(`no participant ${participantId}`)
  return deriveRowsFrom(target, facts, listEntries(db, participantId))
}

/** The rows that follow from these facts, stored or about to be. */
export function deriveRowsFrom(
  target: ScheduleTarget,
  facts: NonNullable<ReturnType<typeof readScheduleFacts>>,
  entries: ReturnType<typeof listEntries>,
): ScheduleRows {
  const { participantId, protocol } = target
  const end = deriveFollowUpEnd(
    facts.departures,
    facts.consents.map(consent => consent.date),
  )
  const visits = facts.outcome === 'enrolled' ? deriveVisitRows(target, facts, entries, end) : []
  const status = deriveParticipantStatus({
    outcome: facts.outcome,
    hasTreatments: protocol.treatments.length > 0,
    isTreated: facts.doses.length > 0,
    isBaselineBegun: entries.some(entry => protocol.baseline.visits.includes(entry.visit)),
    visits: visits.map(visit => visit.progress),
    ended: end?.reason ?? null,
  })
  const restricted = isRestricted(facts.departures)
  return { visits, status: { participantId, status, followUpEnd: end?.date ?? null, restricted } }
}

function deriveVisitRows(
  { participantId, protocol, protocolVersion }: ScheduleTarget,
  facts: NonNullable<ReturnType<typeof readScheduleFacts>>,
  entries: ReturnType<typeof listEntries>,
  followUpEnd: { readonly date: CalendarDate } | null,
): ScheduleRows['visits'] {
  const { consentDate: consentedOn, plannedDayZero } = facts
  const dayZero = deriveDayZero(protocol, facts)
  const placed = deriveSchedule(protocol, {
    dayZero,
    plannedDayZero,
    followUpEnd,
    versionsInForce: deriveVersionsInForce(protocol, facts),
    enteredVisits: entries.map(entry => entry.visit),
  })
  return placed.map(scheduled => {
    const { visit, position, target, windowStart, windowEnd, provisional } = scheduled
    const entered = entries.filter(entry => entry.visit === visit.code)
    return {
      participantId,
      visit: visit.code,
      position,
      target,
      windowStart,
      windowEnd,
      provisional,
      opensOn: deriveOpeningDay({ scheduled, consentedOn }),
      progress: deriveVisitProgress({
        expected: listAskedForms(visit),
        ...deriveEnteredForms(protocol, entered),
        declaredMissed: entered.some(entry => entry.missedReason !== null),
      }),
      protocolVersion,
    }
  })
}

/**
 * Derives day zero, windows, progress and status of one participant and replaces the stored rows that differ. Called by
 * the transaction that changed what they follow from, once it wrote all of it: registration, treatment, planned day
 * zero, allocation, and anything entered, voided, moved or declared of a visit. Entered visits are not touched. Scores
 * that follow from more than their own form are derived again, too.
 */
export function writeSchedule(tx: Tx, target: ScheduleTarget): void {
  storeSchedule(tx, target.participantId, deriveScheduleRows(tx, target))
  writeMorphineScores(tx, target.participantId, target.protocol.settings)
}

/** Replaces the stored rows that differ from those derived. */
export function storeSchedule(tx: Tx, participantId: ParticipantId, derived: ScheduleRows): void {
  const stored = readScheduleRows(tx, participantId)
  const wanted = new Map(derived.visits.map(row => [row.visit, row]))
  const known = new Map(stored.visits.map(row => [row.visit, row]))
  for (const visit of new Set([...known.keys(), ...wanted.keys()])) {
    const row = wanted.get(visit)
    if (row && isSame(row, known.get(visit))) continue
    const here = sql`${scheduledVisits.participantId} = ${participantId} AND ${scheduledVisits.visit} = ${visit}`
    replaceDerived(tx, 'scheduled_visits', here, row ? [row] : [])
  }
  if (isSame(derived.status, stored.statuses[0])) return
  const status = eq(participantStatuses.participantId, participantId)
  replaceDerived(tx, 'participant_statuses', status, [derived.status])
}

/** Rows of plain values with the same keys. */
function isSame<Row extends object>(row: Row, stored: Row | undefined): boolean {
  if (!stored) return false
  return (Object.keys(row) as (keyof Row)[]).every(key => row[key] === stored[key])
}
