import { assignLanes } from '@/app/_ui/charts/label-lanes'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { formatDate } from '@/lib/format/dates'
import { formatValue } from '@/lib/format/numbers'
import { formatScore } from '@/lib/format/scores'
import { VisitMark } from '../../_components/visit-strip'
import {
  listTicks,
  listValueTicks,
  makeTimeScale,
  NARROW,
  type TimelineData,
  type TimelinePanel,
  type TimelineSize,
  WIDE,
} from './timeline-layout'

type Scale = (date: CalendarDate) => number

const VISITS_Y = 46
const DOSES_Y = 78
const PANELS_Y = 104
const PANEL_GAP = 26

/** Visits, doses and scores of one participant on one true time axis, drawn once for each width. */
export function Timeline({ data, title }: { data: TimelineData; title: string }) {
  if (!makeTimeScale(data, WIDE))
    return <p className="note">No date is known yet, so nothing can be placed in time.</p>
  return (
    <div className="body">
      <Drawing data={data} size={WIDE} title={title} className="hidden sm:block" />
      <Drawing data={data} size={NARROW} title={title} className="sm:hidden" />
      {data.panels.map(({ title: panel, lines: [solid, ...dashed] }) =>
        solid && dashed.length > 0 ? (
          <p key={panel} className="note sm:hidden">
            {panel}: solid {solid.label.toLowerCase()}, dashed{' '}
            {dashed.map(line => line.label.toLowerCase()).join(', ')}.
          </p>
        ) : null,
      )}
    </div>
  )
}

function Drawing(props: { data: TimelineData; size: TimelineSize; title: string; className: string }) {
  const { data, size } = props
  const x = makeTimeScale(data, size)
  if (!x) return null
  const top = (index: number) => PANELS_Y + index * (size.panelHeight + PANEL_GAP)
  const bottom = top(data.panels.length) - (data.panels.length > 0 ? PANEL_GAP - 8 : 0)
  const isWide = size === WIDE
  return (
    <svg
      className={props.className}
      viewBox={`0 0 ${size.width} ${bottom + 26}`}
      role="img"
      aria-label={props.title}
    >
      <Grid data={data} size={size} x={x} bottom={bottom} />
      {isWide && (
        <>
          <text x="0" y={VISITS_Y + 4} className="l">
            Visits
          </text>
          <text x="0" y={DOSES_Y + 4} className="l">
            Doses
          </text>
        </>
      )}
      <Visits data={data} size={size} x={x} />
      {data.doses.map(dose => (
        <g key={dose.date}>
          <path className="dose" d={`M${x(dose.date)} ${DOSES_Y - 6}l6 6-6 6-6-6z`} />
          {isWide && (
            <text x={x(dose.date) + 11} y={DOSES_Y + 4} className="l">
              {dose.text}
            </text>
          )}
        </g>
      ))}
      {data.panels.map((panel, index) => (
        <Panel key={panel.title} panel={panel} size={size} x={x} top={top(index)} />
      ))}
    </svg>
  )
}

function Grid({
  data,
  size,
  x,
  bottom,
}: {
  data: TimelineData
  size: TimelineSize
  x: Scale
  bottom: number
}) {
  const nowX = x(data.today)
  const isNowShown = nowX >= size.left && nowX <= size.width - size.right
  return (
    <>
      {[VISITS_Y + 16, DOSES_Y + 14].map(y => (
        <line key={y} className="gr" x1="0" x2={size.width} y1={y} y2={y} />
      ))}
      <line className="ax" x1={size.left} x2={size.width - size.right} y1={bottom} y2={bottom} />
      {listTicks(data, x, size).map(date => (
        <g key={date}>
          <line className="ax" x1={x(date)} x2={x(date)} y1={bottom} y2={bottom + 4} />
          <text className="mid" x={x(date)} y={bottom + 18}>
            {formatDate(date).slice(2)}
          </text>
        </g>
      ))}
      {isNowShown && (
        <>
          <line className="grd" x1={nowX} x2={nowX} y1="30" y2={bottom} />
          <text className="mid" x={nowX} y={DOSES_Y + 4}>
            today
          </text>
        </>
      )}
    </>
  )
}

function Visits({ data, size, x }: { data: TimelineData; size: TimelineSize; x: Scale }) {
  const placed = data.visits.flatMap(visit => {
    const at = visit.target ?? visit.date
    return at ? [{ visit, at: x(at) }] : []
  })
  const isWide = size === WIDE
  const label = (index: number) => (isWide ? placed[index]?.visit.name : placed[index]?.visit.code) ?? ''
  const lanes = assignLanes(
    placed.map(({ at }) => at),
    placed.map((_, index) => label(index).length * 6),
    2,
  )
  return (
    <>
      {placed.map(({ visit, at }, index) => (
        <g key={visit.code}>
          {visit.windowStart && visit.windowEnd && (
            <rect
              className="winw"
              x={x(visit.windowStart)}
              y={VISITS_Y - 3}
              width={Math.max(2, x(visit.windowEnd) - x(visit.windowStart))}
              height="6"
            />
          )}
          {visit.target && <line className="tgt" x1={at} x2={at} y1={VISITS_Y - 8} y2={VISITS_Y + 8} />}
          <VisitMark visit={visit} x={visit.date ? x(visit.date) : at} y={VISITS_Y} />
          {lanes[index] != null && (
            <text className="mid l" x={at} y={(lanes[index] ?? 0) === 0 ? 28 : 13}>
              {label(index)}
            </text>
          )}
        </g>
      ))}
    </>
  )
}

/** Values of one instrument; the first line is drawn strong, others dashed. */
function Panel({ panel, size, x, top }: { panel: TimelinePanel; size: TimelineSize; x: Scale; top: number }) {
  const [lowest, highest] = panel.lines[0]?.range ?? [0, 1]
  const plotTop = top + 24
  const y = (value: number) => plotTop + ((highest - value) / (highest - lowest)) * (size.panelHeight - 28)
  const isWide = size === WIDE
  const axisX = isWide ? size.left - 14 : size.left - 6
  return (
    <g>
      <text x="0" y={top + 8} className="s">
        {panel.title}
      </text>
      {listValueTicks(lowest, highest).map(value => (
        <g key={value}>
          <line className="gr" x1={axisX} x2={size.width - size.right} y1={y(value)} y2={y(value)} />
          <text className="end" x={axisX - 5} y={y(value) + 4}>
            {formatValue(value)}
          </text>
        </g>
      ))}
      {panel.lines.map((line, index) => {
        const points = line.points.map(point => ({ ...point, x: x(point.date), y: y(point.value) }))
        const last = points.at(-1)
        return (
          <g key={line.label}>
            <polyline
              className={index === 0 ? 'mean' : 'sec'}
              points={points.map(point => `${point.x},${point.y}`).join(' ')}
            />
            {points.map(point => (
              <g key={point.date}>
                <circle
                  className={index === 0 ? 'dot' : 'secd'}
                  cx={point.x}
                  cy={point.y}
                  r={index === 0 ? 4 : 3.5}
                />
                {isWide && (
                  <text className="mid hv" x={point.x} y={point.y + (index === 0 ? 17 : -9)}>
                    {formatScore(line.scale, point.value)}
                  </text>
                )}
              </g>
            ))}
            {isWide && last && panel.lines.length > 1 && (
              <text className={index === 0 ? 's' : 'l'} x={last.x + 9} y={last.y + 4}>
                {line.label}
              </text>
            )}
          </g>
        )
      })}
    </g>
  )
}
