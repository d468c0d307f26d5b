import { and, count, eq, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { logEntries } from '@/db/schema/logs'
import { treatments } from '@/db/schema/participants'
import { visits } from '@/db/schema/visits'
import type { ParticipantId } from '@/lib/domain/shared/ids'

/** How much is recorded of a participant beside the registration; voided records do not count. */
export interface Holdings {
  readonly visits: number
  readonly doses: number
  readonly logEntries: number
}

export function countHoldings(db: Db | Tx, id: ParticipantId): Holdings {
  const of = (table: typeof visits | typeof treatments | typeof logEntries) =>
    db
      .select({ n: count() })
      .from(table)
      .where(and(eq(table.participantId, id), isNull(table.voidedAt)))
      .get()?.n ?? 0
  return { visits: of(visits), doses: of(treatments), logEntries: of(logEntries) }
}
