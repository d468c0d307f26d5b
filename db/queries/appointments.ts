import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { logEntries } from '@/db/schema/logs'
import { participants } from '@/db/schema/participants'
import { type Booking, deriveBookings } from '@/lib/domain/logs/appointments'
import { groupRows } from '@/lib/domain/shared/group-rows'
import type { ParticipantId } from '@/lib/domain/shared/ids'

/** Live bookings: participant → code of the visit → booking. */
export type Bookings = ReadonlyMap<ParticipantId, ReadonlyMap<string, Booking>>

/** Participants asked for in one statement. */
const PAGE = 500

/** The live bookings of these participants; of a study many thousand bookings are of visits long past. */
export function listBookings(db: Db | Tx, ids: readonly ParticipantId[]): Bookings {
  const bookings = new Map<ParticipantId, ReadonlyMap<string, Booking>>()
  for (let start = 0; start < ids.length; start += PAGE) {
    const rows = listAppointments(db, ids.slice(start, start + PAGE))
    for (const [id, own] of groupRows(rows, row => row.participantId)) {
      bookings.set(id, deriveBookings(own.map(row => row.answers)))
    }
  }
  return bookings
}

function listAppointments(db: Db | Tx, ids: readonly ParticipantId[]) {
  return db
    .select({ participantId: logEntries.participantId, answers: logEntries.answers })
    .from(logEntries)
    .innerJoin(participants, eq(participants.id, logEntries.participantId))
    .where(
      and(
        eq(logEntries.log, 'appointments'),
        inArray(logEntries.participantId, [...ids]),
        isNull(logEntries.voidedAt),
        isNull(participants.voidedAt),
      ),
    )
    .orderBy(asc(logEntries.id))
    .all()
}
