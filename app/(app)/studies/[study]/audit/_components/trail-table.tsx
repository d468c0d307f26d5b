import Link from 'next/link'
import type { Change } from '@/lib/domain/audit/diff'
import { formatAct, formatAuditValue, formatChange } from '@/lib/format/audit-entry'

interface Entry {
  readonly seq: number
  readonly at: string
  readonly act: string
  readonly actor: string
  readonly role: string
  readonly subject: string | null
  readonly visit: string | null
  readonly form: string | null
  readonly entity: string | null
  readonly changes: Readonly<Record<string, Change>>
  readonly details: Readonly<Record<string, unknown>>
  readonly reason: string | null
  readonly withheld: boolean
}

export function TrailTable({ entries, study }: { entries: readonly Entry[]; study: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className="scroll" tabIndex={0} aria-label="Entries">
      <table className="trail">
        <thead>
          <tr>
            <th scope="col" className="num">
              No.
            </th>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">Where</th>
            <th scope="col">What</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(entry => (
            <tr key={entry.seq}>
              <td className="num">{entry.seq}</td>
              <td className="nw">{entry.at.slice(0, 19).replace('T', ' ')}</td>
              <td className="nw">
                {entry.actor}, {entry.role}
              </td>
              <td className="nw">
                <Place entry={entry} study={study} />
              </td>
              <td>
                <Content entry={entry} />
              </td>
              <td>{entry.reason ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Place({ entry, study }: { entry: Entry; study: string }) {
  if (entry.subject === null) return <>–</>
  return (
    <>
      <Link href={`/studies/${study}/participants/${entry.subject}`} prefetch={false}>
        {entry.subject}
      </Link>
      {[entry.visit, entry.form].filter(part => part !== null).map(part => `, ${part}`)}
    </>
  )
}

/** The first changes in sight, the rest in a fold. */
function Content({ entry }: { entry: Entry }) {
  if (entry.withheld) return <>{formatAct(entry.act, entry.entity)}; content closed while arms are masked</>
  const changes = Object.entries(entry.changes).map(([field, change]) => formatChange(field, change))
  const details = Object.entries(entry.details).map(([name, value]) => `${name}: ${formatAuditValue(value)}`)
  const lines = [...changes, ...details]
  return (
    <>
      {formatAct(entry.act, entry.entity)}
      {lines.length > 0 && lines.length <= 3 && <>. {lines.join('; ')}</>}
      {lines.length > 3 && (
        <details>
          <summary>{lines.length} values</summary>
          <ul>
            {lines.map(line => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
