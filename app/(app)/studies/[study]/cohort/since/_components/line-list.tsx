import { formatInstant } from '@/lib/format/dates'
import type { SinceLine } from '@/lib/schemas/since-view'
import { LineLinks } from './line-links'

/** Changed records in words, newest first. */
export function LineList(props: { title: string; study: string; lines: readonly SinceLine[] }) {
  const { title, study, lines } = props
  if (lines.length === 0) return null
  return (
    <section className="mt-4">
      <h2>{title}</h2>
      <ul className="hist mt-2">
        {lines.map(line => (
          <li key={line.key}>
            <span className="ink3">{formatInstant(line.at)}</span>
            <span className="ink">{line.actor}</span>
            <div>
              {line.subject !== null && <strong>{line.subject}</strong>} {line.summary}
              {line.reason && <span className="ink3">; reason: {line.reason}</span>}{' '}
              <LineLinks study={study} line={line} />
              <Values line={line} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** So few are read in passing; more on request. */
const FEW = 4

function Values({ line: { values, kind } }: { line: SinceLine }) {
  if (values.length === 0 || kind === 'takenOut') return null
  const told = values.map(({ field, label, old, now }) => ({
    field,
    text: `${label}: ${old === '' ? '' : `${old} → `}${now || 'empty'}`,
  }))
  if (told.length <= FEW) return <div className="ink3">{told.map(({ text }) => text).join('; ')}</div>
  return (
    <details>
      <summary className="ink3">{values.length} values</summary>
      <ul className="ml-4">
        {told.map(({ field, text }) => (
          <li key={field} className="block p-0 border-0">
            {text}
          </li>
        ))}
      </ul>
    </details>
  )
}
