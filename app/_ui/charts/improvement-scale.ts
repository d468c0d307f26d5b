import { scaleLinear } from 'd3-scale'
import { TICK_LABEL } from './axes'
import { drawLine, drawText, type Mark, measureText } from './drawing'
import { type ImprovementChartData, LOWEST_BAR } from './improvement-chart-data'

/** Room right of the bars for `100†`. */
const VALUE_ROOM = 34
/** Between two labels of the axis; of two that are nearer, the one that matters less is left out. */
const LABEL_GAP = 3

/** The percent axis of one panel: pixels of values from the lowest bar to 100. */
export interface PercentScale {
  readonly x: (percent: number) => number
  readonly lowest: number
}

/** The lowest end of the axis over all panels, a multiple of ten, so that panels compare. */
export function findLowest(data: ImprovementChartData): number {
  let lowest = 0
  for (const { rows } of data.groups)
    for (const { cells } of rows)
      for (const cell of cells) if (cell.kind === 'value' && cell.value < lowest) lowest = cell.value
  return Math.max(LOWEST_BAR, Math.floor(lowest / 10) * 10)
}

/** The scale between two edges; room is kept for values written beside the bars. */
export function scalePercent(
  lowest: number,
  left: number,
  right: number,
  writesValues: boolean,
): PercentScale {
  const before = lowest < 0 && writesValues ? measureText('−1000†') + 6 : measureText(`−${-lowest}`) / 2
  const x = scaleLinear()
    .domain([lowest, 100])
    .range([left + before, right - (writesValues ? VALUE_ROOM : measureText('100%') / 2)])
  return { x, lowest }
}

/** Rules at 0, 30 and 50 % over the bars' height and the axis text below. */
export function drawPercentAxis({ x, lowest }: PercentScale, top: number, bottom: number): Mark[] {
  const wanted = [
    { at: 0, text: '0' },
    { at: 100, text: '100%' },
    { at: 50, text: '50' },
    { at: 30, text: '30' },
    { at: lowest, text: `−${-lowest}` },
  ]
  const labels = wanted.filter(
    (label, index) =>
      !wanted.slice(0, index).some(earlier => {
        const room = (measureText(label.text) + measureText(earlier.text)) / 2 + LABEL_GAP
        return Math.abs(x(label.at) - x(earlier.at)) < room
      }),
  )
  return [
    ...[30, 50].map(at => drawLine('grd', x(at), top, x(at), bottom)),
    drawLine('ax', x(0), top, x(0), bottom + 4),
    ...labels.map(({ at, text }) => drawText(x(at), bottom + 16, text, 'middle', TICK_LABEL)),
  ]
}
