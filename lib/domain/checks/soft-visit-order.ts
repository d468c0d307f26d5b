import { formatDay } from '@/lib/domain/checks/day-text'
import {
  ASSESSMENT_DATE_FIELD,
  ask,
  type NeighbourVisit,
  type SoftCheckInput,
  type SoftRule,
} from '@/lib/domain/checks/soft-rule'
import type { VisitPlan } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/**
 * Asks when visits are dated against the order of the protocol; two visits on one day are in order. Code `visitOrder`.
 * Example: “Check: 5 Jan 2026 is before 3 months (10 Jan 2026), which comes earlier in the protocol.”
 */
export const checkVisitOrder: SoftRule = ({ date, neighbours: { before, after } }) => {
  if (date === null) return []
  const wrong = [
    ...(before && date < before.date ? [{ visit: before, is: 'before', comes: 'earlier' }] : []),
    ...(after && date > after.date ? [{ visit: after, is: 'after', comes: 'later' }] : []),
  ]
  return wrong.map(({ visit, is, comes }) => {
    const other = `${visit.name.toLowerCase()} (${formatDay(visit.date)})`
    const text = `${formatDay(date)} is ${is} ${other}, which comes ${comes} in the protocol.`
    const question = ask('visitOrder', { [ASSESSMENT_DATE_FIELD]: date, [is]: visit.date }, text)
    return { ...question, fields: [ASSESSMENT_DATE_FIELD] }
  })
}

/**
 * The dated visits between which a visit lies by the protocol: the last by date of those before it, the first of those
 * after it. Visits outside of the protocol (unscheduled ones) and those without a date count for nothing.
 * Example: M1 and M3 dated, for M6 → `before` M3 or M1, whichever is the later day; `after` null.
 */
export function deriveNeighbours(
  plans: readonly Pick<VisitPlan, 'code' | 'name'>[],
  dated: readonly { readonly code: string; readonly date: CalendarDate | null }[],
  here: string,
): SoftCheckInput['neighbours'] {
  const position = plans.findIndex(plan => plan.code === here)
  if (position < 0) return { before: null, after: null }
  const visits = plans.flatMap((plan, index): (NeighbourVisit & { index: number })[] => {
    const date = dated.find(visit => visit.code === plan.code)?.date ?? null
    return date === null || index === position ? [] : [{ name: plan.name, date, index }]
  })
  const byDate = visits.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
  const pick = (visit: (NeighbourVisit & { index: number }) | undefined) =>
    visit ? { name: visit.name, date: visit.date } : null
  return {
    before: pick(byDate.findLast(visit => visit.index < position)),
    after: pick(byDate.find(visit => visit.index > position)),
  }
}
