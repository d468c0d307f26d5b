import { ASIDE } from '@/db/commands/mending'
import type { HistoryEntry } from '@/db/queries/history'

/**
 * A move as the history of one participant tells it: where it went, or where it came from. One whose site the reader has
 * no part in stays unnamed. `nameAt`: what the record is called at a place.
 */
export function describeMove(
  entry: HistoryEntry,
  number: string,
  knownSites: ReadonlySet<string>,
  nameAt: (place: HistoryEntry) => string,
): string {
  const { movedFrom, visit } = entry
  const code = (text: string | null | undefined) => text?.replace(ASIDE, '') ?? null
  const now = { ...entry, visit: code(visit) }
  const before = { ...entry, visit: code(movedFrom?.visit) }
  if (visit?.startsWith(ASIDE)) return `Set ${nameAt(now)} aside, to exchange it`
  if (!movedFrom) return `Moved ${nameAt(now)} here`
  const visitAt = (place: HistoryEntry) => nameAt({ ...place, entity: 'visits' })
  const hasVisits = visit !== null && movedFrom.visit !== null
  const person = (site: string | null, subject: string | null) =>
    site !== null && knownSites.has(site) ? `${subject}` : 'a participant of another site'
  if (movedFrom.subject === entry.subject)
    return hasVisits ? `Moved ${nameAt(before)} to ${visitAt(now)}` : `Moved ${nameAt(now)}`
  const place = (who: string, where: HistoryEntry) => (hasVisits ? `${who} ${visitAt(where)}` : who)
  return entry.subject === number
    ? `Moved ${nameAt(now)} here from ${place(person(movedFrom.site, movedFrom.subject), before)}`
    : `Moved ${nameAt(before)} to ${place(person(entry.site, entry.subject), now)}`
}
