import Link from 'next/link'
import { formatReportClock } from '@/lib/domain/events/report-clock'
import type { RunningClock } from '@/lib/schemas/event-reports'

/** Serious adverse events of which the sponsor is to be told: first on every page that shows them, until reported. */
export function RunningClocks({
  base,
  clocks,
}: {
  /** Address of the study. */
  base: string
  clocks: readonly RunningClock[]
}) {
  if (clocks.length === 0) return null
  return (
    <section className="grp mb-5" id="clocks" aria-labelledby="clocks-h">
      <header>
        <h2 id="clocks-h" className="t-danger">
          Report to the sponsor
        </h2>
        <span className="n">{clocks.length}</span>
        <span className="why">Serious adverse events: 24 hours from awareness.</span>
      </header>
      <table className="wl hov">
        <colgroup>
          {[42, 16, 32, 10].map(width => (
            <col key={width} style={{ width: `${width}%` }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Participant and event</th>
            <th scope="col">Time left</th>
            <th scope="col">Known since</th>
            <th scope="col">
              <span className="vh">Action</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {clocks.map(one => (
            <ClockRow
              key={`${one.entry} ${one.kind} ${one.aware.day} ${one.aware.time}`}
              base={base}
              one={one}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function ClockRow({ base, one }: { base: string; one: RunningClock }) {
  const participant = `${base}/participants/${encodeURIComponent(one.number)}`
  const what = one.kind === 'followUp' ? 'Follow-up' : 'First report'
  return (
    <tr data-row>
      <td className="c-id whitespace-normal!">
        <Link className="id" href={participant} prefetch={false}>
          {one.number}
        </Link>{' '}
        <span className="vis">{one.event}</span>
      </td>
      <td className="c-st">
        <span className="chip danger">{formatReportClock(one.clock)}</span>
      </td>
      <td className="c-do">
        {what}: {one.aware.day}, {one.aware.time}, {one.site} time
      </td>
      <td className="c-act">
        <Link
          className="btn sm"
          href={
            one.restricted
              ? `${participant}/reports`
              : `${participant}/logs/adverse-events/${one.entry}#reports`
          }
          prefetch={false}
          data-open
          aria-label={`Open: ${one.number}, ${one.event}`}
        >
          Open
        </Link>
      </td>
    </tr>
  )
}
