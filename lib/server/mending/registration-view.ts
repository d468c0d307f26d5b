import { findAllocation } from '@/db/queries/allocations'
import type { AppError } from '@/lib/domain/shared/errors'
import { ok, type Result } from '@/lib/domain/shared/result'
import type { Ctx } from '../context'
import { type OpenParticipant, openParticipant } from '../participants'
import { openForMending } from './places'

export interface RegistrationMending extends OpenParticipant {
  /** The recorded arm, where the person may know and correct it. */
  readonly allocation: NonNullable<ReturnType<typeof findAllocation>> | null
}

/** What was registered, to be corrected. */
export function readRegistrationMending(
  ctx: Ctx,
  study: string,
  number: string,
): Result<RegistrationMending, AppError> {
  const opened = openForMending(ctx, study, number)
  if (!opened.ok) return opened
  const { protocol, view, participant } = opened.value
  const mayCorrect =
    protocol.arms.length > 1 &&
    view.participantArms &&
    openParticipant(ctx, study, number, 'recordAllocation').ok
  const allocation = mayCorrect ? (findAllocation(ctx.db, participant.id, view) ?? null) : null
  return ok({ ...opened.value, allocation })
}
