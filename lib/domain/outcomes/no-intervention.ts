import type { Rescue } from '@/lib/domain/outcomes/rescue'
import type { ResponderOutcome } from '@/lib/domain/outcomes/responder'
import type { ResponderCondition } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/**
 * Whether a participant had no rescue before the values that a rule is about. A rescue on an earlier day than the last of
 * them: not met, and certain. Missing rule: no such rescue, but one whose day is not known, or one beside a value without
 * a date: not met and incomplete, since nobody knows; no rescue at all is met whatever the dates.
 * Source: protocols/README.md, responders; clinical.md §3, intercurrent events.
 * Example: rescue 2024-06-01, value of 2024-08-01 → `{ met: false, complete: true, baselineZero: false }`.
 *
 * @param dates days of the values asked for; null where a value has no date
 */
export function evaluateNoIntervention(
  rescues: readonly Rescue[],
  dates: readonly (CalendarDate | null)[],
): ResponderOutcome {
  const isBefore = ({ day }: Rescue) => day !== null && dates.some(date => date !== null && day < date)
  if (rescues.some(isBefore)) return { met: false, complete: true, baselineZero: false }
  const isUnknown = dates.includes(null) || rescues.some(({ day }) => day === null)
  const isOpen = rescues.length > 0 && dates.length > 0 && isUnknown
  return { met: !isOpen, complete: !isOpen, baselineZero: false }
}

/**
 * The parameters that a condition asks for, each with the visits at which it must hold, evaluated at a visit.
 * Example: `{ parameter: 'VAS', visits: ['M12', 'M24'] }` at any visit → VAS at M12 and VAS at M24.
 */
export function listAskedValues(
  condition: ResponderCondition,
  visit: string,
): readonly { readonly parameter: string; readonly visit: string }[] {
  return (condition.visits ?? [visit]).flatMap(at => {
    if ('parameter' in condition) return [{ parameter: condition.parameter, visit: at }]
    return ('all' in condition ? condition.all : condition.any).flatMap(part => listAskedValues(part, at))
  })
}
