import { formatInstant } from '@/lib/format/dates'
import type { TouchingEntry } from '@/lib/schemas/explain'

/** So many values are read in passing; more on request. */
const FEW = 4

/** Writes that touched the rows behind a number: what, by whom, when and why. */
export function TouchingEntries({ entries }: { entries: readonly TouchingEntry[] }) {
  return (
    <ul>
      {entries.map(entry => (
        <li key={entry.seq} className="py-1">
          <span className="ink3">
            Entry {entry.seq}, {formatInstant(entry.at)}, {entry.actor}:
          </span>{' '}
          {entry.summary}
          {entry.reason && <span className="ink3">; reason: {entry.reason}</span>}
          <Values entry={entry} />
        </li>
      ))}
    </ul>
  )
}

function Values({ entry: { values } }: { entry: TouchingEntry }) {
  if (values.length === 0) return null
  const told = values.map(({ field, label, old, now }) => ({
    field,
    text: `${label}: ${old === '' ? '' : `${old} → `}${now || 'empty'}`,
  }))
  if (told.length <= FEW) return <div className="ink3">{told.map(({ text }) => text).join('; ')}</div>
  return (
    <details>
      <summary className="ink3">{values.length} values</summary>
      <div className="ink3">{told.map(({ text }) => text).join('; ')}</div>
    </details>
  )
}
