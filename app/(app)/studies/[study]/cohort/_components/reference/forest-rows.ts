import type { ForestChartData, ForestRow } from '@/app/_ui/charts/forest-chart-data'
import { layOutForest } from '@/app/_ui/charts/forest-layout'
import { computeMonths } from '@/lib/domain/protocol/nominal-time'
import { type CohortView, hasArms, nameVisit } from '../cohort-view'
import type { FigurePanel } from '../report-figure'
import { column, type ReportCell, type ReportTable, textCell } from '../report-table'
import { type DrawnReference, nameInFull } from './chosen-references'

/** How far a published month may lie from the planned time of a visit to stand beside it, in months. */
const NEARNESS_MONTHS = 1

/** A line of a forest plot with what the table says of it. */
export interface ForestLine {
  readonly row: ForestRow
  readonly source: ReportCell
  readonly month: ReportCell
  readonly n: ReportCell
  readonly estimate: ReportCell
  readonly interval: ReportCell
  readonly citation: ReportCell
  /** The published arm that it is of; left out: the study's own. */
  readonly published?: DrawnReference
}

export interface ForestGroup {
  readonly title: ReportCell
  readonly visit: string
  readonly lines: readonly ForestLine[]
}

/** The published arms that have a line. */
export function listDrawnIn(groups: readonly ForestGroup[]): DrawnReference[] {
  return groups.flatMap(({ lines }) => lines.flatMap(({ published }) => published ?? []))
}

/** The planned time of a visit in months from day zero. */
export function monthOf({ protocol }: CohortView, visit: string): number | null {
  const plan = protocol.visits.find(({ code }) => code === visit)
  return plan ? computeMonths(plan.target) : null
}

/** Of published points the one nearest to a month, if near enough. */
export function nearestTo<Point extends { readonly month: number }>(
  points: readonly Point[],
  month: number | null,
): Point | undefined {
  if (month === null) return undefined
  const distance = (point: Point) => Math.abs(point.month - month)
  const [nearest] = points.toSorted((a, b) => distance(a) - distance(b))
  return nearest && distance(nearest) <= NEARNESS_MONTHS ? nearest : undefined
}

/** A published arm at a month. Example: `Ashar 2022, Placebo, n = 51 randomised, 12 months from the end of treatment`. */
export function namePublished(drawn: DrawnReference, month: number): string {
  const from = drawn.trial.monthsFrom === 'endOfTreatment' ? ' from the end of treatment' : ''
  return `${nameInFull(drawn)}, ${month} ${month === 1 ? 'month' : 'months'}${from}`
}

/** The study's own arm. */
export function nameOwn(view: CohortView, arm: { readonly arm: string; readonly label: string }): string {
  return hasArms(view) ? `This study, ${arm.arm}, ${arm.label}` : 'This study'
}

export function toForestPanel(
  view: CohortView,
  name: string,
  title: string,
  groups: readonly ForestGroup[],
  scale: Omit<ForestChartData, 'groups'>,
): FigurePanel {
  const data: ForestChartData = {
    ...scale,
    groups: groups.map(({ title: heading, visit, lines }) => ({
      title: `${heading.text}, ${nameVisit(view, visit)}`,
      rows: lines.map(({ row }) => row),
    })),
  }
  return {
    name,
    title,
    description: data.groups
      .map(group => `${group.title}: ${group.rows.map(row => `${row.label} ${row.text}`).join('; ')}.`)
      .join(' '),
    size: 'full',
    draw: width => layOutForest(data, width),
  }
}

export function toForestTable(
  view: CohortView,
  groups: readonly ForestGroup[],
  heading: readonly [name: string, label: string],
  estimate: readonly [names: string | readonly string[], label: string],
): ReportTable {
  return {
    columns: [
      column(heading[0], heading[1], 'head'),
      column('visit', 'Visit', 'head'),
      column('source', 'Source', 'text'),
      column('published_month', 'Month, published'),
      column('n', 'n'),
      column(estimate[0], estimate[1]),
      column(['ci_lower', 'ci_upper'], '95% CI'),
      column('citation', 'Citation', 'text'),
    ],
    rows: groups.flatMap(({ title, visit, lines }) =>
      lines.map(line => [
        title,
        textCell(nameVisit(view, visit), visit),
        line.source,
        line.month,
        line.n,
        line.estimate,
        line.interval,
        line.citation,
      ]),
    ),
  }
}

/** Words in place of a number that a source does not give, or that a line does not have. */
export function wordCell(text: string): ReportCell {
  return { text, values: [] }
}
