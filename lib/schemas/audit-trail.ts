import { z } from 'zod'

/** A name that stands twice in an address counts once, with what stands first. */
const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value)

const wanted = (longest: number) =>
  z
    .preprocess(first, z.string().trim().max(longest).optional())
    .transform(text => text || undefined)
    .catch(undefined)

const Day = z
  .preprocess(first, z.string().regex(/^\d{4}-\d{2}-\d{2}$/))
  .optional()
  .catch(undefined)

/** From 1; what is no such number is the first page. */
const Page = z.preprocess(first, z.coerce.number().int().min(1).max(100_000)).catch(1)

/** The address of a page of the trail; what cannot be a filter is none. */
export const TrailQuery = z.object({
  /** `use`: who looked at results, exported and imported, which stands in the chain of the system. */
  source: z.preprocess(first, z.enum(['records', 'use'])).catch('records'),
  subject: wanted(40),
  visit: wanted(40),
  form: wanted(40),
  actor: wanted(200),
  act: wanted(40),
  from: Day,
  to: Day,
  page: Page,
})
export type TrailQuery = z.output<typeof TrailQuery>

/** The address of a participant's history. */
export const HistoryQuery = z.object({ visit: wanted(40), form: wanted(40), field: wanted(120), page: Page })
