import { z } from 'zod'

/** The two fields of the reason control as one text; null when neither was filled in. */
export const ReasonParts = {
  reason: z.string().trim().max(200, 'Use at most 200 characters.').optional(),
  reasonText: z.string().trim().max(500, 'Use at most 500 characters.').optional(),
} as const

/** Example: `joinReason({ reason: 'Typing error', reasonText: '6 not 9' })` → `Typing error: 6 not 9`. */
export function joinReason(parts: {
  reason?: string | undefined
  reasonText?: string | undefined
}): string | null {
  return [parts.reason, parts.reasonText].filter(Boolean).join(': ') || null
}
