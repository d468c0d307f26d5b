import { listUndosed } from '@/db/queries/awaited-doses'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { addDays, calendarDateIn, daysBetween } from '@/lib/domain/shared/calendar-date'
import type { SiteId, StudyId } from '@/lib/domain/shared/ids'
import type { AwaitedDose } from '@/lib/schemas/worklist'
import type { Ctx } from './context'

/** Days after the planned dose from which it is asked about: until then it may be about to be recorded. */
const GRACE_DAYS = 7

/** Whose planned day zero passed by more than a week without a dose, where visits count from the first dose. */
export function listAwaitedDoses(
  ctx: Ctx,
  protocol: Protocol,
  scope: { readonly studyId: StudyId; readonly sites: 'all' | readonly SiteId[] },
): readonly AwaitedDose[] {
  if (protocol.dayZero !== 'firstTreatment') return []
  // A site may be up to two calendar days ahead of the study's own zone; each is looked at by its own below.
  const before = addDays(calendarDateIn(protocol.study.timeZone, ctx.now), 2)
  return listUndosed(ctx.db, { ...scope, before }).flatMap(({ number, site, timeZone, planned }) => {
    const isLate = planned !== null && daysBetween(planned, calendarDateIn(timeZone, ctx.now)) > GRACE_DAYS
    return isLate ? [{ number, site, planned }] : []
  })
}
