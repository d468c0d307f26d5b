import { armClass, drawLine, drawMarker } from '@/app/_ui/charts/drawing'
import { MOST_STRIP_MARKS, type StripChartData } from '@/app/_ui/charts/strip-chart-data'
import { layOutStrip } from '@/app/_ui/charts/strip-layout'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import { deriveScaleDomain } from '@/lib/domain/outcomes/scale-domain'
import type { TrajectoryLine } from '@/lib/domain/outcomes/trajectories'
import { formatMean, formatValue } from '@/lib/format/numbers'
import type { CohortView } from '../cohort-view'
import { composeCaption, describeMissing, describeSet, joinNames } from '../figure-text'
import type { FigurePanel, KeyEntry, ReportFigure } from '../report-figure'
import { deriveValuesTable } from '../values-table'
import {
  countValues,
  describePlaces,
  groupByInstrument,
  listShownVisits,
  type ShownParameter,
  type ShownVisit,
  visitOf,
} from './shown-visits'

interface StripPanel extends ShownParameter {
  readonly visits: readonly ShownVisit[]
  readonly data: StripChartData
}

/**
 * Scores at baseline and at about 6 and 12 months: a figure for each instrument with scores that have named ranges, or of
 * which percent improvement has no meaning, so that no bars by participant show them.
 */
export function listStripFigures(view: CohortView): ReportFigure[] {
  return groupByInstrument(view, isShown).flatMap(([instrument, parameters]) => {
    const panels = parameters.flatMap((shown): StripPanel[] => {
      const visits = listShownVisits(view, shown)
      return visits.length === 0 ? [] : [{ ...shown, visits, data: deriveStrip(view, shown, visits) }]
    })
    const [first] = panels
    if (!first) return []
    const hasMarks = panels.some(({ data }) => hasValues(data))
    const names = joinNames(panels.map(({ reported }) => reported.parameter.label))
    const lines = 'Box: quartiles and median (type 7). Marker and bar: mean and 95% t interval.'
    const missing = `${describeMissing(view)} Values from windows still open are included.`
    return [
      {
        name: `scores-${instrument.code}`,
        section: 'outcome',
        title: panels.length > 2 ? `${instrument.name}, scores by visit` : `${names} by visit`,
        n: describeSet(view),
        panels: panels.map(toPanel),
        key: deriveKey(first, hasMarks),
        note: [
          `${lines} ${missing}`,
          view.inSet > MOST_STRIP_MARKS
            ? `Above ${MOST_STRIP_MARKS} participants single values are not drawn.`
            : '',
          panels.some(({ data }) => reachesBeyond(data))
            ? 'An interval that reaches beyond the scale is drawn to its end; the table gives it in full.'
            : '',
          describePlaces(instrument),
        ].filter(Boolean),
        caption: composeCaption([
          `${names} by visit (${joinNames([...new Set(panels.flatMap(({ visits }) => visits.map(({ name }) => name)))])}).`,
          hasMarks ? 'Dots are participants.' : '',
          'Boxes are quartiles with the median, markers means with their 95% CI (t interval); n at each visit below the axis.',
          missing,
          describePlaces(instrument),
        ]),
        table: deriveTable(view, panels),
        explain: { parameter: first.summary.parameter, visit: first.visits.at(-1)?.code },
      },
    ]
  })
}

function isShown({ kind, bands, zeroMeansNone }: Parameter): boolean {
  return kind === 'continuous' && (bands !== undefined || !zeroMeansNone)
}

function hasValues(data: StripChartData): boolean {
  return data.arms.some(arm => arm.points.some(point => point.values.length > 0))
}

function reachesBeyond({ arms, min, max }: StripChartData): boolean {
  return arms.some(arm =>
    arm.points.some(
      ({ ciLower, ciUpper }) => (ciLower !== null && ciLower < min) || (ciUpper !== null && ciUpper > max),
    ),
  )
}

function deriveStrip(view: CohortView, shown: ShownParameter, visits: readonly ShownVisit[]): StripChartData {
  const { summary, reported, index } = shown
  const { parameter } = reported
  const lines = view.inSet > MOST_STRIP_MARKS ? [] : (view.trajectories[index]?.lines ?? [])
  const arms = summary.arms.map(arm => ({
    code: summary.arms.length > 1 ? arm.arm : null,
    points: visits.map(visit => {
      const found = visitOf(arm, visit)
      const own = lines.filter(line => line.arm === arm.arm)
      return {
        ...{ n: found ? countValues(found) : 0, mean: found?.mean ?? null, median: found?.median ?? null },
        ...{ ciLower: found?.ciLower ?? null, ciUpper: found?.ciUpper ?? null },
        ...{ q1: found?.q1 ?? null, q3: found?.q3 ?? null },
        values: own.flatMap(line => toValue(line, visit)),
      }
    }),
  }))
  const reach = arms.flatMap(({ points }) =>
    points.flatMap(({ values, q3, mean, ciUpper }) => [...values.map(each => each.value), q3, mean, ciUpper]),
  )
  const [min, max] = deriveScaleDomain(parameter, reach)
  return {
    ...{ min, max, arms },
    ...(parameter.decimals === undefined ? {} : { decimals: parameter.decimals }),
    bands: (parameter.bands?.list ?? []).map(({ upTo, label }, position, all) => ({
      from: all[position - 1]?.upTo ?? parameter.min,
      to: upTo,
      label,
    })),
    visits: visits.map(({ name }) => name),
  }
}

function toValue({ subject, points }: TrajectoryLine, visit: ShownVisit) {
  const value = points.find(point => point.visit === visit.code)?.value ?? null
  return value === null
    ? []
    : [{ value, subject, label: `${subject ?? 'One participant'}, ${visit.name}: ${formatValue(value)}` }]
}

function toPanel({ summary, reported: { parameter }, visits, data }: StripPanel): FigurePanel {
  const decimals = parameter.decimals ?? 1
  const parts = data.arms.map(({ code, points }) => {
    const means = points.map(({ mean, n }, index) => {
      const name = visits[index]?.name ?? ''
      return mean === null ? `${name} no values` : `${name} ${formatMean(mean, decimals)} (n ${n})`
    })
    return `${code === null ? '' : `${code}: `}mean ${means.join(', ')}.`
  })
  const unit =
    parameter.unit === 'index' || parameter.label.endsWith(parameter.unit) ? '' : `, ${parameter.unit}`
  return {
    name: summary.parameter,
    title: `${parameter.label}${unit}`,
    description: parts.join(' '),
    size: 'half',
    draw: width => layOutStrip(data, width),
  }
}

function deriveKey({ data, summary }: StripPanel, hasMarks: boolean): KeyEntry[] {
  const hasArms = data.arms.length > 1
  const means = data.arms.map(({ code }, index) => ({
    marks: [drawLine('est', 14, 0, 14, 12), drawMarker(index, 14, 6, 3.5)],
    text: `${code === null ? '' : `${code} ${summary.arms[index]?.label ?? ''}: `}${hasArms ? 'mean' : 'Mean'} and 95% CI`,
  }))
  const dot = drawMarker(0, 14, 6, 2.5)
  const box = { kind: 'path', d: 'M9.5 1h9v10h-9z', className: 'quartiles' } as const
  return [
    ...means,
    { marks: [box, drawLine('median', 9.5, 6, 18.5, 6)], text: 'Quartiles and median' },
    ...(hasMarks
      ? [
          {
            marks: dot.kind === 'path' ? [{ ...dot, className: `pt ${armClass(0)}` }] : [],
            text: hasArms ? 'One participant (in the colour and shape of the arm)' : 'One participant',
          },
        ]
      : []),
  ]
}

/** Of the table of values the lines that the figure draws. */
function deriveTable(view: CohortView, panels: readonly StripPanel[]) {
  const { columns, rows } = deriveValuesTable(view)
  const drawn = new Set(
    panels.flatMap(({ summary, visits }) => visits.map(({ code }) => `${summary.parameter} ${code}`)),
  )
  return {
    columns,
    rows: rows.filter(([parameter, visit]) => drawn.has(`${parameter?.values[0]} ${visit?.values[0]}`)),
  }
}
