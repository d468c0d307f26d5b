import { z } from 'zod'
import { EQ5D_VALUE_SETS } from '@/lib/domain/instruments/eq5d-value-sets'
import { MORPHINE_TABLES } from '@/lib/domain/instruments/morphine-equivalents'
import { INSTRUMENTS } from '@/lib/domain/instruments/registry'
import { knownKeys, locations, whole } from '@/lib/schemas/protocol-parts'

const nprs = knownKeys({
  items: z
    .array(z.enum(['average', 'worst', 'least', 'now']))
    .min(1)
    .refine(items => new Set(items).size === items.length, 'Listed twice. Name each rating once.')
    .optional(),
  recallHours: z.number().positive('Must be more than 0 hours.').max(8784).optional(),
  decimals: z.boolean().optional(),
})

const odi = knownKeys({
  maxMissingSections: whole.min(0).max(9).optional(),
  allowTotalOnly: z.boolean().optional(),
  roundTo: z.literal([0, 1, 2]).optional(),
})

const eq5d = (levelCount: 3 | 5) =>
  knownKeys({
    valueSet: z
      .enum(EQ5D_VALUE_SETS.filter(set => set.levelCount === levelCount).map(set => set.name))
      .optional(),
  })

const analgesics = knownKeys({
  morphineFactors: z.enum(MORPHINE_TABLES.map(table => table.name)).optional(),
  levels: z.record(z.string().trim().min(1).max(100), z.literal([1, 2, 3])).optional(),
})

const own = {
  nprs: nprs.optional(),
  odi: odi.optional(),
  vas: knownKeys({ decimals: z.boolean().optional() }).optional(),
  pgic: knownKeys({ best: z.literal([1, 7]).optional() }).optional(),
  eq5d3l: eq5d(3).optional(),
  eq5d5l: eq5d(5).optional(),
  mri: knownKeys({
    scale: z.enum(['pfirrmann', 'modifiedPfirrmann']).optional(),
    locations: locations.optional(),
  }).optional(),
  analgesics: analgesics.optional(),
}

/** Every other instrument has no settings: what is written there would be read by nobody. */
const none = Object.fromEntries(
  INSTRUMENTS.filter(({ code }) => !(code in own)).map(({ code }) => [code, knownKeys({}).optional()]),
)

/**
 * Settings by instrument. One that no instrument has is left to `checkReferences`, which says which is near.
 * Example: `{ eq5d3l: { valueSet: 'Australia-2023' } }` is refused, since that value set is for 5L.
 */
export const settings = z.object({ ...none, ...own }).catchall(z.record(z.string(), z.unknown()))
