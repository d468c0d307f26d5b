import { ScrollBox } from '@/app/_ui/scroll-box'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import type { KnownResult, ResultShift } from '@/lib/domain/knowledge/result-shifts'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { formatVisitName } from '@/lib/domain/protocol/unscheduled'
import { formatCount, formatDecimal, formatMean, formatPercent, formatValue } from '@/lib/format/numbers'
import type { KnownSince } from '@/lib/schemas/since-view'
import { mapParameters } from './parameters'

const METHODS: Readonly<Record<string, string>> = {
  nonResponderImputation: 'of all expected, missing as not met',
  observedCases: 'of observed cases',
}

type Measure = ResultShift['measure']

/** Main results then and now, side by side. */
export function ResultShifts(props: { study: string; protocol: Protocol; since: KnownSince }) {
  const { study, protocol, since } = props
  const { shifts } = since
  const parameters = mapParameters(protocol)
  return (
    <section className="mt-4">
      <h2>Results that moved</h2>
      <p className="ink3">
        Mean change from baseline, observed cases, responder rates, and who is worse by at least the minimal
        important change, of observed cases{protocol.arms.length > 1 && ', all arms together'}. Both states
        are computed by the same rules. Rates differ by percentage points.
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
                <th scope="col">Participants behind it</th>
              </tr>
            </thead>
            <tbody>
              {shifts.map(shift => (
                <Row
                  key={keyOf(shift)}
                  {...{ protocol, shift }}
                  address={addressOf(study, since, shift)}
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

/** The same number explained between the two states; where no entry lies between them, as it is now. */
function addressOf(study: string, { from, to }: KnownSince, { parameter, visit, measure }: ResultShift) {
  const about = new URLSearchParams({ parameter, visit })
  if (measure.kind === 'responders') about.set('rule', measure.code)
  if (from.seq < to.seq) {
    about.set('from', String(from.seq))
    about.set('to', String(to.seq))
  }
  return `/studies/${study}/cohort/explain?${about}`
}

interface RowProps {
  readonly protocol: Protocol
  readonly shift: ResultShift
  readonly parameter: Parameter | undefined
  readonly address: string
}

function Row({ protocol, shift, parameter, address }: RowProps) {
  const { measure, before, now, difference } = shift
  const scale = parameter?.label ?? shift.parameter
  const visit = formatVisitName(protocol, shift.visit)
  const name = nameMeasure(protocol, shift)
  return (
    <tr>
      <td>{scale}</td>
      <td>{visit}</td>
      <td>{name}</td>
      <td className="num whitespace-nowrap">{tell(before, measure, parameter)}</td>
      <td className="num whitespace-nowrap">{tell(now, measure, parameter)}</td>
      <td className="num whitespace-nowrap">
        {difference === null ? '–' : tellDifference(difference, measure, parameter)}
      </td>
      <td>
        <a href={address} aria-label={`Explain ${scale}, ${visit}: ${name}`}>
          Explain
        </a>
      </td>
    </tr>
  )
}

function nameMeasure(protocol: Protocol, { measure, unit }: ResultShift): string {
  if (measure.kind === 'meanChange') return 'Mean change'
  // A change of a percentage scale is in points, lest it be read as a percentage of baseline.
  if (measure.kind === 'worse')
    return `Worse by at least ${formatValue(measure.threshold)} ${unit === '%' ? 'points' : unit}`
  const rule = protocol.responders.find(({ code }) => code === measure.code)
  return `${rule?.label ?? measure.code}, ${METHODS[measure.method] ?? measure.method}`
}

function tell({ value, n }: KnownResult, { kind }: Measure, parameter: Parameter | undefined): string {
  if (value === null) return `none (n ${n ?? 0})`
  if (kind === 'worse') return formatCount(value, n ?? 0)
  const text = kind === 'meanChange' ? formatMean(value, parameter?.decimals) : formatPercent(value)
  return `${text} (n ${n ?? 0})`
}

function tellDifference(difference: number, { kind }: Measure, parameter: Parameter | undefined): string {
  if (kind === 'meanChange') return formatMean(difference, parameter?.decimals)
  return kind === 'worse' ? formatDecimal(difference, 0) : `${formatDecimal(difference * 100, 0)} points`
}
