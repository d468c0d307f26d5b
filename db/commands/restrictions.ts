import { eq } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { participantStatuses } from '@/db/schema/visits'
import { replaceDerived } from '@/db/write'
import type { ParticipantId } from '@/lib/domain/shared/ids'

/** Sees to it that these participants, and no others, count as having asked for no further use: in a replayed state alone. */
export function restrictInState(db: Db, restricted: ReadonlySet<ParticipantId>): void {
  db.transaction(tx => {
    const rows = tx.select().from(participantStatuses).all()
    for (const row of rows) {
      const wanted = restricted.has(row.participantId)
      if (row.restricted === wanted) continue
      const own = eq(participantStatuses.participantId, row.participantId)
      replaceDerived(tx, 'participant_statuses', own, [{ ...row, restricted: wanted }])
    }
  })
}
