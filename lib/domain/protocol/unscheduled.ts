import { listAskedForms } from '@/lib/domain/protocol/asked-forms'
import type { Protocol, VisitPlan } from '@/lib/domain/protocol/protocol'

const PREFIX = 'UNS-'
/** Asked of every score of a study: nothing is copied for the answer. */
const BEGINS_SO = /^UNS-/i

/**
 * Whether a code is that of an unscheduled visit. The protocol check refuses visits of its own whose codes begin so,
 * whatever the case. Example: `isUnscheduledCode('UNS-2')` → true; `isUnscheduledCode('M6')` → false.
 */
export function isUnscheduledCode(code: string): boolean {
  return BEGINS_SO.test(code)
}

/** The number of an unscheduled visit; 0 where the code has none. Example: `unscheduledNumber('UNS-2')` → 2. */
export function unscheduledNumber(code: string): number {
  return Number(code.slice(PREFIX.length)) || 0
}

/**
 * The code of a participant's next unscheduled visit. `taken`: every code that the participant ever had, of voided visits
 * too, so that none is given twice. None yet → `UNS-1`. Example: `['M6', 'UNS-1', 'UNS-2']` → `'UNS-3'`.
 */
export function nextUnscheduledCode(taken: readonly string[]): string {
  const numbers = taken.filter(isUnscheduledCode).map(unscheduledNumber)
  return PREFIX + String(Math.max(0, ...numbers) + 1)
}

/**
 * What a visit is called: the name in the protocol, or the number of an unscheduled one; an unknown code as it is.
 * Example: `formatVisitName(protocol, 'UNS-2')` → `'Unscheduled visit 2'`.
 */
export function formatVisitName(protocol: Pick<Protocol, 'visits'>, code: string): string {
  if (isUnscheduledCode(code)) return `Unscheduled visit ${code.slice(PREFIX.length)}`
  return protocol.visits.find(visit => visit.code === code)?.name ?? code
}

/**
 * Codes of every form that the study enters at any visit, in order of the protocol: what an unscheduled visit may take.
 * Example: `['nprs']` at BL and `['nprs', 'odi']` with `EXAM` at M6 → `['nprs', 'odi', 'EXAM']`.
 */
export function listUnscheduledForms(protocol: Pick<Protocol, 'visits' | 'forms'>): readonly string[] {
  const instruments = protocol.visits.flatMap(visit => listAskedForms({ ...visit, forms: [] }))
  return [...new Set([...instruments, ...protocol.forms.map(form => form.code)])]
}

/**
 * An unscheduled visit in the shape of a planned one, so that it is entered by the same road. It has no
 * place in time: offset and window say nothing, and no window is computed from them. `forms`: stored
 * codes, parted by commas; those that the protocol no longer has are left out. Example:
 * `planUnscheduledVisit(protocol, { code: 'UNS-1', forms: 'nprs,EXAM' })` → instruments `['nprs']`,
 * forms `['EXAM']`.
 */
export function planUnscheduledVisit(
  protocol: Pick<Protocol, 'visits' | 'forms'>,
  visit: { readonly code: string; readonly forms: string | null },
): VisitPlan {
  const known = listUnscheduledForms(protocol)
  const codes = (visit.forms ?? '').split(',').filter(code => known.includes(code))
  const isOwn = (code: string) => protocol.forms.some(form => form.code === code)
  return {
    code: visit.code,
    name: formatVisitName(protocol, visit.code),
    target: { value: 0, unit: 'days' },
    window: { beforeDays: 0, afterDays: 0 },
    instruments: codes.filter(code => !isOwn(code)),
    forms: codes.filter(isOwn),
  }
}
