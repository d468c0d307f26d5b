import { and, eq, isNull, lte, type SQL } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { submissionKeys } from '@/db/schema/sessions'
import { deleteOperational, insertOperational, updateOperational } from '@/db/write'
import type { UserId } from '@/lib/domain/shared/ids'

/** What a form was answered when it was sent, and which entries of the audit it wrote: those above `after`, up to `last`. */
export interface Submission {
  readonly answer: unknown
  readonly after: number
  readonly last: number
}

export interface SubmissionName {
  readonly key: string
  readonly userId: UserId | null
}

/** Null when the form was not sent before. */
export function findSubmission(tx: Tx, name: SubmissionName): Submission | null {
  const row = tx.select({ result: submissionKeys.result }).from(submissionKeys).where(sameAs(name)).get()
  return row ? (JSON.parse(row.result) as Submission) : null
}

export function keepSubmission(
  tx: Tx,
  name: SubmissionName,
  submission: Submission,
  createdAt: string,
): void {
  const kept = { result: JSON.stringify(submission), createdAt }
  if (updateOperational(tx, 'submission_keys', sameAs(name), kept) === 0)
    insertOperational(tx, 'submission_keys', { ...name, ...kept })
}

function sameAs({ key, userId }: SubmissionName): SQL {
  const mine = userId === null ? isNull(submissionKeys.userId) : eq(submissionKeys.userId, userId)
  return and(eq(submissionKeys.key, key), mine) as SQL
}

/** Forgets keys of forms that were sent before that instant: no open page sends them again. */
export function forgetSubmissions(tx: Tx, before: string): void {
  deleteOperational(tx, 'submission_keys', lte(submissionKeys.createdAt, before))
}
