import { listProtocolVersions, listSites } from '@/db/queries/studies'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { ok, type Result } from '@/lib/domain/shared/result'
import type { Ctx } from './context'
import { countSightsOfLock } from './locks'
import { authorise } from './policy'
import { openStudy } from './studies'

export interface StudySetup {
  readonly code: string
  readonly synthetic: boolean
  readonly lock: { readonly since: string; readonly reason: string } | null
  /** How often results by arm were seen that the lock opened; null where the study has one arm, or is not locked. */
  readonly sightsByLock: number | null
  readonly mayLock: boolean
  readonly protocol: Protocol
  readonly versions: readonly {
    number: string
    effectiveFrom: CalendarDate
    publishedAt: string
    contentHash: string
  }[]
  readonly sites: readonly { code: string; name: string; timeZone: string }[]
}

/** What a study is, as published, for everybody who has a part in it. */
export function readSetup(ctx: Ctx, input: { study: string }): Result<StudySetup, AppError> {
  const opened = openStudy(ctx, input.study, 'readStudy')
  if (!opened.ok) return opened
  const { study, protocol } = opened.value
  return ok({
    code: study.code,
    synthetic: study.synthetic,
    lock: study.lockedAt === null ? null : { since: study.lockedAt, reason: study.lockReason ?? '' },
    sightsByLock:
      study.lockedAt === null || protocol.arms.length <= 1 ? null : countSightsOfLock(ctx.db, study),
    mayLock: authorise(ctx, study.lockedAt === null ? 'lockStudy' : 'unlockStudy', { studyId: study.id }).ok,
    protocol,
    versions: listProtocolVersions(ctx.db, study.id).map(
      ({ number, effectiveFrom, publishedAt, contentHash }) => ({
        number,
        effectiveFrom: effectiveFrom as CalendarDate,
        publishedAt,
        contentHash,
      }),
    ),
    sites: listSites(ctx.db, study.id).map(({ code, name, timeZone }) => ({ code, name, timeZone })),
  })
}
