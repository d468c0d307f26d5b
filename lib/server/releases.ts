import { randomBytes } from 'node:crypto'
import { addRelease, voidRelease } from '@/db/commands/releases'
import { findRelease, listReleases, listReleasesInForce } from '@/db/queries/releases'
import { listSightsByArm } from '@/db/queries/unblinding'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type {
  ListedRelease,
  LooksByArm,
  ReleaseResultsInput,
  ViewerByArm,
  WithdrawReleaseInput,
} from '@/lib/schemas/releases'
import type { Ctx } from './context'
import { countSights, findLockedSights, listViewers } from './looks'
import { authorise } from './policy'
import { openStudy } from './studies'
import { inStudyTransaction } from './transaction'

/** Opens results by arm before lock, to an audience and as far as said; from then on, until it is withdrawn. */
export function releaseResults(
  ctx: Ctx,
  { level, audience, confirmed, ...input }: ReleaseResultsInput,
): Result<null, AppError> {
  const opened = openStudy(ctx, input.study, 'releaseResults')
  if (!opened.ok) return opened
  const { study, protocol, write } = opened.value
  if (protocol.arms.length <= 1) return err({ code: 'notPossible', text: ONE_ARM })
  const reason = input.reason.trim()
  if (reason === '') return err(refuseField('reason', 'Choose or write why results are released.'))
  if (!confirmed)
    return err(refuseField('confirmed', 'Confirm the release: what was seen cannot be made unseen.'))
  const key = randomBytes(32).toString('base64url')
  return inStudyTransaction(ctx, opened.value, tx => {
    const isInForce = listReleasesInForce(tx, study.id).some(
      one => one.level === level && one.audience === audience,
    )
    if (isInForce) return err({ code: 'notPossible', text: IN_FORCE })
    addRelease(tx, write, { studyId: study.id, level, audience, reason }, key)
    return ok(null)
  })
}

/** Closes a release. What was seen stays seen: that is confirmed, and the reason in the audit says how often it was. */
export function withdrawRelease(
  ctx: Ctx,
  { study: code, release: id, version, confirmed, ...input }: WithdrawReleaseInput,
): Result<null, AppError> {
  const opened = openStudy(ctx, code, 'releaseResults')
  if (!opened.ok) return opened
  const { study, write } = opened.value
  if (!findRelease(ctx.db, study.id, id)) return err({ code: 'notFound', what: 'The release' })
  const reason = input.reason.trim()
  if (reason === '') return err(refuseField('reason', 'Choose or write why the release is withdrawn.'))
  if (!confirmed)
    return err(
      refuseField('confirmed', 'Confirm that the release is withdrawn, though what was seen stays seen.'),
    )
  return inStudyTransaction(ctx, opened.value, tx => {
    const release = findRelease(tx, study.id, id)
    if (!release) return err({ code: 'notFound', what: 'The release' })
    if (release.voidedAt !== null)
      return err({ code: 'notPossible', text: 'The release was withdrawn already.' })
    const sights = listSightsByArm(tx, study.code).filter(sight => sight.release === id).length
    const told = `${reason} (results by arm, opened by it, were seen ${describeTimes(sights)})`
    voidRelease(tx, write, { id: release.id, rowVersion: version }, told)
    return ok(null)
  })
}

const ONE_ARM = 'The study has one arm: its results are open, and there is nothing to release.'
const IN_FORCE = 'A release of the same kind to the same people is in force already.'

function refuseField(field: string, text: string): AppError {
  return { code: 'invalidInput', fields: [{ field, value: '', text }] }
}

function describeTimes(count: number): string {
  if (count === 0) return 'by nobody'
  return count === 1 ? '1 time' : `${count} times`
}

/** Releases of a study, and who saw results by arm. */
export interface Releases {
  readonly study: string
  readonly synthetic: boolean
  readonly isLocked: boolean
  /** One: nothing is masked, and nothing can be released. */
  readonly arms: number
  readonly releases: readonly ListedRelease[]
  readonly looks: LooksByArm
  /** Most recent first; null where this person may not know who looked. */
  readonly viewers: readonly ViewerByArm[] | null
  readonly mayRelease: boolean
}

/** The releases, for everybody with a part in the study; who looked, for who may read the study's use. */
export function readReleases(ctx: Ctx, input: { readonly study: string }): Result<Releases, AppError> {
  const opened = openStudy(ctx, input.study, 'readStudy')
  if (!opened.ok) return opened
  const { study, protocol } = opened.value
  const hasArms = protocol.arms.length > 1
  const sights = hasArms ? listSightsByArm(ctx.db, study.code) : []
  const isInLock = findLockedSights(ctx.db, study)
  const scope = { studyId: study.id }
  return ok({
    study: study.code,
    synthetic: study.synthetic,
    isLocked: study.lockedAt !== null,
    arms: protocol.arms.length,
    releases: listReleases(ctx.db, study.id).map(row => ({
      id: row.id,
      level: row.level,
      audience: row.audience,
      reason: row.reason,
      releasedBy: row.releasedBy ?? 'Operator',
      releasedAt: row.releasedAt,
      withdrawn:
        row.withdrawnAt === null
          ? null
          : { at: row.withdrawnAt, by: row.withdrawnBy ?? '', reason: row.withdrawReason ?? '' },
      sights: sights.filter(({ release }) => release === row.id).length,
      version: row.rowVersion,
    })),
    looks: countSights(sights.filter(sight => !isInLock(sight))),
    viewers: authorise(ctx, 'readUse', scope).ok ? listViewers(sights, isInLock) : null,
    mayRelease: hasArms && study.lockedAt === null && authorise(ctx, 'releaseResults', scope).ok,
  })
}
