import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** A dose of a treatment that is not planned for the participant's arm. */
export interface Crossover {
  readonly date: CalendarDate | null
}

/**
 * The doses by which a participant crossed over: of treatments that the protocol plans for other arms. A treatment that
 * names no arms is planned for all, so giving it is none. Missing rule: without an allocation there is nothing to cross
 * over from; a dose whose treatment the protocol does not know counts for none. An undated dose is a crossover of unknown
 * day. Source: clinical.md §3, intercurrent events; §6, VAST (crossover to active after 3 months).
 * Example: `ACTIVE` planned for arm `CELLS` alone, given to a participant of `SALINE` → that dose.
 */
export function deriveCrossovers(
  { treatments }: Pick<Protocol, 'treatments'>,
  arm: string | null,
  doses: readonly { readonly treatment: string; readonly date: CalendarDate | null }[],
): Crossover[] {
  if (arm === null) return []
  const others = new Set(
    treatments.filter(({ arms }) => arms !== undefined && !arms.includes(arm)).map(({ code }) => code),
  )
  return others.size === 0
    ? []
    : doses.filter(({ treatment }) => others.has(treatment)).map(({ date }) => ({ date }))
}
