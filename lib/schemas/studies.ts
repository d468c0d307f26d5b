import { z } from 'zod'
import { joinReason, ReasonParts } from './reason'

/** Locking a study, and opening it again. */
export const ChangeLock = z
  .object({ study: z.string(), ...ReasonParts })
  .transform(({ study, ...parts }) => ({ study, reason: joinReason(parts) ?? '' }))
