import { formatDecimal } from '@/lib/format/numbers'
import { drawDose, drawText, type Mark, measureText } from './drawing'
import {
  barClass,
  type ImprovementCell,
  type ImprovementGroup,
  type ImprovementRow,
  LOWEST_BAR,
} from './improvement-chart-data'
import type { PercentScale } from './improvement-scale'

export const ROW_HEIGHT = 22
const BAR_HEIGHT = 12

/** Width of the column of names: number and diamond. */
export function measureNames(groups: readonly ImprovementGroup[]): number {
  const widest = Math.max(0, ...groups.flatMap(group => group.rows.map(row => measureText(row.subject))))
  return Math.max(widest + 26, measureText('Participant') + 10)
}

/** A participant's number with the mark of a second dose. */
export function drawName(row: ImprovementRow, y: number, names: number): Mark[] {
  return [
    drawText(0, y + 15, row.subject, 'start', 'v'),
    ...(row.hasSecondDose ? [drawDose(names - 14, y + 11)] : []),
  ]
}

/** The bar of one participant in one panel with its value, or in words why there is none. */
export function drawBar(cell: ImprovementCell | undefined, y: number, { x }: PercentScale): Mark[] {
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
}

/** What a row says to those who do not see it. Example: `MEL-003: Average pain, 6 months 57% better`. */
export function describeRow(row: ImprovementRow, titles: readonly string[], first: number): string {
  const parts = titles.map((title, index) => {
    const cell = row.cells[first + index]
    if (cell?.kind !== 'value') return `${title} ${cell?.reason ?? 'no value'}`
    const size = `${formatDecimal(Math.abs(cell.value), 0)}%`
    return `${title} ${cell.value === 0 ? 'unchanged' : `${size} ${cell.value > 0 ? 'better' : 'worse'}`}`
  })
  return `${row.subject}: ${parts.join('; ')}`
}
