import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { treatments } from '@/db/schema/participants'
import type { ParticipantId, TreatmentId } from '@/lib/domain/shared/ids'

const COLUMNS = {
  id: treatments.id,
  participantId: treatments.participantId,
  plan: treatments.plan,
  givenOn: treatments.givenOn,
  location: treatments.location,
  conditionMet: treatments.conditionMet,
  details: treatments.details,
  confirmations: treatments.confirmations,
  rowVersion: treatments.rowVersion,
}

/** Doses given, earliest first for each participant. */
export function listTreatments(db: Db | Tx, participantIds: readonly ParticipantId[]) {
  return db
    .select(COLUMNS)
    .from(treatments)
    .where(and(inArray(treatments.participantId, [...participantIds]), isNull(treatments.voidedAt)))
    .orderBy(asc(treatments.participantId), asc(treatments.givenOn))
    .all()
}

/** One dose of one participant, as long as it was not voided. */
export function findTreatment(db: Db | Tx, participantId: ParticipantId, id: TreatmentId) {
  return db
    .select(COLUMNS)
    .from(treatments)
    .where(
      and(eq(treatments.id, id), eq(treatments.participantId, participantId), isNull(treatments.voidedAt)),
    )
    .get()
}
