import { z } from 'zod'
import { checkProtocol } from '@/lib/domain/protocol/check-protocol'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { ProtocolError } from '@/lib/domain/protocol/protocol-error'
import { MISSING_REASONS } from '@/lib/domain/shared/missing'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { check } from '@/lib/schemas/protocol-checks'
import { formatIssue } from '@/lib/schemas/protocol-issues'
import {
  calendarDate,
  code,
  knownKeys,
  locations,
  longText,
  offset,
  rescue,
  responder,
  suffixCode,
  text,
  timeZone,
  variableCode,
  whole,
} from '@/lib/schemas/protocol-parts'
import { settings } from '@/lib/schemas/protocol-settings'

const study = knownKeys({
  code,
  title: text,
  registry: text.optional(),
  reference: text.optional(),
  timeZone,
  plannedParticipants: whole.min(1).max(1_000_000).optional(),
})

const treatment = knownKeys({
  code: variableCode,
  name: text,
  dose: knownKeys({ value: z.number().min(0), unit: text }).optional(),
  route: text.optional(),
  optional: z.boolean().optional(),
  notBefore: offset
    .refine(value => value.value >= 0, 'Counts from the first treatment. Use 0 or more.')
    .optional(),
  condition: text.optional(),
  cellProduct: z.boolean().optional(),
  arms: z.array(z.string()).min(1, 'Name an arm, or leave it out: then it is for all.').optional(),
})

const windowDays = whole.min(0).max(3650)

const visit = knownKeys({
  code: suffixCode,
  name: text,
  target: offset,
  window: knownKeys({ beforeDays: windowDays, afterDays: windowDays }),
  instruments: z.array(z.string()).default([]),
  forms: z.array(z.string()).default([]),
  sinceVersion: z.string().optional(),
})

const criterion = knownKeys({ code: variableCode, text: longText })

const field = knownKeys({
  code: variableCode,
  label: text,
  type: z.enum(['integer', 'decimal', 'text', 'choice', 'multi', 'date', 'partialDate', 'boolean']),
  unit: text.optional(),
  range: z.tuple([z.number(), z.number()]).optional(),
  choices: z.array(knownKeys({ code, label: text })).optional(),
  missingCodes: z.array(z.enum(MISSING_REASONS)).optional(),
  required: z.boolean().optional(),
  showIf: knownKeys({
    field: z.string(),
    equals: z.union([z.string(), z.number(), z.boolean()], 'Must be a text, a number, true or false.'),
  }).optional(),
})

const protocol = knownKeys({
  format: z.literal(
    1,
    'This version of Longitude reads format 1. Write "format": 1, or use a newer version.',
  ),
  study,
  versions: z
    .array(
      knownKeys({
        number: code,
        effectiveFrom: calendarDate,
        summary: longText,
        onConsent: z.string().optional(),
      }),
    )
    .min(1)
    .max(200),
  masking: z.enum(['open', 'participant', 'siteStaff', 'full']),
  arms: z
    .array(knownKeys({ code, name: text, ratio: z.number().positive('Must be more than 0.') }))
    .min(1)
    .max(50),
  treatments: z.array(treatment).max(50).default([]),
  dayZero: z.enum(['enrolment', 'randomisation', 'firstTreatment']),
  visits: z.array(visit).min(1).max(200),
  settings: settings.default({}),
  baseline: knownKeys({ visits: z.array(z.string()).min(1), rule: z.enum(['single', 'mean']) }),
  responders: z.array(responder).max(200).default([]),
  rescue: rescue.optional(),
  missingData: knownKeys({
    means: z.literal('observed'),
    responders: z.enum(['nonResponderImputation', 'observedCases']),
  }).default({ means: 'observed', responders: 'nonResponderImputation' }),
  eligibility: knownKeys({
    inclusion: z.array(criterion).default([]),
    exclusion: z.array(criterion).default([]),
  }).default({ inclusion: [], exclusion: [] }),
  consents: z
    .array(knownKeys({ version: text, approvedOn: calendarDate, requiresReconsent: z.boolean().optional() }))
    .default([]),
  forms: z
    .array(
      knownKeys({
        code: variableCode,
        label: text,
        repeating: z.boolean().default(false),
        locations: locations.optional(),
        fields: z.array(field).min(1).max(500),
      }),
    )
    .max(200)
    .default([]),
  checks: z.array(check).max(200).optional(),
  doubleEntry: knownKeys({ forms: z.array(z.string()).min(1).max(200) }).optional(),
  illustrative: z.array(z.string()).default([]),
})

/**
 * Reads the content of a protocol file. Unknown keys are refused, since one may be a slip of a known one; keys that
 * begin with `x-` are left out. A file of a later format says so in `format`.
 * Errors: those of shape first, all at once; of meaning (`checkProtocol`) only where the shape is right.
 * Source: protocols/README.md. Example: `parseProtocol(JSON.parse(file))`.
 */
export function parseProtocol(json: unknown): Result<Protocol, readonly ProtocolError[]> {
  const parsed = protocol.safeParse(withoutOwnKeys(json))
  if (!parsed.success) return err(parsed.error.issues.flatMap(issue => formatIssue(issue, json)))
  const errors = checkProtocol(parsed.data)
  return errors.length > 0 ? err(errors) : ok(parsed.data)
}

function withoutOwnKeys(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(withoutOwnKeys)
  if (typeof json !== 'object' || json === null) return json
  const kept = Object.entries(json).filter(([key]) => !key.startsWith('x-'))
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutOwnKeys(value)]))
}
