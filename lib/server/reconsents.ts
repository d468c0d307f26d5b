import { listConsents } from '@/db/queries/consents'
import { deriveConsentStanding } from '@/lib/domain/protocol/consent'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { calendarDateIn } from '@/lib/domain/shared/calendar-date'
import type { SiteId, StudyId } from '@/lib/domain/shared/ids'
import type { DueReconsent } from '@/lib/schemas/worklist'
import type { Ctx } from './context'

/** Who is to be asked for consent again, in order of number. A study whose consents require it nowhere reads nothing. */
export function listReconsents(
  ctx: Ctx,
  protocol: Protocol,
  scope: { readonly studyId: StudyId; readonly sites: 'all' | readonly SiteId[] },
): readonly DueReconsent[] {
  if (!protocol.consents.some(consent => consent.requiresReconsent)) return []
  return listConsents(ctx.db, scope).flatMap(({ number, site, timeZone, consents, approvals }) => {
    const today = calendarDateIn(timeZone, ctx.now)
    const { due } = deriveConsentStanding(protocol, { consents, approvals, isInFollowUp: true }, today)
    return due ? [{ number, site, ...due }] : []
  })
}
