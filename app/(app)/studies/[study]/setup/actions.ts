'use server'

import { ChangeLock } from '@/lib/schemas/studies'
import { action } from '@/lib/server/action'
import * as locks from '@/lib/server/locks'

export const lockStudy = action(ChangeLock, locks.lockStudy, (_, { study }) => `/studies/${study}/setup`)
export const unlockStudy = action(ChangeLock, locks.unlockStudy, (_, { study }) => `/studies/${study}/setup`)
