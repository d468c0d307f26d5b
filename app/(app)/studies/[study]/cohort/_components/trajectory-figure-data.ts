import type { TrajectoryChartData } from '@/app/_ui/charts/trajectory-chart-data'
import { computeTime, deriveTimeUnit } from '@/lib/domain/outcomes/report-visits'
import { formatMean, formatValue } from '@/lib/format/numbers'
import { type CohortView, isReached, listParameters, nameVisit } from './cohort-view'

/** One panel of the trajectories figure. */
export interface TrajectoryPanel {
  readonly parameter: string
  readonly title: string
  readonly data: TrajectoryChartData
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
    const lines = view.trajectories[index]?.lines ?? []
    const data: TrajectoryChartData = {
      label: parameter.label,
      min: parameter.min,
      max: parameter.max,
      ...(parameter.decimals === undefined ? {} : { decimals: parameter.decimals }),
      bands: (parameter.bands?.list ?? []).map(({ upTo, label }, position, all) => ({
        from: all[position - 1]?.upTo ?? parameter.min,
        to: upTo,
        label,
      })),
      ...placeVisits(view, reached),
      arms: summary.arms.map(arm => ({
        code: arm.arm,
        points: arm.visits
          .slice(0, reached.length)
          .map(({ n, mean, ciLower, ciUpper }) => ({ n, mean, ciLower, ciUpper })),
        lines: lines
          .filter(line => line.arm === arm.arm)
          .map(line => ({
            values: line.points.slice(0, reached.length).map(point => point.value),
            // In a masked view a second dose could tell the arm of a line.
            doseAfter:
              view.isPooled || line.doseAfterVisit === null ? null : visits.indexOf(line.doseAfterVisit),
          })),
      })),
    }
    const range = `${formatMean(parameter.min, parameter.decimals ?? 1).replace(/\.0+$/, '')} to ${formatValue(parameter.max)}${parameter.unit === '%' ? '' : ` ${parameter.unit}`}`
    const title = `${parameter.label} (${range})`
    return [
      { parameter: parameter.code, title, data, description: describePanel(view, data, parameter.decimals) },
    ]
  })
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
