import { z } from 'zod'
import { joinReason, ReasonParts } from './reason'
import { confirmedQuestions, recordVersion, requiredDate, requiredText } from './typed-values'

const place = {
  study: requiredText('The study is missing. Open the page again.'),
  site: requiredText('Choose the site.'),
  protocolVersion: requiredText('Choose the protocol version.'),
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
  .transform(({ reason, reasonText, ...rest }) => ({ ...rest, reason: joinReason({ reason, reasonText }) }))
export type SetSiteApprovalInput = z.output<typeof SetSiteApproval>

/** Taking back an approval that was entered in error. */
export const VoidSiteApproval = z
  .object({ ...place, version: recordVersion })
  .transform(({ reason, reasonText, ...rest }) => ({ ...rest, reason: joinReason({ reason, reasonText }) }))
export type VoidSiteApprovalInput = z.output<typeof VoidSiteApproval>
