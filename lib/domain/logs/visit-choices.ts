import type { Protocol } from '@/lib/domain/protocol/protocol'

/** Stands for any visit that the protocol does not plan. */
export const UNSCHEDULED = 'UNS'

/** The visits of the protocol as choices of a field, and one for the unscheduled. Example: the last is `UNS`. */
export function visitChoices(
  protocol: Protocol,
): readonly { readonly code: string; readonly label: string }[] {
  const planned = protocol.visits.map(({ code, name }) => ({ code, label: name }))
  return [...planned, { code: UNSCHEDULED, label: 'Unscheduled visit' }]
}

/** What a chosen visit is called; null where none was chosen. Example: `visitName(protocol, 'M6')` → `'6 months'`. */
export function visitName(protocol: Protocol, code: string | null): string | null {
  return code === null ? null : (visitChoices(protocol).find(visit => visit.code === code)?.label ?? code)
}
