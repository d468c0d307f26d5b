import Link from 'next/link'
import { ScrollBox } from '@/app/_ui/scroll-box'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import type { WorseThan } from '@/lib/domain/knowledge/worsened'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { formatVisitName } from '@/lib/domain/protocol/unscheduled'
import { formatScore } from '@/lib/format/scores'
import type { KnownSince, ToldWorsened } from '@/lib/schemas/since-view'
import { mapParameters } from './parameters'

/** Who is worse by at least the minimal important change, as plainly as results are told. */
export function WorsenedTable(props: { study: string; protocol: Protocol; since: KnownSince }) {
  const { study, protocol, since } = props
  const { worsened, othersWorsened } = since
  const parameters = mapParameters(protocol)
  return (
    <section className="mt-4">
      <h2>Who got worse</h2>
      <p className="ink3">
        By at least the minimal important change of the scale, against baseline or the visit before.
      </p>
      {worsened.length === 0 && othersWorsened === 0 && <p className="mt-2">Nobody, as far as is known.</p>}
      {worsened.length > 0 && (
        <ScrollBox label="Who got worse" className="mt-2">
          <table className="hov min-w-180">
            <thead>
              <tr>
                <th scope="col">Participant</th>
                <th scope="col">Scale</th>
                <th scope="col">Visit</th>
                <th scope="col" className="num">
                  Value
                </th>
                <th scope="col">Worse than at</th>
                <th scope="col" className="num">
                  Threshold
                </th>
              </tr>
            </thead>
            <tbody>
              {worsened.map(worse => (
                <Row
                  key={keyOf(worse)}
                  {...{ study, protocol, worse }}
                  parameter={parameters.get(worse.parameter)}
                />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {othersWorsened > 0 && (
        <p className="mt-2 ink3">
          {othersWorsened} {othersWorsened === 1 ? 'participant' : 'participants'} whom you may not open got
          worse
          {worsened.length > 0 ? ' as well' : ''}.
        </p>
      )}
    </section>
  )
}

const keyOf = ({ subject, parameter, visit }: ToldWorsened) => `${subject} ${parameter} ${visit}`

function Row(props: {
  study: string
  protocol: Protocol
  worse: ToldWorsened
  parameter: Parameter | undefined
}) {
  const { study, protocol, worse, parameter } = props
  const { subject, visit, value, threshold, thanBaseline, thanPrevious } = worse
  const page = `/studies/${study}/participants/${encodeURIComponent(subject)}/visits/${encodeURIComponent(visit)}`
  const show = (score: number) => (parameter ? formatScore(parameter, score) : String(score))
  const tell = ({ visit: earlier, value: was }: WorseThan) =>
    `${earlier === null ? 'baseline' : formatVisitName(protocol, earlier)} (${show(was)})`
  const than = [thanBaseline, thanPrevious].flatMap(one => (one ? [tell(one)] : []))
  return (
    <tr>
      <td className="whitespace-nowrap">
        <Link href={page} prefetch={false}>
          {subject}
        </Link>
      </td>
      <td>{parameter?.label ?? worse.parameter}</td>
      <td>{formatVisitName(protocol, visit)}</td>
      <td className="num">{show(value)}</td>
      <td>{than.join(' and ')}</td>
      <td className="num">{show(threshold)}</td>
    </tr>
  )
}
