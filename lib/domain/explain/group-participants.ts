import type { ExplainedGroup, Place } from '@/lib/domain/explain/explanation'
import { compareText } from '@/lib/domain/shared/compare-text'

const PLACES: readonly Place[] = ['in', 'notMet', 'out']
/** Of reasons in one place these stand first, in this order; the others follow by name. */
const FIRST = ['counted', 'met', 'early', 'filledIn', 'noBaseline', 'notMet']
const LAST = ['notYetDue', 'notScheduled']

/**
 * Counts standings by place and reason: who is in first, who is in neither last.
 * Example: seven met and two not → `[{ place: 'in', reason: 'met', n: 7 }, { place: 'notMet', reason: 'notMet', n: 2 }]`.
 */
export function groupStandings(
  standings: readonly { readonly place: Place; readonly reason: string }[],
): ExplainedGroup[] {
  const counts = new Map<string, { place: Place; reason: string; n: number }>()
  for (const { place, reason } of standings) {
    const key = `${place} ${reason}`
    const known = counts.get(key)
    if (known) known.n += 1
    else counts.set(key, { place, reason, n: 1 })
  }
  return [...counts.values()].sort(compareStandings)
}

/** The order in which groups stand, and participants by their group. Example: `compareStandings(met, out)` → negative. */
export function compareStandings(
  a: { readonly place: Place; readonly reason: string },
  b: { readonly place: Place; readonly reason: string },
): number {
  const byPlace = PLACES.indexOf(a.place) - PLACES.indexOf(b.place)
  return byPlace || rankOf(a.reason) - rankOf(b.reason) || compareText(a.reason, b.reason)
}

function rankOf(reason: string): number {
  const first = FIRST.indexOf(reason)
  if (first >= 0) return first
  const last = LAST.indexOf(reason)
  return FIRST.length + (last < 0 ? 0 : last + 1)
}
