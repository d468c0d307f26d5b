import type { WorklistItem } from '@/lib/schemas/worklist'

const WIDTH = 132
const MIDDLE = WIDTH / 2
/** Days on either side of the target that the mark shows; the same in every row. */
const REACH_DAYS = 45

/** The window of one visit and today, in days from the target. What lies beyond the scale stands at its end. */
export function WindowMark({ item }: { item: WorklistItem }) {
  const { days, group } = item
  if (!days) return <span className="ink3">no dates yet</span>
  const place = (day: number) => MIDDLE + (62 * Math.max(-REACH_DAYS, Math.min(REACH_DAYS, day))) / REACH_DAYS
  const today = group === 'overdue' ? 'nowd' : group === 'closing' ? 'noww' : 'now'
  const sign = (day: number) => (day < 0 ? `−${-day}` : `${day}`)
  return (
    <svg
      width={WIDTH}
      height="18"
      viewBox={`0 0 ${WIDTH} 18`}
      role="img"
      aria-label={`Today is day ${sign(days.today)} from the target; window day ${sign(days.start)} to ${sign(days.end)}`}
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
