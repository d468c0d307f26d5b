import { formatInstant } from '@/lib/format/dates'

interface Told {
  readonly seq: number
  readonly at: string
  readonly actor: string
  readonly summary: string
  readonly reason: string | null
  readonly changes: readonly {
    readonly field: string
    readonly label: string
    readonly old: string
    readonly now: string
  }[]
}

/** What was written, by whom and why, newest first; every changed value on request. */
export function HistoryList({ entries }: { entries: readonly Told[] }) {
  return (
    <ul className="hist">
      {entries.map(entry => (
        <li key={entry.seq}>
          <span className="ink3">{formatInstant(entry.at)}</span>
          <span className="ink">{entry.actor}</span>
          <div>
            {entry.summary}
            {entry.reason && <span className="ink3">; reason: {entry.reason}</span>}
            {entry.changes.length > 1 && <Changes changes={entry.changes} />}
          </div>
        </li>
      ))}
    </ul>
  )
}

function Changes({ changes }: { changes: Told['changes'] }) {
  return (
    <details>
      <summary className="ink3">{changes.length} values</summary>
      <table className="my-2">
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(change => (
            <tr key={change.field}>
              <th scope="row">{change.label}</th>
              <td>{change.old || '–'}</td>
              <td>{change.now || '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
