import { type Mark, toTenth } from './drawing'
import { barClass, type ImprovementCell, LOWEST_BAR } from './improvement-chart-data'
import type { PercentScale } from './improvement-scale'

/** Thinner bars than this cannot be told apart: of more participants every so-manieth rank is drawn. */
const THINNEST = 1

/** Bars of many participants, best first, without names: one shape for each class of improvement. */
export function drawRankedArea(
  cells: readonly (ImprovementCell | undefined)[],
  top: number,
  rowHeight: number,
  { x }: PercentScale,
): Mark[] {
  const values = cells.flatMap(cell => (cell?.kind === 'value' ? [cell.value] : [])).sort((a, b) => b - a)
  const height = values.length * rowHeight
  const steps = Math.min(values.length, Math.floor(height / THINNEST))
  const shapes = new Map<string, string>()
  for (let step = 0; step < steps; step++) {
    const value = values[Math.floor(((step + 0.5) * values.length) / steps)]
    if (value === undefined || value === 0) continue
    const end = x(Math.max(LOWEST_BAR, Math.min(100, value)))
    // Neighbours share an edge, rounded alike, so that no hairline shows between them.
    const [from, to] = [step, step + 1].map(edge => toTenth(top + (edge * height) / steps))
    const bar = `M${toTenth(x(0))} ${from}H${toTenth(end)}V${to}H${toTenth(x(0))}z`
    const name = barClass(value)
    shapes.set(name, (shapes.get(name) ?? '') + bar)
  }
  return [...shapes].map(([className, d]) => ({ kind: 'path', d, className: `${className} crisp` }))
}

/** What has no bar in a ranked area, in words. Example: `12 unchanged, 5 missing`. */
export function describeLeftOut(cells: readonly (ImprovementCell | undefined)[]): string {
  const reasons = new Map<string, number>()
  for (const cell of cells) {
    const reason = cell?.kind === 'none' ? cell.reason : cell?.value === 0 ? 'unchanged' : null
    if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  return [...reasons].map(([reason, count]) => `${count} ${reason}`).join(', ')
}
