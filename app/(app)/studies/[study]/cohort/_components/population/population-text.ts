import { departures } from '@/lib/domain/logs/departures'
import type { CohortView } from '../cohort-view'

const PARTS: Readonly<Record<string, string>> = {
  criteria: 'Not meeting the criteria',
  declined: 'Declined to take part',
  other: 'Other, no criterion recorded',
  awaiting: 'Awaiting it',
  withdrawn: 'Withdrawn',
  lost: 'Lost to follow-up',
  died: 'Died',
  notInSource: 'Not in the source',
  notRecorded: 'Cause not recorded',
  masked: 'Cause not told by masked arm',
  complete: 'Complete',
  inFollowUp: 'In follow-up',
}

/** What a part of a count is called. */
export function namePart(code: string): string {
  return PARTS[code] ?? code
}

/** A cause of leaving as the log words it. */
export function nameCause(view: CohortView, code: string): string {
  const field = departures.fields(view.protocol).find(each => each.code === 'CAUSE')
  return PARTS[code] ?? field?.choices?.find(choice => choice.code === code)?.label ?? code
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth']

/** Example: `nameDoseOrdinal(2)` → `second dose`. */
export function nameDoseOrdinal(dose: number): string {
  const ordinal = ORDINALS[dose - 1]
  return ordinal === undefined ? `dose ${dose}` : `${ordinal} dose`
}

/** A month as it is read. Example: `formatMonth('2026-04')` → `Apr 2026`. */
export function formatMonth(month: string): string {
  const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
  return `${names[Number(month.slice(5)) - 1] ?? ''} ${month.slice(0, 4)}`
}
