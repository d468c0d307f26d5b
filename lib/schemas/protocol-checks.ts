import { z } from 'zod'
import type { CheckPlan } from '@/lib/domain/checks/check-plan'
import { knownKeys, text } from '@/lib/schemas/protocol-parts'

const condition = knownKeys({
  item: z.string(),
  form: z.string().optional(),
  equals: z.union([z.string(), z.number(), z.boolean()]).optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
}).refine(
  ({ equals, atLeast, atMost }) =>
    [equals, atLeast, atMost].filter(limit => limit !== undefined).length === 1,
  'Give exactly one of equals, atLeast and atMost.',
)

/** One of the study's own checks: a change since the last visit, or two answers that do not go together. */
export const check = knownKeys({
  parameter: z.string().optional(),
  item: z.string().optional(),
  form: z.string().optional(),
  changeFromLast: knownKeys({ atLeast: z.number().positive('Must be more than 0.') }).optional(),
  when: condition.optional(),
  and: condition.optional(),
  text: text.optional(),
}).transform((written, context): CheckPlan => {
  const { parameter, item, form, changeFromLast, when, and, text: asked } = written
  if (changeFromLast && !when && !and && (parameter === undefined) !== (item === undefined)) {
    return { parameter, item, form, changeFromLast, text: asked }
  }
  const isCross = when && and && parameter === undefined && item === undefined && form === undefined
  if (isCross && !changeFromLast && asked !== undefined) return { when, and, text: asked }
  const message = 'Give either parameter or item with changeFromLast, or when, and and text.'
  context.addIssue({ code: 'custom', message, input: written })
  return z.NEVER
})
