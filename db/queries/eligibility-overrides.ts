import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { logEntries } from '@/db/schema/logs'
import { allocations, eligibilityOverrides, participants, treatments } from '@/db/schema/participants'
import { users } from '@/db/schema/users'
import { visits } from '@/db/schema/visits'
import type { ParticipantId } from '@/lib/domain/shared/ids'

/** Criteria of which an investigator decided that they do not keep these participants out, by criterion. */
export function listOverrides(db: Db | Tx, ids: readonly ParticipantId[]) {
  return db
    .select({
      id: eligibilityOverrides.id,
      participant: eligibilityOverrides.participantId,
      criterion: eligibilityOverrides.criterion,
      reason: eligibilityOverrides.reason,
      decidedBy: users.name,
      decidedOn: eligibilityOverrides.decidedOn,
      rowVersion: eligibilityOverrides.rowVersion,
    })
    .from(eligibilityOverrides)
    .innerJoin(users, eq(users.id, eligibilityOverrides.decidedBy))
    .where(and(inArray(eligibilityOverrides.participantId, [...ids]), isNull(eligibilityOverrides.voidedAt)))
    .orderBy(asc(eligibilityOverrides.criterion))
    .all()
}

/** A later number under which the same person was enrolled after being screened again; undefined: none. */
export function findEnrolledRescreening(db: Db | Tx, id: ParticipantId): string | undefined {
  return db
    .select({ number: participants.number })
    .from(participants)
    .where(
      and(
        eq(participants.rescreenOf, id),
        eq(participants.outcome, 'enrolled'),
        isNull(participants.voidedAt),
      ),
    )
    .get()?.number
}

/** What was recorded of a participant beyond registration, in words for who asks why; empty: nothing. */
export function listRecordedOf(db: Db | Tx, id: ParticipantId): readonly ('visit' | 'dose' | 'logEntry')[] {
  const has = (table: typeof visits | typeof treatments | typeof logEntries) =>
    db
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.participantId, id), isNull(table.voidedAt)))
      .limit(1)
      .get() !== undefined
  return [
    ...(has(visits) ? (['visit'] as const) : []),
    ...(has(treatments) ? (['dose'] as const) : []),
    ...(has(logEntries) ? (['logEntry'] as const) : []),
  ]
}

/** The allocation of a participant, without its arm. */
export function findAllocationRow(db: Db | Tx, id: ParticipantId) {
  return db
    .select({ id: allocations.id, rowVersion: allocations.rowVersion })
    .from(allocations)
    .where(and(eq(allocations.participantId, id), isNull(allocations.voidedAt)))
    .get()
}
