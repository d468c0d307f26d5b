import {
  type EntryParticipant,
  findEntryParticipant,
  listDoses,
  listScheduledVisits,
  type ScheduledVisitRow,
} from '@/db/queries/visits'
import type { VisitPlan } from '@/lib/domain/protocol/protocol'
import { type CalendarDate, calendarDateIn } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { Ctx } from './context'
import type { Permission } from './policy'
import { type OpenStudy, openStudy } from './studies'

export interface VisitAddress {
  readonly study: string
  readonly number: string
  /** Code of the protocol's visit. */
  readonly visit: string
}

/** One visit of one participant, found and allowed, with what surrounds it. */
export interface VisitEntry extends OpenStudy {
  readonly participant: EntryParticipant
  readonly plan: VisitPlan
  readonly schedule: readonly ScheduledVisitRow[]
  readonly scheduled: ScheduledVisitRow
  readonly doses: ReturnType<typeof listDoses>
  /** The calendar date at the site now. */
  readonly today: CalendarDate
}

/**
 * Finds the visit, or not-found, and authorises. A participant of a site that the person has no part in answers as an
 * absent one; so does a visit that the protocol does not have for this participant.
 */
export function openVisitEntry(
  ctx: Ctx,
  address: VisitAddress,
  permission: Permission,
): Result<VisitEntry, AppError> {
  const opened = openStudy(ctx, address.study, permission)
  if (!opened.ok) return opened
  const { study, protocol } = opened.value
  const participant = findEntryParticipant(ctx.db, study.id, address.number)
  if (!participant) return err({ code: 'notFound', what: 'The participant' })
  // Role, sites and view of one grant: the one at the participant's site.
  const here = openStudy(ctx, address.study, permission, participant.siteId)
  if (!here.ok)
    return here.error.code === 'notFound' ? err({ code: 'notFound', what: 'The participant' }) : here
  const plan = protocol.visits.find(visit => visit.code === address.visit)
  const schedule = listScheduledVisits(ctx.db, participant.id)
  const scheduled = schedule.find(row => row.visit === address.visit)
  if (!plan || !scheduled) return err({ code: 'notFound', what: 'The visit' })
  return ok({
    ...here.value,
    participant,
    plan,
    schedule,
    scheduled,
    doses: listDoses(ctx.db, participant.id),
    today: calendarDateIn(participant.timeZone, ctx.now),
  })
}
