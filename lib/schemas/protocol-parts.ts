import { z } from 'zod'
import type { ResponderCondition } from '@/lib/domain/protocol/protocol'
import { type CalendarDate, isTimeZone, parseCalendarDate } from '@/lib/domain/shared/calendar-date'
import { suggestKeys } from '@/lib/schemas/protocol-issues'

/** An object that refuses keys it does not know, and says which known one is near. */
export function knownKeys<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape)
  return z.strictObject(shape, { error: issue => suggestKeys(issue, known) })
}

export const text = z.string().trim().min(1).max(500)
export const longText = z.string().trim().min(1).max(4000)

/** A code that stands in file names, addresses and columns: letters, digits, `_`, `-`, `.`. */
export const code = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/,
    'Use 1 to 32 letters, digits, "_", "-" or ".", a letter or digit first.',
  )

/** A code that becomes part of a variable name in R, SAS, SPSS and Stata. */
export const variableCode = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,31}$/, 'Use 1 to 32 letters, digits or "_", a letter first.')

/** A code that follows a parameter's in a variable name: digits may come first. */
export const suffixCode = z.string().regex(/^[A-Za-z0-9_]{1,32}$/, 'Use 1 to 32 letters, digits or "_".')

/** Places of the body that a form is repeated by: disc levels, joints. */
export const locations = z
  .array(z.string().trim().min(1).max(40))
  .min(1)
  .max(60)
  .refine(
    names => new Set(names.map(name => name.toLowerCase())).size === names.length,
    'Listed twice. Name each place once.',
  )

export const whole = z.int({
  error: issue => (issue.code === 'invalid_type' ? 'Must be a whole number.' : undefined),
})

export const calendarDate = z.string().transform((value, context): CalendarDate => {
  const date = parseCalendarDate(value)
  if (date) return date
  context.addIssue({
    code: 'custom',
    message: 'Not a day of the calendar. Write it as 2026-04-16.',
    input: value,
  })
  return z.NEVER
})

export const timeZone = z
  .string()
  .refine(isTimeZone, 'Unknown time zone. Use an IANA name such as Australia/Melbourne.')

const OFFSET_LIMIT = { days: 18_263, weeks: 2609, months: 600 }

export const offset = knownKeys({ value: whole, unit: z.enum(['days', 'weeks', 'months']) }).superRefine(
  ({ value, unit }, context) => {
    if (Math.abs(value) <= OFFSET_LIMIT[unit]) return
    const message = `Further than 50 years away. Use at most ${OFFSET_LIMIT[unit]} ${unit}.`
    context.addIssue({ code: 'custom', path: ['value'], message, input: value })
  },
)

const improvement = knownKeys({
  atLeast: z.number().optional(),
  above: z.number().optional(),
  unit: z.enum(['points', 'percent']),
}).refine(
  value => (value.atLeast === undefined) !== (value.above === undefined),
  'Give either atLeast or above.',
)

interface WrittenCondition {
  readonly parameter?: string | undefined
  readonly improvement?: z.infer<typeof improvement> | undefined
  readonly all?: readonly ResponderCondition[] | undefined
  readonly any?: readonly ResponderCondition[] | undefined
  readonly visits?: readonly string[] | undefined
}

/** One of three ways to write a condition, as the one shape that is evaluated; anything between is refused. */
function readCondition(written: WrittenCondition, context: z.RefinementCtx): ResponderCondition {
  const { parameter, improvement: limit, all, any } = written
  const visits = written.visits === undefined ? {} : { visits: written.visits }
  const ways = [parameter !== undefined || limit !== undefined, all !== undefined, any !== undefined]
  if (ways.filter(Boolean).length === 1) {
    if (all) return { all, ...visits }
    if (any) return { any, ...visits }
    if (parameter !== undefined && limit !== undefined) return { parameter, improvement: limit, ...visits }
  }
  const message = 'Give either parameter with improvement, or all, or any.'
  context.addIssue({ code: 'custom', message, input: written })
  return z.NEVER
}

const condition: z.ZodType<ResponderCondition> = z.lazy(() =>
  knownKeys({
    ...shapeOfCondition(),
    noIntervention: z.never('Belongs to the rule as a whole. Move it out of all or any.').optional(),
  }).transform(readCondition),
)

/** The keys that a responder rule and each condition inside it have in common. */
function shapeOfCondition() {
  const parts = z.array(condition).min(1).optional()
  return {
    parameter: z.string().optional(),
    improvement: improvement.optional(),
    all: parts,
    any: parts,
    visits: z.array(z.string()).min(1).optional(),
  }
}

export const responder = z.lazy(() =>
  knownKeys({
    code: variableCode,
    label: text,
    ...shapeOfCondition(),
    noIntervention: z.boolean().optional(),
    isResponder: z.boolean().optional(),
  }).transform(({ code: ruleCode, label, noIntervention, isResponder, ...written }, context) => ({
    code: ruleCode,
    label,
    condition: readCondition(written, context),
    noIntervention: noIntervention ?? false,
    isResponder: isResponder ?? true,
  })),
)

/** Which interventions count as a rescue, and after which event. */
export const rescue = knownKeys({
  interventions: z
    .array(z.enum(['surgery', 'injection', 'ablation', 'physiotherapy', 'other']))
    .refine(kinds => new Set(kinds).size === kinds.length, 'Listed twice. Name each kind once.'),
  after: z.enum(['firstTreatment', 'dayZero']).optional(),
})
