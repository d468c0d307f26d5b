import { and, eq, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { allocations } from '@/db/schema/participants'
import { users } from '@/db/schema/users'
import type { MaskingView } from '@/lib/domain/protocol/masking'
import type { ParticipantId } from '@/lib/domain/shared/ids'

/** The allocation of a participant: that there is one is known to all readers, the arm only to those who may see it. */
export function findAllocation(db: Db | Tx, participantId: ParticipantId, view: MaskingView) {
  const row = db
    .select({
      id: allocations.id,
      arm: allocations.arm,
      allocatedOn: allocations.allocatedOn,
      recordedBy: users.name,
      rowVersion: allocations.rowVersion,
    })
    .from(allocations)
    .leftJoin(users, eq(users.id, allocations.recordedBy))
    .where(and(eq(allocations.participantId, participantId), isNull(allocations.voidedAt)))
    .get()
  return row && { ...row, arm: view.participantArms ? row.arm : null }
}
