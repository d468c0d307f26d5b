import Link from 'next/link'
import type { Change } from '@/lib/domain/audit/diff'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { formatAct } from '@/lib/format/audit-entry'
import { formatFieldName, formatStoredValue, isTold } from '@/lib/format/history'
import { formatRole } from '@/lib/format/roles'
import { ScrollBox } from './scroll-box'

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
  readonly about: string | null
  readonly changes: Readonly<Record<string, Change>>
  readonly details: Readonly<Record<string, unknown>>
  readonly reason: string | null
  readonly withheld: boolean
}

/** Entries of a chain, newest first. `study` null: those of the system, which know no participant and no form. */
export function TrailTable({
  entries,
  study,
}: {
  entries: readonly Entry[]
  study: { readonly code: string; readonly protocol: Protocol } | null
}) {
  return (
    <ScrollBox label="Entries">
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
                {entry.actor}, {formatRole(entry.role).toLowerCase()}
              </td>
              <td className="nw">
                <Place entry={entry} study={study?.code ?? null} />
              </td>
              <td>
                <Content entry={entry} protocol={study?.protocol ?? null} />
              </td>
              <td>{entry.reason ?? '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function Place({ entry, study }: { entry: Entry; study: string | null }) {
  if (entry.subject === null || study === null) return <>{entry.about ?? '–'}</>
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
function Content({ entry, protocol }: { entry: Entry; protocol: Protocol | null }) {
  if (entry.withheld) return <>{formatAct(entry.act, entry.entity)}; content closed while arms are masked</>
  const changes = Object.entries(entry.changes)
    .filter(([field, [old, now]]) => isTold(field, old, now))
    .map(([field, change]) => describeChange(protocol, entry, field, change))
  const details = Object.entries(entry.details).map(([name, value]) => `${name}: ${describeDetail(value)}`)
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

function describeChange(
  protocol: Protocol | null,
  record: Pick<Entry, 'entity' | 'form'>,
  field: string,
  [old, now]: Change,
): string {
  const show = (value: Change[0]) =>
    (protocol ? formatStoredValue(protocol, record, field, value) : describeDetail(value ?? '')) || 'empty'
  const name = protocol ? formatFieldName(protocol, record, field) : field
  return old === null ? `${name}: ${show(now)}` : `${name}: ${show(old)} → ${show(now)}`
}

/** What else is known of an act: file, filter, hash. */
function describeDetail(value: unknown): string {
  if (value === null || typeof value !== 'object') return String(value)
  return Object.entries(value)
    .map(([name, part]) => `${name} ${describeDetail(part)}`)
    .join(', ')
}
