import { findKeptNumber } from '@/db/queries/participants'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { VoidedNumber } from '@/lib/schemas/voided-number'
import type { Ctx } from './context'
import { openParticipant } from './participants'

/** What is said of a number that was given and voided, to who may read it; any other number was not found. */
export function readVoidedNumber(ctx: Ctx, study: string, number: string): Result<VoidedNumber, AppError> {
  const opened = openParticipant(ctx, study, number, 'readParticipants', { alsoVoided: true })
  const isLive = openParticipant(ctx, study, number, 'readParticipants', { alsoRestricted: true }).ok
  if (!opened.ok || isLive) return err({ code: 'notFound', what: 'The participant' })
  const kept = findKeptNumber(ctx.db, opened.value.participant.id)
  // Who stays may have been voided as well, later: then its own page says so.
  const options = { alsoVoided: true, alsoRestricted: true }
  const isTold = kept !== undefined && openParticipant(ctx, study, kept, 'readParticipants', options).ok
  return ok({ number: opened.value.participant.number, kept: isTold ? kept : null })
}
