import { type SQL, sql } from 'drizzle-orm'
import { participants } from '@/db/schema/participants'
import { participantStatuses } from '@/db/schema/visits'
import type { CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

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
