import type { WorklistItem } from '@/lib/schemas/worklist'

const WIDTH = 132
const MIDDLE = WIDTH / 2
const LEAST_REACH_DAYS = 30
const GREATEST_REACH_DAYS = 120

/** Days on either side of the target that the marks show, so that every window fits; the same in every row. */
export function deriveReach(items: readonly WorklistItem[]): number {
  const edges = items.flatMap(({ days }) => (days ? [-days.start, days.end] : []))
  return Math.min(GREATEST_REACH_DAYS, Math.max(LEAST_REACH_DAYS, ...edges) + 5)
}

/** The window of one visit and today, in days from the target. What lies beyond the scale stands at its end. */
export function WindowMark({ item, reachDays }: { item: WorklistItem; reachDays: number }) {
  const { days, group } = item
  if (!days) return <span className="ink3">no dates yet</span>
  const place = (day: number) => MIDDLE + (62 * Math.max(-reachDays, Math.min(reachDays, day))) / reachDays
  const today = group === 'overdue' ? 'nowd' : group === 'closing' ? 'noww' : 'now'
  return (
    <svg
      width={WIDTH}
      height="18"
      viewBox={`0 0 ${WIDTH} 18`}
      role="img"
      aria-label={`Today ${tellDistance(days.today)}; window from ${tellDistance(days.start)} to ${tellDistance(days.end)}`}
    >
      <line className="wline thin" x1="4" x2="128" y1="9" y2="9" />
      <rect
        className="winw"
        x={place(days.start)}
        y="6"
        width={Math.max(2, place(days.end) - place(days.start))}
        height="6"
      />
      <line className="tgt" x1={MIDDLE} x2={MIDDLE} y1="3" y2="15" />
      <circle className={`${today} ring`} cx={place(days.today)} cy="9" r="4.5" />
    </svg>
  )
}

function tellDistance(days: number): string {
  if (days === 0) return 'on target'
  const count = Math.abs(days)
  return `${count} ${count === 1 ? 'day' : 'days'} ${days < 0 ? 'before' : 'after'} target`
}
