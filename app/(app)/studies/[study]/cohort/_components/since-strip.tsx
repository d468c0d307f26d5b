import type { KnownCounts } from '@/lib/domain/knowledge/known-counts'
import { formatInstant } from '@/lib/format/dates'

/** What became known since the person last looked, in one line with the way to all of it. */
export function SinceStrip({
  from,
  counts,
  path,
}: {
  from: string
  counts: KnownCounts | null
  path: string
}) {
  const told = counts === null ? ['more changes than are counted one by one'] : describeCounts(counts)
  return (
    <p className="since-strip">
      Since you last looked on {formatInstant(from)}:{' '}
      {told.length === 0 ? 'nothing changed.' : <a href={`${path}/since`}>{told.join(', ')}</a>}
    </p>
  )
}

function describeCounts(counts: KnownCounts): string[] {
  const { newValues, correctedValues, newEvents, changedEvents, registered, doses } = counts
  const rest = counts.takenOut + counts.moved + counts.others
  return [
    [newValues, 'new value', 'new values'],
    [correctedValues, 'corrected value', 'corrected values'],
    [newEvents, 'new adverse event', 'new adverse events'],
    [changedEvents, 'changed event', 'changed events'],
    [registered, 'participant registered', 'participants registered'],
    [doses, 'dose', 'doses'],
    [rest, 'other change', 'other changes'],
  ].flatMap(([n, one, many]) => (n === 0 ? [] : [`${n} ${n === 1 ? one : many}`]))
}
