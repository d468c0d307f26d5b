import { z } from 'zod'
import type { ReleaseAudience, ReleaseLevel } from '@/lib/domain/protocol/masking'
import { joinReason, ReasonParts } from './reason'
import { recordVersion, requiredText } from './typed-values'

const study = requiredText('The study is missing. Open the page again.')
const confirmed = z.literal('yes').optional()

/** Opening results by arm before the study's lock. */
export const ReleaseResults = z
  .object({
    study,
    level: z.enum(['armsMasked', 'byArm'], 'Choose whether arms are masked or named.'),
    audience: z.enum(['statistician', 'all'], 'Choose to whom results are opened.'),
    confirmed,
    ...ReasonParts,
  })
  .transform(({ reason, reasonText, confirmed: answer, ...rest }) => ({
    ...rest,
    confirmed: answer === 'yes',
    reason: joinReason({ reason, reasonText }) ?? '',
  }))
export type ReleaseResultsInput = z.output<typeof ReleaseResults>

/** Closing them again. */
export const WithdrawRelease = z
  .object({ study, release: z.coerce.number().int(), version: recordVersion, confirmed, ...ReasonParts })
  .transform(({ reason, reasonText, confirmed: answer, ...rest }) => ({
    ...rest,
    confirmed: answer === 'yes',
    reason: joinReason({ reason, reasonText }) ?? '',
  }))
export type WithdrawReleaseInput = z.output<typeof WithdrawRelease>

/** How often results by arm were seen while the study was not locked; instants of the first and last, null: never. */
export interface LooksByArm {
  readonly times: number
  readonly people: number
  /** Of these, with arms masked. */
  readonly maskedTimes: number
  readonly first: string | null
  readonly last: string | null
}

/** A release as its page lists it. */
export interface ListedRelease {
  readonly id: number
  readonly level: ReleaseLevel
  readonly audience: ReleaseAudience
  readonly reason: string
  readonly releasedBy: string
  readonly releasedAt: string
  readonly withdrawn: { readonly at: string; readonly by: string; readonly reason: string } | null
  /** How often results were seen that it opened. */
  readonly sights: number
  readonly version: number
}

/** How often one person saw results by arm. */
export interface ViewerByArm {
  readonly name: string
  readonly role: string
  readonly times: number
  readonly first: string
  readonly last: string
  /** Of these, with arms masked. */
  readonly maskedTimes: number
  /** Of these, while the study was locked. */
  readonly lockedTimes: number
}
