'use server'

import { ReleaseResults, WithdrawRelease } from '@/lib/schemas/releases'
import { action } from '@/lib/server/action'
import * as releases from '@/lib/server/releases'

export const releaseResults = action(
  ReleaseResults,
  releases.releaseResults,
  (_, { study }) => `/studies/${study}/releases`,
)
export const withdrawRelease = action(
  WithdrawRelease,
  releases.withdrawRelease,
  (_, { study }) => `/studies/${study}/releases`,
)
