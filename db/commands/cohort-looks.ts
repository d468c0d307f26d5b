import { and, eq } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import type { CohortLookRow } from '@/db/queries/cohort-looks'
import { cohortLooks } from '@/db/schema/cohort-looks'
import { insertOperational, updateOperational } from '@/db/write'

/** Keeps one look of a person at a study's results in the place of the one before. */
export function keepCohortLook(tx: Tx, look: CohortLookRow): void {
  const here = and(eq(cohortLooks.userId, look.userId), eq(cohortLooks.studyId, look.studyId))
  if (!here || updateOperational(tx, 'cohort_looks', here, look) > 0) return
  insertOperational(tx, 'cohort_looks', look)
}
