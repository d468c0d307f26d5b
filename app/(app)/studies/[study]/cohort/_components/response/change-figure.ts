import { drawLine } from '@/app/_ui/charts/drawing'
import type { VisitEstimatesData } from '@/app/_ui/charts/rates-chart-data'
import { layOutVisitEstimates } from '@/app/_ui/charts/rates-layout'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import type { ChangeEstimate } from '@/lib/domain/outcomes/summary-types'
import { formatDecimal, formatMean } from '@/lib/format/numbers'
import { armCells, armColumns, type CohortView, isReached, listParameters, nameVisit } from '../cohort-view'
import { composeCaption, describeMissing, describeSet } from '../figure-text'
import type { ReportFigure } from '../report-figure'
import { boundsCell, column, numberCell, type ReportCell, type ReportTable, textCell } from '../report-table'
import { keyArms } from './arm-key'
import { placeVisits, type TimedVisit, timeUnitOf } from './visit-times'

const METHOD = 'Visit − baseline, participants with both values; 95% t intervals.'

/** Ticks of the axis, about; their decimals follow from it. */
const TICKS = 5
/** Height of the axis where nobody changed at all. */
const NO_SPAN = 2

/** One score with its mean change at the visits after baseline, or at the times of visits after a dose. */
export interface ChangePanel {
  readonly parameter: Parameter
  readonly visits: readonly TimedVisit[]
  readonly arms: readonly {
    readonly arm: string
    readonly changes: readonly (ChangeEstimate | undefined)[]
  }[]
}

/** Mean change from baseline at each visit: a panel for each score that is averaged. */
export function listChangeFigures(view: CohortView): ReportFigure[] {
  const panels = listChangePanels(view)
  const [first] = panels
  if (!first) return []
  const missing = describeMissing(view)
  const sources = [
    ...new Set(panels.flatMap(({ parameter }) => parameter.minimalImportantChange?.source ?? [])),
  ]
  return [
    {
      name: 'change-over-time',
      section: 'outcome',
      title: 'Change from baseline over time',
      n: describeSet(view),
      panels: panels.map(panel => ({
        name: panel.parameter.code,
        title: `${panel.parameter.label}, change${nameUnit(panel.parameter)}`,
        description: describePanel(view, panel),
        size: 'half',
        draw: width => layOutVisitEstimates(toChartData(view, panel), width),
      })),
      key: [
        ...keyArms(view, 'points', 'mean change, with 95% interval'),
        ...(sources.length > 0
          ? [
              {
                marks: [drawLine('grd', 0, 6, 28, 6)],
                text: `Minimal important change for the better (${sources.join('; ')})`,
              },
            ]
          : []),
      ],
      note: [
        METHOD,
        'Below 0 is better where higher is worse.',
        missing,
        'Arms stand beside each other at a visit; the line that joins visits is a guide to the eye.',
      ],
      caption: composeCaption([
        `Mean change from baseline: ${panels.map(({ parameter }) => parameter.label).join('; ')}.`,
        METHOD,
        missing,
        'Under each visit the number with both values.',
      ]),
      table: deriveTable(view, panels),
      explain: { parameter: first.parameter.code },
    },
  ]
}

export function nameUnit({ unit, label }: Parameter): string {
  return unit === '%' || label.endsWith(unit) ? '' : ` in ${unit}`
}

function listChangePanels(view: CohortView): ChangePanel[] {
  return listParameters(view).flatMap(({ summary, reported: { parameter } }): ChangePanel[] => {
    if (parameter.kind !== 'continuous') return []
    const codes = (summary.arms[0]?.visits ?? [])
      .filter(({ change, visit }) => change !== undefined && isReached(view, summary.parameter, visit))
      .map(({ visit }) => visit)
    const visits = placeVisits(view, codes)
    const arms = summary.arms.map(arm => ({
      arm: arm.arm,
      changes: visits.map(({ code }) => arm.visits.find(({ visit }) => visit === code)?.change),
    }))
    const hasAny = arms.some(({ changes }) => changes.some(change => (change?.n ?? 0) > 0))
    return hasAny ? [{ parameter, visits, arms }] : []
  })
}

export function toChartData(view: CohortView, { parameter, visits, arms }: ChangePanel): VisitEstimatesData {
  const all = arms.flatMap(({ changes }) =>
    changes.flatMap(each => [each?.mean, each?.ciLower, each?.ciUpper]),
  )
  const known = all.flatMap(value => value ?? [])
  const threshold = parameter.minimalImportantChange?.points ?? null
  const rules = threshold === null ? [] : [parameter.higherIs === 'better' ? threshold : -threshold]
  const [lowest, highest] = [Math.min(0, ...known, ...rules), Math.max(0, ...known, ...rules)]
  const span = highest - lowest || NO_SPAN
  const margin = highest === lowest ? span / 2 : span * 0.05
  const tickDecimals = Math.max(0, Math.ceil(-Math.log10(span / TICKS)))
  const show = (value: number) => formatMean(value, parameter.decimals)
  return {
    ...{ min: lowest - margin, max: highest + margin, zero: 0, rules, timeUnit: timeUnitOf(view) },
    formatTick: value => formatDecimal(value, tickDecimals),
    visits,
    rowNames: ['Mean', 'n'],
    arms: arms.map(({ arm, changes }) => ({
      code: arm,
      points: changes.map(change => ({
        estimate: change?.mean ?? null,
        lower: change?.ciLower ?? null,
        upper: change?.ciUpper ?? null,
        texts: [
          change === undefined || change.mean === null ? '' : show(change.mean),
          change === undefined || change.n === null ? '' : String(change.n),
        ],
      })),
    })),
    references: [],
  }
}

export function describePanel(view: CohortView, { parameter, visits, arms }: ChangePanel): string {
  return arms
    .map(({ arm, changes }) => {
      const each = visits.map(({ code }, index) => {
        const change = changes[index]
        const text =
          change === undefined || change.mean === null
            ? 'no change known'
            : `${formatMean(change.mean, parameter.decimals)} (n ${change.n})`
        return `${nameVisit(view, code)} ${text}`
      })
      return `${arms.length > 1 ? `${arm}: ` : ''}mean change ${each.join(', ')}.`
    })
    .join(' ')
}

function deriveTable(view: CohortView, panels: readonly ChangePanel[]): ReportTable {
  return {
    columns: [
      column('parameter', 'Score', 'head'),
      column('visit', 'Visit', 'head'),
      ...armColumns(view),
      column('n', 'n'),
      column('mean_change', 'Mean change'),
      column('sd', 'SD'),
      column(['ci_lower', 'ci_upper'], '95% CI'),
    ],
    rows: panels.flatMap(({ parameter, visits, arms }) =>
      visits.flatMap(({ code }, index) =>
        arms.flatMap(({ arm, changes }) => {
          const change = changes[index]
          if (!change) return []
          return [
            [
              textCell(parameter.label, parameter.code),
              textCell(nameVisit(view, code), code),
              ...armCells(view, { arm }),
              ...changeCells(parameter, change),
            ],
          ]
        }),
      ),
    ),
  }
}

/** n, mean change, SD and interval. */
export function changeCells(parameter: Parameter, change: ChangeEstimate): ReportCell[] {
  const show = (value: number) => formatMean(value, parameter.decimals)
  return [
    numberCell(change.n, change.nReason, String),
    numberCell(change.mean, change.meanReason, show),
    numberCell(change.sdSample, change.sdSampleReason, show),
    boundsCell([change.ciLower, change.ciUpper], change.ciLowerReason, parameter.decimals),
  ]
}
