import { ScrollBox } from '@/app/_ui/scroll-box'
import { findInstrument } from '@/lib/domain/instruments/registry'
import type { Protocol, VisitPlan } from '@/lib/domain/protocol/protocol'
import { formatOffset } from '@/lib/format/protocol'

/** Every visit with its target, window and forms. */
export function ScheduleTable({ protocol }: { protocol: Protocol }) {
  return (
    <section className="fsec">
      <h2>Visits</h2>
      <ScrollBox label="Schedule of visits">
        <table className="min-w-160">
          <thead>
            <tr>
              <th scope="col">Visit</th>
              <th scope="col">Target</th>
              <th scope="col">Window</th>
              <th scope="col">Forms</th>
            </tr>
          </thead>
          <tbody>
            {protocol.visits.map(visit => (
              <tr key={visit.code}>
                <th scope="row">
                  <span className="ink3">{visit.code}</span> {visit.name}
                  {visit.sinceVersion && <span className="ink3"> since version {visit.sinceVersion}</span>}
                </th>
                <td className="nw">{formatOffset(visit.target)}</td>
                <td className="nw">
                  −{visit.window.beforeDays} to +{visit.window.afterDays} days
                </td>
                <td>{listForms(protocol, visit)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p className="note">Targets count from day zero.</p>
      <p className="mt-1">
        <a className="inline-block leading-6" href={`/studies/${protocol.study.code}/instruments`}>
          Instruments: what is entered, and how it is scored
        </a>
      </p>
    </section>
  )
}

function listForms(protocol: Protocol, visit: VisitPlan): string {
  const instruments = visit.instruments.map(code => findInstrument(code)?.name ?? code)
  const forms = visit.forms.map(code => protocol.forms.find(form => form.code === code)?.label ?? code)
  return [...instruments, ...forms].join(', ') || '–'
}
