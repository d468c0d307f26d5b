import Link from 'next/link'
import { ScrollBox } from '@/app/_ui/scroll-box'
import type { VisitStanding, VisitState } from '@/lib/domain/protocol/visit-state'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { formatDate } from '@/lib/format/dates'
import { chipOf } from '../../_components/wording'

export interface VisitLine {
  readonly code: string
  readonly name: string
  readonly state: VisitState
  readonly afterEnd: VisitStanding['afterEnd']
  readonly date: CalendarDate | null
  readonly studyDay: number | null
  /** Days from the target; null where either is not known. */
  readonly fromTarget: number | null
  readonly inWindow: boolean | null
  readonly windowStart: CalendarDate | null
  readonly windowEnd: CalendarDate | null
  readonly provisional: boolean
  readonly missed: string | null
  /** Why an unscheduled visit took place; null: the protocol plans it. */
  readonly cause: string | null
  /** In the order of the columns; null: no value at this visit. */
  readonly values: readonly (string | null)[]
}

const signed = (days: number) => (days < 0 ? `−${-days}` : days > 0 ? `+${days}` : '0')

/**
 * The visits with dates, windows, state and values; also the table behind the timeline. What was never measured has no
 * column, so that the table fits a screen.
 */
export function VisitTable(props: { path: string; lines: readonly VisitLine[]; columns: readonly string[] }) {
  const filled = props.columns
    .map((label, index) => ({ label, index }))
    .filter(({ index }) => props.lines.some(line => (line.values[index] ?? null) !== null))
  return (
    <ScrollBox label="Visits">
      <table className="hov ptl narrow" style={{ minWidth: 760 }}>
        <thead>
          <tr>
            <th scope="col">Visit</th>
            <th scope="col">Window</th>
            <th scope="col">Date</th>
            <th scope="col">State</th>
            <th scope="col" className="num">
              Day
            </th>
            <th scope="col" className="num">
              From target
            </th>
            {filled.map(({ label }) => (
              <th key={label} scope="col" className="num">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.lines.map(line => (
            <Line
              key={line.code}
              line={line}
              values={filled.map(({ index }) => line.values[index] ?? null)}
              href={`${props.path}/visits/${encodeURIComponent(line.code)}`}
            />
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function Line(props: { line: VisitLine; values: VisitLine['values']; href: string }) {
  const { line, values, href } = props
  const { text, tone } = chipOf(line)
  return (
    <tr>
      <td>
        <Link className="med" href={href} prefetch={false}>
          {line.name}
        </Link>
      </td>
      <td className={line.cause === null ? 'ink3' : 'ink3 wordy'}>
        {line.cause !== null
          ? line.cause
          : line.windowStart && line.windowEnd
            ? `${formatDate(line.windowStart)} to ${formatDate(line.windowEnd)}`
            : 'No date yet'}
        {line.provisional && ', provisional'}
      </td>
      <td className={line.date ? undefined : 'wordy'}>
        {line.date ? formatDate(line.date) : line.missed ? `Missed: ${line.missed}` : ''}
      </td>
      <td>{line.state !== 'notOpen' && <span className={`chip ${tone}`}>{text}</span>}</td>
      <td className="num">{line.studyDay === null ? '' : String(line.studyDay).replace('-', '−')}</td>
      <td className="num">
        {line.fromTarget === null ? '' : signed(line.fromTarget)}
        {line.inWindow === false && <span className="t-warn"> out of window</span>}
      </td>
      {values.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: columns are fixed
        <td key={index} className="num">
          {value}
        </td>
      ))}
    </tr>
  )
}
