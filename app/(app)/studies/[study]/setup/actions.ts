'use server'

import { SetSiteApproval, VoidSiteApproval } from '@/lib/schemas/site-approvals'
import { ChangeLock } from '@/lib/schemas/studies'
import { action } from '@/lib/server/action'
import * as locks from '@/lib/server/locks'
import * as approvals from '@/lib/server/site-approvals'

export const lockStudy = action(ChangeLock, locks.lockStudy, (_, { study }) => `/studies/${study}/setup`)
export const unlockStudy = action(ChangeLock, locks.unlockStudy, (_, { study }) => `/studies/${study}/setup`)
export const setSiteApproval = action(
  SetSiteApproval,
  approvals.setSiteApproval,
  (_, { study }) => `/studies/${study}/setup`,
)
export const voidSiteApproval = action(
  VoidSiteApproval,
  approvals.voidSiteApproval,
  (_, { study }) => `/studies/${study}/setup`,
)
