import { readScheduleFacts } from '@/db/queries/schedule'
import { findVisit } from '@/db/queries/visits'
import { findInstrument } from '@/lib/domain/instruments/registry'
import { deriveCourse } from '@/lib/domain/outcomes/course'
import { computeNominalDays } from '@/lib/domain/protocol/nominal-time'
import { deriveDayZero, studyDay } from '@/lib/domain/protocol/schedule'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { Trend } from '@/lib/schemas/visit-view'
import type { Ctx } from './context'
import { listSeenScores } from './seen-scores'
import type { VisitEntry } from './visit-entry'

/** Baseline and earlier values of every continuous or ordered parameter of these forms. */
export function readTrends(ctx: Ctx, entry: VisitEntry, forms: readonly string[]): Trend[] {
  const { participant, protocol, plan } = entry
  const asked = forms.flatMap(form => {
    const parameters = findInstrument(form)?.parameters(protocol.settings) ?? []
    return parameters
      .filter(parameter => parameter.kind !== 'profile')
      .map(parameter => ({ form, parameter }))
  })
  const codes = asked.map(({ parameter }) => parameter.code)
  const scores = listSeenScores(ctx, entry, codes)
  const facts = readScheduleFacts(ctx.db, participant.id, protocol.baseline.visits)
  const person = { dayZero: facts ? deriveDayZero(protocol, facts) : null, doses: entry.doses }
  const position = protocol.visits.findIndex(visit => visit.code === plan.code)
  const here = position === -1 ? protocol.visits.length : position
  // An unscheduled visit has no place in the protocol: before it is what was dated before it.
  const visitDate = position === -1 ? findVisit(ctx.db, participant.id, plan.code)?.visitDate : null
  const isBefore = (date: CalendarDate | null) => !visitDate || (date !== null && date < visitDate)
  const isBaseline = protocol.baseline.visits.includes(plan.code)
  return asked.map(({ form, parameter }) => {
    const rows = scores.filter(row => row.parameter === parameter.code)
    const course = deriveCourse(rows, person, protocol.baseline, parameter)
    const earlier = protocol.visits.slice(0, here).flatMap(visit => {
      const { value = null, date = null } = course.scores.get(visit.code) ?? {}
      return value === null || !isBefore(date)
        ? []
        : [{ visitName: visit.name, day: computeNominalDays(visit.target), value }]
    })
    const baseline = isBaseline ? null : course.baseline
    const day = (visitDate ? studyDay(visitDate, person.dayZero) : null) ?? computeNominalDays(plan.target)
    const { value = null, missingReason = null } = course.scores.get(plan.code) ?? {}
    const stored = { value, missingReason }
    const { code, label } = parameter
    return { form, parameter: code, label, baseline, isBaseline, day, earlier, stored }
  })
}
