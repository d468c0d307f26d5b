import { and, asc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { logEntries } from '@/db/schema/logs'
import { participants } from '@/db/schema/participants'
import { participantStatuses } from '@/db/schema/visits'
import { readConsents } from '@/lib/domain/logs/consents'
import { readDepartures } from '@/lib/domain/logs/departures'
import type { CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { groupRows } from '@/lib/domain/shared/group-rows'
import type { StudyId } from '@/lib/domain/shared/ids'

/** Nobody asked that what was recorded of the participant be used no further. */
export function isUsed(): SQL {
  return sql`${participants.id} NOT IN (SELECT ${participantStatuses.participantId} FROM ${participantStatuses} WHERE ${participantStatuses.restricted} = 1)`
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
