import { ScrollBox } from '@/app/_ui/scroll-box'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import type { KnownResult, ResultShift } from '@/lib/domain/knowledge/result-shifts'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { formatVisitName } from '@/lib/domain/protocol/unscheduled'
import { formatDecimal, formatMean, formatPercent } from '@/lib/format/numbers'
import type { KnownSince } from '@/lib/schemas/since-view'
import { mapParameters } from './parameters'

const METHODS: Readonly<Record<string, string>> = {
  nonResponderImputation: 'of all expected, missing as not met',
  observedCases: 'of observed cases',
}

/** Main results then and now, side by side. */
export function ResultShifts({ protocol, since }: { protocol: Protocol; since: KnownSince }) {
  const { shifts } = since
  const parameters = mapParameters(protocol)
  return (
    <section className="mt-4">
      <h2>Results that moved</h2>
      <p className="ink3">
        Mean change from baseline, observed cases, and responder rates
        {protocol.arms.length > 1 && ', all arms together'}. Both states are computed by the same rules. Rates
        differ by percentage points.
      </p>
      {shifts.length === 0 ? (
        <p className="mt-2">No main result moved.</p>
      ) : (
        <ScrollBox label="Results that moved" className="mt-2">
          <table className="hov min-w-180">
            <thead>
              <tr>
                <th scope="col">Scale</th>
                <th scope="col">Visit</th>
                <th scope="col">Result</th>
                <th scope="col" className="num">
                  Before
                </th>
                <th scope="col" className="num">
                  Now
                </th>
                <th scope="col" className="num">
                  Difference
                </th>
              </tr>
            </thead>
            <tbody>
              {shifts.map(shift => (
                <Row
                  key={keyOf(shift)}
                  {...{ protocol, shift }}
                  parameter={parameters.get(shift.parameter)}
                />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </section>
  )
}

const keyOf = ({ parameter, arm, visit, measure }: ResultShift) =>
  [parameter, arm, visit, ...Object.values(measure)].join(' ')

function Row(props: { protocol: Protocol; shift: ResultShift; parameter: Parameter | undefined }) {
  const { protocol, shift, parameter } = props
  const { measure, before, now, difference } = shift
  const isMean = measure.kind === 'meanChange'
  const show = (value: number) => (isMean ? formatMean(value, parameter?.decimals) : formatPercent(value))
  const rule = isMean ? undefined : protocol.responders.find(({ code }) => code === measure.code)
  const name = isMean
    ? 'Mean change'
    : `${rule?.label ?? measure.code}, ${METHODS[measure.method] ?? measure.method}`
  const points = (value: number) => (isMean ? show(value) : `${formatDecimal(value * 100, 0)} points`)
  return (
    <tr>
      <td>{parameter?.label ?? shift.parameter}</td>
      <td>{formatVisitName(protocol, shift.visit)}</td>
      <td>{name}</td>
      <td className="num whitespace-nowrap">{tell(before, show)}</td>
      <td className="num whitespace-nowrap">{tell(now, show)}</td>
      <td className="num whitespace-nowrap">{difference === null ? '–' : points(difference)}</td>
    </tr>
  )
}

function tell({ value, n }: KnownResult, show: (value: number) => string): string {
  return `${value === null ? 'none' : show(value)} (n ${n ?? 0})`
}
