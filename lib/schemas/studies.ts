import { z } from 'zod'
import { joinReason, ReasonParts } from './reason'

/** Locking a study, and opening it again; the latter is confirmed where the study has several arms. */
export const ChangeLock = z
  .object({ study: z.string(), confirmed: z.literal('yes').optional(), ...ReasonParts })
  .transform(({ study, confirmed, ...parts }) => ({
    study,
    reason: joinReason(parts) ?? '',
    confirmed: confirmed === 'yes',
  }))
