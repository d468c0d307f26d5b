import { z } from 'zod'
import { type ImportMapping, PARTICIPANT_FIELDS } from '@/lib/domain/imports/mapping'
import { MISSING_REASONS } from '@/lib/domain/shared/missing'

const Text = z.string().max(500)
const Name = z.string().min(1, 'Name a column.').max(200)
const Reason = z.enum(MISSING_REASONS, `Use null or one of ${MISSING_REASONS.join(', ')}.`)

/** `["NaN", "-99"]`: blank; `{ "-99": "declined", "NaN": null }`: with the reason that is recorded. */
const Markers = z.union([
  z.array(Text).transform(markers => Object.fromEntries(markers.map(marker => [marker, null]))),
  z.record(Text, Reason.nullable()),
])

const Column = z.strictObject({
  column: Name,
  recode: z.record(Text, Text).optional(),
  missing: Markers.optional(),
  multiply: z.number().optional(),
  round: z.enum(['down', 'nearest'], 'Use down or nearest.').optional(),
})
const Source = z.union([Column, z.strictObject({ value: Text })], 'Write { "column": … } or { "value": … }.')

const Skip = z
  .strictObject({
    reason: z.string().trim().min(1, 'Say why these rows are left out.').max(200),
    column: Name,
    equals: z.array(Text).min(1).optional(),
    isMissing: z.literal(true).optional(),
  })
  .refine(rule => (rule.equals === undefined) !== (rule.isMissing === undefined), {
    message: 'Give exactly one of equals and isMissing.',
  })

/** A mapping file: how the columns of any CSV become participants, visits and values. */
export const ImportMappingFile = z
  .strictObject({
    format: z.literal(1, 'The format of mappings is 1.'),
    /** What the file is, for people. */
    about: z.string().max(2000).optional(),
    subject: Source,
    site: Source,
    arm: Source.optional(),
    visit: Source,
    visitDate: Source.optional(),
    beforeTreatment: Source.optional(),
    values: z.record(Name, Source),
    participant: z.partialRecord(z.enum(PARTICIPANT_FIELDS), Source).optional(),
    treatments: z.record(Name, Source).optional(),
    missing: Markers.optional(),
    skip: z.array(Skip).max(100).optional(),
    ignoreOtherColumns: z.boolean().optional(),
  })
  .transform(({ format: _, about: __, ...mapping }): ImportMapping => mapping)
