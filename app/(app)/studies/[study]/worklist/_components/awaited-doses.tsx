import Link from 'next/link'
import { formatDate } from '@/lib/format/dates'
import type { AwaitedDose } from '@/lib/schemas/worklist'

/** More lines than this help nobody: the site filter does. */
const MAX_LINES = 50

/** Participants whose visits count from a planned dose that nobody recorded. */
export function AwaitedDoses({ doses, base }: { doses: readonly AwaitedDose[]; base: string }) {
  if (doses.length === 0) return null
  return (
    <section className="grp" id="awaited-doses" aria-labelledby="awaited-doses-h">
      <header>
        <h2 id="awaited-doses-h">Doses to confirm</h2>
        <span className="n">{doses.length}</span>
        <span className="why">
          The planned day has passed. Windows are provisional until a dose is recorded.
        </span>
      </header>
      <ul className="lines">
        {doses.slice(0, MAX_LINES).map(({ number, planned }) => (
          <li key={number}>
            <Link className="id" href={`${base}/participants/${encodeURIComponent(number)}`} prefetch={false}>
              {number}
            </Link>
            <span>dose planned {formatDate(planned)}: given? Record it, or change the planned day</span>
          </li>
        ))}
      </ul>
      {doses.length > MAX_LINES && (
        <p className="note">{doses.length - MAX_LINES} more are not shown. Choose a site to see them.</p>
      )}
    </section>
  )
}
