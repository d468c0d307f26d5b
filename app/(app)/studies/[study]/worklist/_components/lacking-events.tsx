import Link from 'next/link'
import type { LackingEvent } from '@/lib/schemas/worklist'

/** More lines than this help nobody: the site filter does. */
const MAX_LINES = 50

/** Visits entered completely at which an adverse event was told that is not recorded yet. */
export function LackingEvents(props: { events: readonly LackingEvent[]; base: string; mayRecord: boolean }) {
  const { events, base, mayRecord } = props
  if (events.length === 0) return null
  return (
    <section className="grp" id="lacking-events" aria-labelledby="lacking-events-h">
      <header>
        <h2 id="lacking-events-h">Adverse events to record</h2>
        <span className="n">{events.length}</span>
        <span className="why">A visit reported one, and none is recorded for that time.</span>
      </header>
      <ul>
        {events.slice(0, MAX_LINES).map(({ number, visit, visitName }) => {
          const participant = `${base}/participants/${encodeURIComponent(number)}`
          return (
            <li key={`${number} ${visit}`} className="flex flex-wrap gap-x-3 py-1">
              <Link
                className="id"
                href={`${participant}/visits/${encodeURIComponent(visit)}`}
                prefetch={false}
                aria-label={`${number}, ${visitName}`}
              >
                {number}
              </Link>
              <span>{visitName} reported an adverse event</span>
              {mayRecord && (
                <Link
                  href={`${participant}/logs/adverse-events/new`}
                  prefetch={false}
                  aria-label={`Record the adverse event of ${number}`}
                >
                  Record it
                </Link>
              )}
            </li>
          )
        })}
      </ul>
      {events.length > MAX_LINES && (
        <p className="note">{events.length - MAX_LINES} more are not shown. Choose a site to see them.</p>
      )}
    </section>
  )
}
