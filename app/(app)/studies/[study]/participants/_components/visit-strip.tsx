import type { ListedVisit } from '@/lib/schemas/listed-participant'
import { STATE_CHIP } from './wording'

const WIDTH = 116
const MARGIN = 6

/** Horizontal places of the visits of a study on one true time axis. */
function placeOf(visits: readonly { readonly day: number }[]) {
  const days = visits.map(visit => visit.day)
  const first = Math.min(0, ...days)
  const span = Math.max(1, Math.max(0, ...days) - first)
  return (day: number, width: number) => MARGIN + ((day - first) / span) * (width - 2 * MARGIN)
}

/** The visits of one participant in a row, each by a shape that stands for its state. */
export function VisitStrip({ visits }: { visits: readonly ListedVisit[] }) {
  if (visits.length === 0) return null
  const x = placeOf(visits)
  const text = visits.map(visit => `${visit.name}: ${STATE_CHIP[visit.state].text.toLowerCase()}`).join(', ')
  return (
    <svg width={WIDTH} height="18" viewBox={`0 0 ${WIDTH} 18`} role="img" aria-label={text}>
      <line className="gr" x1={MARGIN} x2={WIDTH - MARGIN} y1="9" y2="9" />
      {visits.map(visit => (
        <VisitMark key={visit.code} visit={visit} x={x(visit.day, WIDTH)} />
      ))}
    </svg>
  )
}

/** Square: entered. Cross: missed. Large dot: to be entered or overdue. Small dot: planned. */
export function VisitMark({
  visit,
  x,
  y = 9,
}: {
  visit: Pick<ListedVisit, 'state' | 'inWindow'>
  x: number
  y?: number
}) {
  switch (visit.state) {
    case 'complete':
    case 'partly': {
      const isLate = visit.inWindow === false || visit.state === 'partly'
      const size = isLate ? 6.4 : 7
      return (
        <rect
          className={isLate ? 'st-late' : 'st-done'}
          x={x - size / 2}
          y={y - size / 2}
          width={size}
          height={size}
        />
      )
    }
    case 'missed':
      return <path className="st-miss" d={`M${x - 3.5} ${y - 3.5}l7 7m0-7l-7 7`} />
    case 'overdue':
      return <circle className="nowd" cx={x} cy={y} r="4.5" />
    case 'open':
    case 'closing':
      return <circle className="st-due" cx={x} cy={y} r="4.5" />
    default:
      return <circle className="st-fut" cx={x} cy={y} r="2" />
  }
}

export function VisitKey({ names }: { names: readonly string[] }) {
  const entries = [
    ['complete', true, 'entered in window'],
    ['complete', false, 'entered out of window, or in part'],
    ['missed', null, 'missed'],
    ['open', null, 'window open'],
    ['overdue', null, 'overdue'],
    ['notOpen', null, 'planned'],
  ] as const
  return (
    <div className="key" style={{ margin: '10px 0 6px' }}>
      {entries.map(([state, inWindow, text]) => (
        <span key={text}>
          <svg width="10" height="10" aria-hidden="true">
            <VisitMark visit={{ state, inWindow }} x={5} y={5} />
          </svg>
          {text}
        </span>
      ))}
      {names.length > 0 && <span>Visits: {names.join(', ')}</span>}
    </div>
  )
}

const SPARK = { width: 70, height: 24 }

/** The course of one value, without axes; the numbers stand beside it. */
export function Sparkline(props: {
  points: readonly { readonly day: number; readonly value: number }[]
  visits: readonly ListedVisit[]
  range: readonly [number, number]
  label: string
}) {
  const { points, visits, range, label } = props
  const last = points.at(-1)
  if (!last) return null
  const x = placeOf(visits)
  const y = (value: number) =>
    3 + ((range[1] - value) / Math.max(1, range[1] - range[0])) * (SPARK.height - 6)
  const at = points.map(point => `${x(point.day, SPARK.width)},${y(point.value)}`)
  return (
    <svg
      width={SPARK.width}
      height={SPARK.height}
      viewBox={`0 0 ${SPARK.width} ${SPARK.height}`}
      role="img"
      aria-label={`${label}: ${points.map(point => point.value).join(', ')}`}
    >
      <polyline className="spk" points={at.join(' ')} />
      <circle className="spd" cx={x(last.day, SPARK.width)} cy={y(last.value)} r="2.5" />
    </svg>
  )
}
