import {
  MOST_PAIRED_LINES,
  type PairedCell,
  type PairedChartData,
  type PairedCourse,
  type PairedEnd,
  type PairedQuartileEnds,
  type PairedRow,
} from '@/app/_ui/charts/paired-chart-data'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import { isUnlimited, rankDifference } from '@/lib/domain/instruments/unlimited'
import { deriveScaleDomain } from '@/lib/domain/outcomes/scale-domain'
import type { Quartiles, VisitSummary } from '@/lib/domain/outcomes/summary-types'
import type { TrajectoryLine } from '@/lib/domain/outcomes/trajectories'
import { formatValue } from '@/lib/format/numbers'
import type { CohortView } from '../cohort-view'
import { type ShownParameter, type ShownVisit, visitOf } from './shown-visits'

/** Place beyond every number of a duration. */
export const BEYOND = 'Unlimited'

/** One panel before it is drawn: a duration and the visits after baseline at which it is compared. */
export interface PairedPanel extends ShownParameter {
  readonly visits: readonly ShownVisit[]
  readonly data: PairedChartData
}

/** One score of the same participants at baseline and at each visit, best change at the last visit first. */
export function derivePaired(
  view: CohortView,
  shown: ShownParameter,
  visits: readonly ShownVisit[],
): PairedChartData {
  const { summary, reported, index } = shown
  const { parameter } = reported
  const lines = view.inSet > MOST_PAIRED_LINES ? [] : (view.trajectories[index]?.lines ?? [])
  const doses = new Set(
    (view.members ?? []).filter(member => member.hasSecondDose).map(member => member.subject),
  )
  const groups = summary.arms.map(arm => {
    const own = lines.filter(line => line.arm === arm.arm)
    const found = visits.map(visit => visitOf(arm, visit))
    return {
      label: summary.arms.length > 1 ? `${arm.arm} ${arm.label}` : null,
      rows: rankLines(parameter, own, visits).map(line =>
        toRow(parameter, line, visits, line.subject !== null && doses.has(line.subject)),
      ),
      summaries: found.map(visit => ({
        text: countCourses(visit),
        baseline: toEnds(visit?.pairs?.baseline),
        visit: toEnds(visit?.pairs?.visit),
      })),
    }
  })
  const ends: PairedEnd[] = groups.flatMap(({ rows, summaries }) => [
    ...rows.flatMap(row =>
      row.cells.flatMap(cell => (cell.kind === 'pair' ? [cell.baseline, cell.visit] : [])),
    ),
    ...summaries.flatMap(({ baseline, visit }) =>
      [baseline, visit].flatMap(each => (each ? [each.q1, each.median, each.q3] : [])),
    ),
  ])
  const [min, max] = deriveScaleDomain(
    parameter,
    ends.filter(end => end !== 'beyond'),
  )
  return {
    ...{ min, max, groups },
    unit: parameter.unit === 'minutes' ? 'min' : parameter.unit,
    beyond: ends.includes('beyond') ? BEYOND : null,
    visits: visits.map(({ name }) => name),
  }
}

/** How many are better and worse, in the words of durations. Example: `n = 9: longer 6, unchanged 1, shorter 2`. */
export function countCourses(visit: VisitSummary | undefined): string {
  const { n, better, unchanged, worse } = visit?.levelChange ?? {}
  return n === undefined || n === null
    ? 'not counted'
    : `n = ${n}: longer ${better}, unchanged ${unchanged}, shorter ${worse}`
}

/** A value in words. Example: `30 minutes`, `unlimited`. */
function describeEnd(parameter: Parameter, value: number): string {
  return isUnlimited(parameter, value) ? 'unlimited' : `${formatValue(value)} ${parameter.unit}`
}

function valueAt({ points }: TrajectoryLine, visit: ShownVisit | undefined): number | null {
  return points.find(point => point.visit === visit?.code)?.value ?? null
}

function rankLines(
  parameter: Parameter,
  lines: readonly TrajectoryLine[],
  visits: readonly ShownVisit[],
): TrajectoryLine[] {
  const change = (line: TrajectoryLine) => {
    const value = valueAt(line, visits.at(-1))
    return value === null || line.baseline === null
      ? Number.NEGATIVE_INFINITY
      : rankDifference(parameter, value, line.baseline)
  }
  return lines
    .map(line => ({ line, change: change(line) }))
    .sort((a, b) => (a.change === b.change ? 0 : b.change - a.change))
    .map(({ line }) => line)
}

function toRow(
  parameter: Parameter,
  line: TrajectoryLine,
  visits: readonly ShownVisit[],
  hasSecondDose: boolean,
): PairedRow {
  const { baseline, subject } = line
  const cells = visits.map((visit): PairedCell => {
    const value = valueAt(line, visit)
    if (baseline === null) return { kind: 'none', reason: 'no baseline' }
    if (value === null) return { kind: 'none', reason: whyNone(line, visit) }
    return {
      kind: 'pair',
      baseline: toEnd(parameter, baseline),
      visit: toEnd(parameter, value),
      course: compare(parameter, baseline, value),
    }
  })
  const words = visits.map(visit => {
    const value = valueAt(line, visit)
    return `${visit.name} ${value === null ? whyNone(line, visit) : describeEnd(parameter, value)}`
  })
  const start = baseline === null ? 'no baseline' : `baseline ${describeEnd(parameter, baseline)}`
  return {
    subject,
    hasSecondDose,
    cells,
    label: `${subject ?? 'One participant'}: ${[start, ...words].join(', ')}`,
  }
}

/** A visit that is still to come is called so, as among the bars of improvement. */
function whyNone({ points }: TrajectoryLine, { code }: ShownVisit): string {
  return points.find(point => point.visit === code)?.notYetDue ? 'not yet due' : 'no value'
}

function compare(parameter: Parameter, baseline: number, value: number): PairedCourse {
  const difference = rankDifference(parameter, value, baseline)
  if (difference === 0) return 'unchanged'
  return difference > 0 === (parameter.higherIs !== 'worse') ? 'better' : 'worse'
}

function toEnd(parameter: Parameter, value: number): PairedEnd {
  return isUnlimited(parameter, value) ? 'beyond' : value
}

/** A quartile that is not a number is unlimited; without values there are none. */
function toEnds(quartiles: Quartiles | undefined): PairedQuartileEnds | null {
  if (!quartiles || quartiles.medianReason === 'noValues') return null
  const { q1, median, q3 } = quartiles
  return { q1: q1 ?? 'beyond', median: median ?? 'beyond', q3: q3 ?? 'beyond' }
}
