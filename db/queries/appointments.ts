import { and, asc, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { logEntries } from '@/db/schema/logs'
import { participants } from '@/db/schema/participants'
import { type Booking, deriveBookings } from '@/lib/domain/logs/appointments'
import { groupRows } from '@/lib/domain/shared/group-rows'
import type { ParticipantId, StudyId } from '@/lib/domain/shared/ids'

/** Live bookings: participant → code of the visit → booking. */
export type Bookings = ReadonlyMap<ParticipantId, ReadonlyMap<string, Booking>>

/** The live bookings of these participants. */
export function listBookings(db: Db | Tx, ids: readonly ParticipantId[]): Bookings {
  return readBookings(db, inArray(logEntries.participantId, [...ids]))
}

/** The live bookings of everyone in a study. */
export function listStudyBookings(db: Db | Tx, studyId: StudyId): Bookings {
  return readBookings(db, eq(participants.studyId, studyId))
}

function readBookings(db: Db | Tx, where: SQL): Bookings {
  const rows = db
    .select({ participantId: logEntries.participantId, answers: logEntries.answers })
    .from(logEntries)
    .innerJoin(participants, eq(participants.id, logEntries.participantId))
    .where(
      and(
        eq(logEntries.log, 'appointments'),
        where,
        isNull(logEntries.voidedAt),
        isNull(participants.voidedAt),
      ),
    )
    .orderBy(asc(logEntries.id))
    .all()
  const byPerson = groupRows(rows, row => row.participantId)
  return new Map([...byPerson].map(([id, own]) => [id, deriveBookings(own.map(row => row.answers))]))
}
