import { z } from 'zod'
import { DEVIATION_CLASSES, DEVIATION_KINDS } from '@/lib/domain/logs/deviations'

const codes = (list: readonly { readonly code: string }[]) => list.map(({ code }) => code)

/** What the list of a study's deviations is limited to, from its address; what is not known is left out. */
export const DeviationQuery = z.object({
  kind: z.enum(codes(DEVIATION_KINDS)).optional().catch(undefined),
  class: z.enum(codes(DEVIATION_CLASSES)).optional().catch(undefined),
  reported: z.enum(['yes', 'no']).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
})
export type DeviationQuery = z.output<typeof DeviationQuery>
