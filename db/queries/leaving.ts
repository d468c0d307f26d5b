import { and, asc, eq, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { logEntries } from '@/db/schema/logs'
import { participants } from '@/db/schema/participants'
import { participantStatuses } from '@/db/schema/visits'
import { readConsents } from '@/lib/domain/logs/consents'
import { readDepartures } from '@/lib/domain/logs/departures'
import type { CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { groupRows } from '@/lib/domain/shared/group-rows'
import type { ParticipantId, StudyId } from '@/lib/domain/shared/ids'

/** Nobody asked that what was recorded of the participant be used no further. */
export function isUsed(): SQL {
  return sql`${participants.id} NOT IN (SELECT ${participantStatuses.participantId} FROM ${participantStatuses} WHERE ${participantStatuses.restricted} = 1)`
}

/**
 * Of whom no record may be used, with the records that were voided as duplicates of theirs: an earlier state still holds
 * both.
 */
export function listRestricted(db: Db | Tx, studyId: StudyId): ReadonlySet<ParticipantId> {
  const own = eq(participants.studyId, studyId)
  const rows = db
    .select({ id: participants.id })
    .from(participants)
    .innerJoin(participantStatuses, eq(participantStatuses.participantId, participants.id))
    .where(and(own, eq(participantStatuses.restricted, true)))
    .all()
  const restricted = new Set(rows.map(({ id }) => id))
  if (restricted.size === 0) return restricted
  const duplicates = db
    .select({ id: participants.id, of: participants.duplicateOf })
    .from(participants)
    .where(and(own, isNotNull(participants.duplicateOf)))
    .all()
  for (let before = -1; before < restricted.size; ) {
    before = restricted.size
    for (const { id, of } of duplicates) if (of !== null && restricted.has(of)) restricted.add(id)
  }
  return restricted
}

/** Records of a study that are not voided. */
export function listLive(db: Db | Tx, studyId: StudyId, ids: readonly ParticipantId[]): ParticipantId[] {
  return db
    .select({ id: participants.id })
    .from(participants)
    .where(
      and(
        eq(participants.studyId, studyId),
        inArray(participants.id, [...ids]),
        isNull(participants.voidedAt),
      ),
    )
    .all()
    .map(({ id }) => id)
}

/** The end of follow-up as results read it; its reason is the word of the status. */
export function followUpEndOf(row: {
  readonly followUpEnd: CalendarDate | null
  readonly status: string | null
}): CohortParticipant['followUpEnd'] {
  return row.followUpEnd === null ? null : { date: row.followUpEnd, reason: row.status ?? '' }
}

/** How each participant of a study who ever left did so and came back, with the consents that a return may need. */
export function listLeaving(
  db: Db | Tx,
  studyId: StudyId,
): ReadonlyMap<number, NonNullable<CohortParticipant['leaving']>> {
  const rows = db
    .select({
      participant: logEntries.participantId,
      log: logEntries.log,
      answers: logEntries.answers,
      consentDate: participants.consentDate,
    })
    .from(logEntries)
    .innerJoin(participants, eq(participants.id, logEntries.participantId))
    .where(
      and(
        inArray(logEntries.log, ['departures', 'consents']),
        eq(participants.studyId, studyId),
        isNull(logEntries.voidedAt),
      ),
    )
    .orderBy(asc(logEntries.id))
    .all()
  const people = [...groupRows(rows, row => row.participant)].map(([participant, own]) => {
    const of = (log: string) => own.filter(row => row.log === log).map(row => row.answers)
    const first = own[0]?.consentDate ?? null
    const later = readConsents(of('consents')).map(consent => consent.date)
    const consentDates = [...(first ? [first] : []), ...later]
    return [participant, { departures: readDepartures(of('departures')), consentDates }] as const
  })
  return new Map(people)
}
