import type { Db, Tx } from '@/db/client'
import { findLastChange } from '@/db/queries/last-change'
import { studyChain } from '@/db/table-kinds'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, type Result } from '@/lib/domain/shared/result'
import type { Side } from '@/lib/schemas/mending-view'
import type { OpenParticipant } from '../participants'
import { findStale } from './sides'

/** Why nothing is done to records that are no longer what the page showed. */
export function refuseStale(
  db: Db | Tx,
  { study }: OpenParticipant,
  seen: number,
  now: { readonly version: number; readonly sides: readonly Side[] },
): AppError | undefined {
  if (seen === now.version) return undefined
  const subjects = now.sides.map(side => side.number)
  return findStale(seen, now.version, now.sides, findLastChange(db, studyChain(study.code), subjects))
}

/** A conflict by field names its fields as the form does. */
export function withLabels<T>(
  result: Result<T, AppError>,
  labels: Readonly<Record<string, string>>,
): Result<T, AppError> {
  if (result.ok || result.error.code !== 'conflict') return result
  const fields = result.error.fields.map(one => ({ ...one, label: labels[one.field] ?? one.field }))
  return err({ ...result.error, fields })
}
