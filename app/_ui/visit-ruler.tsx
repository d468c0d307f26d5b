import { type CalendarDate, daysBetween } from '@/lib/domain/shared/calendar-date'
import { formatDate } from '@/lib/format/dates'

/** Day and month, where the year is clear from its surroundings. */
const formatShort = (date: CalendarDate) => formatDate(date).slice(0, -5)

/** The window of one visit on a true scale of days: target in the middle, today marked where it lies near. */
export function VisitRuler(props: {
  target: CalendarDate
  windowStart: CalendarDate
  windowEnd: CalendarDate
  today: CalendarDate
  isProvisional: boolean
}) {
  const { target, windowStart, windowEnd, today } = props
  const before = daysBetween(windowStart, target)
  const after = daysBetween(target, windowEnd)
  const reach = Math.max(before, after, 3) * 1.8
  const place = (date: CalendarDate) => 50 + (50 * daysBetween(target, date)) / reach
  const day = daysBetween(target, today)
  const isNear = Math.abs(day) < reach
  const todayText = `today: ${describeDistance(day)}`
  const first = place(windowStart)
  const last = place(windowEnd)
  return (
    <div
      className="ruler"
      role="img"
      aria-label={`Window ${formatDate(windowStart)} to ${formatDate(windowEnd)}, target ${formatDate(target)}${props.isProvisional ? ', provisional' : ''}; today ${formatDate(today)}, ${describeDistance(day)}`}
    >
      <i className="track" />
      <i className="wnd" style={{ left: `${first}%`, width: `${last - first}%` }} />
      <i className="tg" style={{ left: '50%' }} />
      {isNear && <i className="td" style={{ left: `${place(today)}%` }} />}
      <span
        className="up today"
        style={{ left: `${isNear ? clamp(place(today), 14, 86) : day < 0 ? 20 : 80}%` }}
      >
        {todayText}
      </span>
      <span className="dn" style={{ left: `${clamp(first, 12, 27)}%` }}>
        opens {formatShort(windowStart)}
      </span>
      <span className="dn" style={{ left: '50%' }}>
        target {formatShort(target)}
      </span>
      <span className="dn" style={{ left: `${clamp(last, 73, 88)}%` }}>
        closes {formatShort(windowEnd)}
      </span>
    </div>
  )
}

/** “Day” alone is the study day, so the target is always named. */
function describeDistance(days: number): string {
  if (days === 0) return 'on target'
  const count = Math.abs(days)
  return `${count} ${count === 1 ? 'day' : 'days'} ${days < 0 ? 'before' : 'after'} target`
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
