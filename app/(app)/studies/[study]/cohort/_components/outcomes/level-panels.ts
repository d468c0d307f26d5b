import {
  deriveLooks,
  drawCategory,
  type StackedCategory,
  type StackedChartData,
} from '@/app/_ui/charts/stacked-chart-data'
import { layOutStacked } from '@/app/_ui/charts/stacked-layout'
import type { CategoryCount, VisitSummary } from '@/lib/domain/outcomes/summary-types'
import type { FigurePanel, KeyEntry } from '../report-figure'
import { countValues, type ShownParameter, type ShownVisit, visitOf } from './shown-visits'

/** One panel before it is drawn: a parameter, its visits and how its participants are counted. */
export interface LevelPanel extends ShownParameter {
  readonly visits: readonly ShownVisit[]
  readonly countsOf: (visit: VisitSummary) => readonly CategoryCount[]
}

/** What a panel's bars show: categories best first, or in the order of their codes where none is better. */
export function deriveStacked({
  summary,
  reported,
  visits,
  countsOf,
}: LevelPanel): Omit<StackedChartData, 'hasOwnKey'> {
  const levels = new Map<number, string>()
  for (const arm of summary.arms)
    for (const visit of arm.visits) for (const { level, label } of countsOf(visit)) levels.set(level, label)
  const ascending = [...levels].sort(([a], [b]) => a - b)
  const bestFirst = reported.parameter.higherIs === 'better' ? ascending.reverse() : ascending
  const looks = deriveLooks(bestFirst.length)
  const categories = bestFirst.flatMap(([, label], index): StackedCategory[] => {
    const look = looks[index]
    return look ? [{ label, look }] : []
  })
  return {
    categories,
    visits: visits.map(visit => ({
      label: visit.name,
      bars: summary.arms.map(arm => {
        const found = visitOf(arm, visit)
        const counts = new Map((found ? countsOf(found) : []).map(({ level, k }) => [level, k]))
        return {
          label: summary.arms.length > 1 ? arm.arm : null,
          n: found ? countValues(found) : 0,
          counts: bestFirst.map(([level]) => counts.get(level) ?? 0),
        }
      }),
    })),
  }
}

/** The panel with its bars in words. */
export function toStackedPanel(panel: LevelPanel, data: StackedChartData): FigurePanel {
  return {
    name: panel.summary.parameter,
    title: panel.reported.parameter.label,
    description: describeBars(data),
    size: 'half',
    draw: width => layOutStacked(data, width),
  }
}

/** Bars in words. Example: `Baseline, n 9: minimal 0, moderate 3.` */
export function describeBars({ categories, visits }: StackedChartData): string {
  return visits
    .flatMap(visit =>
      visit.bars.map(bar => {
        const counts = categories.map(({ label }, index) => `${label} ${bar.counts[index] ?? 0}`)
        const name = [visit.label, bar.label].filter(part => part !== null).join(', ')
        return `${name}, n ${bar.n}: ${counts.join(', ')}.`
      }),
    )
    .join(' ')
}

/** The categories as legend. */
export function toKey(categories: readonly StackedCategory[]): KeyEntry[] {
  return categories.map(({ label, look }) => ({
    marks: drawCategory(look, { x: 4, y: 0, width: 20, height: 12 }),
    text: label,
  }))
}
