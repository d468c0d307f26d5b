import { and, eq, isNull } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { submissionKeys } from '@/db/schema/sessions'
import { insertOperational } from '@/db/write'
import type { UserId } from '@/lib/domain/shared/ids'

/** The answer, as JSON, that a form got when it was first sent; null when it was not sent before. */
export function findSubmission(tx: Tx, key: string, userId: UserId | null): string | null {
  const mine = userId === null ? isNull(submissionKeys.userId) : eq(submissionKeys.userId, userId)
  const row = tx
    .select({ result: submissionKeys.result })
    .from(submissionKeys)
    .where(and(eq(submissionKeys.key, key), mine))
    .get()
  return row?.result ?? null
}

export function keepSubmission(
  tx: Tx,
  submission: { key: string; userId: UserId | null; result: string; createdAt: string },
): void {
  insertOperational(tx, 'submission_keys', submission)
}
