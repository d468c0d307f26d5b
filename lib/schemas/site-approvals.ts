import { z } from 'zod'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { joinReason, ReasonParts } from './reason'
import { confirmedQuestions, recordVersion, requiredDate, requiredText } from './typed-values'

const place = {
  study: requiredText('The study is missing. Open the page again.'),
  site: requiredText('Choose the site.'),
  protocolVersion: requiredText('Choose the protocol version.'),
  /** After a conflict: the version that was shown with it. */
  overVersion: recordVersion.optional(),
  confirm: confirmedQuestions,
  ...ReasonParts,
}

/** Recording or correcting the day on which a site approved a protocol version. */
export const SetSiteApproval = z
  .object({
    ...place,
    approvedOn: requiredDate('Enter the day of approval.'),
    /** Of the stored approval; blank: none was shown. */
    version: z.union([recordVersion, z.literal('').transform(() => null)]).default(null),
  })
  .transform(({ reason, reasonText, overVersion, ...rest }) => ({
    ...rest,
    version: overVersion ?? rest.version,
    reason: joinReason({ reason, reasonText }),
  }))
export type SetSiteApprovalInput = z.output<typeof SetSiteApproval>

/** Taking back an approval that was entered in error. */
export const VoidSiteApproval = z
  .object({ ...place, version: recordVersion })
  .transform(({ reason, reasonText, overVersion, ...rest }) => ({
    ...rest,
    version: overVersion ?? rest.version,
    reason: joinReason({ reason, reasonText }),
  }))
export type VoidSiteApprovalInput = z.output<typeof VoidSiteApproval>

/** One site and when each protocol version was approved there; null: not recorded, so that the version's own date counts. */
export interface SiteApprovals {
  readonly site: string
  readonly siteName: string
  readonly versions: readonly {
    readonly number: string
    readonly approval: { readonly approvedOn: CalendarDate; readonly version: number } | null
  }[]
}
