import { formatDecimal } from '@/lib/format/numbers'
import { drawDose, drawLine, drawText, type Mark, measureText } from './drawing'
import { barClass, type ImprovementCell, type ImprovementGroup, LOWEST_BAR } from './improvement-chart-data'
import type { PercentScale } from './improvement-scale'

export const ROW_HEIGHT = 22
const BAR_HEIGHT = 12

/** Width of the column of names: number and diamond. */
export function measureNames(groups: readonly ImprovementGroup[]): number {
  const widest = Math.max(0, ...groups.flatMap(group => group.rows.map(row => measureText(row.subject))))
  return widest + 26
}

/** The numbers of the participants with the mark of a second dose, and a hairline under each. */
export function drawNames(group: ImprovementGroup, top: number, names: number, right: number): Mark[] {
  return group.rows.flatMap((row, index) => {
    const y = top + index * ROW_HEIGHT
    return [
      drawLine('gr', 0, y, right, y),
      drawText(0, y + 15, row.subject, 'start', 'v'),
      ...(row.hasSecondDose ? [drawDose(names - 14, y + 11)] : []),
    ]
  })
}

/** One panel: a bar and its value for each participant, or in words why there is none. */
export function drawBars(
  cells: readonly (ImprovementCell | undefined)[],
  top: number,
  { x }: PercentScale,
): Mark[] {
  return cells.flatMap((cell, index) => {
    const y = top + index * ROW_HEIGHT
    if (!cell) return []
    if (cell.kind === 'none') return [drawText(x(0) + 4, y + 15, cell.reason, 'start', 'hv')]
    const end = x(Math.max(LOWEST_BAR, Math.min(100, cell.value)))
    const isWorse = cell.value < 0
    const text = `${formatDecimal(cell.value, 0)}${cell.lowBaseline ? '†' : ''}`
    const bar: Mark = {
      kind: 'rect',
      x: Math.min(end, x(0)),
      y: y + 5,
      width: Math.abs(end - x(0)),
      height: BAR_HEIGHT,
      className: barClass(cell.value),
    }
    return [
      ...(bar.width > 0 ? [bar] : []),
      drawText(end + (isWorse ? -4 : 4), y + 15, text, isWorse ? 'end' : 'start', 'v hv'),
    ]
  })
}
