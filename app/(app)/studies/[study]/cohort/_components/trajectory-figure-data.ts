import type { TrajectoryArm, TrajectoryChartData } from '@/app/_ui/charts/trajectory-chart-data'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import { computeTime, deriveTimeUnit } from '@/lib/domain/outcomes/report-visits'
import { deriveScaleDomain } from '@/lib/domain/outcomes/scale-domain'
import type { TrajectoryCrowd } from '@/lib/domain/outcomes/trajectories'
import { formatMean, formatValue } from '@/lib/format/numbers'
import { type CohortView, isReached, listParameters, nameVisit } from './cohort-view'
import { type DrawnCourse, listDrawnCourses } from './reference/trajectory-references'

/** One panel of the trajectories figure. */
export interface TrajectoryPanel {
  readonly parameter: string
  readonly title: string
  readonly data: TrajectoryChartData
  /** Published courses drawn over it. */
  readonly courses: readonly DrawnCourse[]
  /** The panel in words. */
  readonly description: string
}

/** A panel for every parameter that is averaged and measured more than once. */
export function deriveTrajectoryPanels(view: CohortView): TrajectoryPanel[] {
  return listParameters(view).flatMap(({ summary, reported: { parameter, visits } }, index) => {
    if (parameter.kind !== 'continuous' || visits.length < 2) return []
    const reached = visits.slice(
      0,
      Math.max(1, visits.findLastIndex(code => isReached(view, parameter.code, code)) + 1),
    )
    const { lines = [], crowds = [] } = view.trajectories[index] ?? {}
    const [min, max] = deriveScaleDomain(parameter, [
      ...lines.flatMap(line => line.points.map(point => point.value)),
      ...crowds.flatMap(crowd => crowd.points.map(point => point.highest)),
      ...summary.arms.flatMap(arm => arm.visits.flatMap(({ mean, ciUpper }) => [mean, ciUpper])),
    ])
    const placed = placeVisits(view, reached)
    const courses = listDrawnCourses(view, parameter.code, [
      ...placed.visits.map(({ time }) => time),
      ...placed.rules,
    ])
    const data: TrajectoryChartData = {
      ...{ label: parameter.label, min, max },
      ...(parameter.decimals === undefined ? {} : { decimals: parameter.decimals }),
      bands: (parameter.bands?.list ?? []).map(({ upTo, label }, position, all) => ({
        from: all[position - 1]?.upTo ?? parameter.min,
        to: upTo,
        label,
      })),
      ...placed,
      references: courses.map(({ line }) => line),
      arms: summary.arms.map(arm => ({
        code: arm.arm,
        points: arm.visits
          .slice(0, reached.length)
          .map(({ n, nImputed, mean, ciLower, ciUpper, q10, q1, q3, q90 }) => ({
            ...{ n: n + nImputed, mean, ciLower, ciUpper },
            quantiles: { q10, q25: q1, q75: q3, q90 },
          })),
        lines: lines
          .filter(line => line.arm === arm.arm)
          .map(line => ({
            values: line.points.slice(0, reached.length).map(point => point.value),
            // In a masked view a second dose could tell the arm of a line.
            doseAfter:
              view.isPooled || line.doseAfterVisit === null ? null : visits.indexOf(line.doseAfterVisit),
          })),
        ...describeCrowd(
          crowds.find(crowd => crowd.arm === arm.arm),
          reached.length,
        ),
      })),
    }
    const title = `${parameter.label} (${describeScale(parameter)})`
    return [
      {
        ...{ parameter: parameter.code, title, data, courses },
        description: describePanel(view, data, parameter.decimals),
      },
    ]
  })
}

/** Participants without lines, over the first visits. */
function describeCrowd(crowd: TrajectoryCrowd | undefined, visits: number): Pick<TrajectoryArm, 'crowd'> {
  if (!crowd) return {}
  const values = crowd.points
    .slice(0, visits)
    .flatMap(({ lowest, highest }) => (lowest === null || highest === null ? [] : [lowest, highest]))
  const [lowest, highest] = values.length === 0 ? [null, null] : [Math.min(...values), Math.max(...values)]
  return { crowd: { count: crowd.count, lowest, highest } }
}

/** The scale with its unit; the unit alone where the scale has no end of its own. */
function describeScale({ label, min, max, maxIsLimit, unit, decimals = 1 }: Parameter): string {
  if (maxIsLimit) return unit
  const range = `${formatMean(min, decimals).replace(/\.0+$/, '')} to ${formatValue(max)}`
  return unit === '%' || label.endsWith(unit) ? range : `${range} ${unit}`
}

/** Visits on the true time axis; the one baseline visit is named, the others carry their number. */
function placeVisits(view: CohortView, codes: readonly string[]) {
  const { protocol } = view
  const unit = deriveTimeUnit(protocol)
  const baselines = protocol.baseline.visits.filter(code => codes.includes(code))
  const visits = codes.flatMap(code => {
    const plan = protocol.visits.find(visit => visit.code === code)
    if (!plan) return []
    const time = computeTime(plan.target, unit)
    const isBaseline = baselines.length === 1 && baselines[0] === code
    return [{ code, time, label: isBaseline ? 'BL' : formatValue(time) }]
  })
  const last = Math.max(...visits.map(visit => visit.time))
  const rules = protocol.treatments
    .flatMap(({ optional, notBefore }) => (optional && notBefore ? [computeTime(notBefore, unit)] : []))
    .filter(time => time <= last)
  return { visits, timeUnit: unit, rules }
}

function describePanel(view: CohortView, { arms, visits }: TrajectoryChartData, decimals = 1): string {
  const each = arms.map(arm => {
    const values = arm.points.map(({ mean, n }, index) => {
      const visit = nameVisit(view, visits[index]?.code ?? '')
      return mean === null ? `${visit} no values` : `${visit} ${formatMean(mean, decimals)} (n ${n})`
    })
    return `${arms.length > 1 ? `${arm.code}: ` : ''}mean ${values.join(', ')}.`
  })
  return each.join(' ')
}
