import { formatDate } from '@/lib/format/dates'
import type { ListedVisit } from '@/lib/schemas/listed-participant'
import { STATE_CHIP } from './wording'

/** When the next visit is due, in words that fit its state. */
export function NextVisitDay({ visit }: { visit: ListedVisit | null }) {
  if (!visit) return null
  return <span className="ink3">{describeDay(visit)}</span>
}

function describeDay({ target, windowEnd, state, isPast, isToday }: ListedVisit): string {
  if (isToday) return 'today'
  if (!target || !windowEnd) return 'no date yet'
  if (isPast) return `closed ${formatDate(windowEnd)}`
  return state === 'notOpen' ? formatDate(target) : `closes ${formatDate(windowEnd)}`
}

/** The state as a chip, with the count where several visits are overdue; a planned visit needs none. */
export function NextVisitChip({ visit, overdue }: { visit: ListedVisit | null; overdue: number }) {
  if (!visit) return null
  if (overdue > 0)
    return <span className="chip danger">{overdue === 1 ? 'Overdue' : `${overdue} overdue`}</span>
  if (visit.isToday) return <span className="chip acc">Today</span>
  if (visit.state === 'notOpen') return null
  const { text, tone } = STATE_CHIP[visit.state]
  return <span className={`chip ${tone}`}>{text}</span>
}
