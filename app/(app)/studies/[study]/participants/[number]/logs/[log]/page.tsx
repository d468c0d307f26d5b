import Link from 'next/link'
import { DeviationOffers } from '@/app/_ui/deviation-offers'
import { Refusal } from '@/app/_ui/refusal'
import { RunningClocks } from '@/app/_ui/running-clocks'
import { deviations } from '@/lib/domain/logs/deviations'
import { interventions } from '@/lib/domain/logs/interventions'
import { medications } from '@/lib/domain/logs/medications'
import type { LogView } from '@/lib/schemas/log-view'
import { listParticipantClocks } from '@/lib/server/adverse-events'
import { pageContext } from '@/lib/server/auth'
import type { Ctx } from '@/lib/server/context'
import { readDeviationOffers } from '@/lib/server/deviations'
import { readLog } from '@/lib/server/logs-read'
import { readMedicationFacts } from '@/lib/server/medication'
import { AnalgesicCourse, Rescues } from '../../_components/medication-facts'
import { LogCrumbs } from '../_components/log-crumbs'

interface Props {
  params: Promise<{ study: string; number: string; log: string }>
}

export async function generateMetadata({ params }: Props) {
  const { study, number, log } = await params
  return { title: `${log} of ${decodeURIComponent(number)} · ${study}` }
}

export default async function LogPage({ params }: Props) {
  const { study, number: encoded, log } = await params
  const number = decodeURIComponent(encoded)
  const path = `/studies/${study}/participants/${encoded}/logs/${log}`
  const ctx = await pageContext(path)
  const read = readLog(ctx, { study, number, log })
  if (!read.ok) return <Refusal error={read.error} />
  const view = read.value
  const count = view.entries.length
  return (
    <>
      <LogCrumbs study={study} number={number} here={view.log.name} />
      <div className="head">
        <div>
          <div className="tline">
            <h1>{view.log.name}</h1>
            {view.study.locked && <span className="chip">Locked</span>}
          </div>
          <p>
            {number}, {count === 1 ? '1 entry' : `${count} entries`}
          </p>
        </div>
        {view.mayAdd && (
          <div className="acts">
            <Link className="btn pri" href={`${path}/new`} prefetch={false}>
              Add {view.log.one}
            </Link>
          </div>
        )}
      </div>
      {log === 'adverse-events' && (
        <RunningClocks base={`/studies/${study}`} clocks={listParticipantClocks(ctx, study, number)} />
      )}
      {view.log.note && <p className="note">{view.log.note}</p>}
      {count === 0 ? <p className="mt-4">None recorded.</p> : <Entries path={path} view={view} />}
      <Offers ctx={ctx} view={view} />
      <Derived ctx={ctx} view={view} />
      <Voided path={path} view={view} />
    </>
  )
}

/** What follows from medication and interventions stands beside them, since it is never typed. */
function Derived({ ctx, view }: { ctx: Ctx; view: LogView }) {
  const { path } = view.log
  if (path !== medications.path && path !== interventions.path) return null
  const facts = readMedicationFacts(ctx, { study: view.study.code, number: view.number })
  if (!facts.ok) return null
  return path === medications.path ? <AnalgesicCourse {...facts.value} /> : <Rescues {...facts.value} />
}

/** Only deviations follow from the schedule. */
function Offers({ ctx, view }: { ctx: Ctx; view: LogView }) {
  if (view.log.path !== deviations.path) return null
  const offers = readDeviationOffers(ctx, { study: view.study.code, number: view.number })
  return offers.ok && <DeviationOffers study={view.study.code} offers={offers.value} />
}

function Entries({ path, view }: { path: string; view: LogView }) {
  return (
    <table className="hov mt-4">
      <caption className="vh">
        {view.log.name} of {view.number}
      </caption>
      <thead>
        <tr>
          <th scope="col" className="w-50">
            Date
          </th>
          <th scope="col">Entry</th>
          <th scope="col" className="num">
            No.
          </th>
        </tr>
      </thead>
      <tbody>
        {view.entries.map(entry => (
          <tr key={entry.id}>
            <td className="whitespace-nowrap">{entry.date || '–'}</td>
            <td>
              <Link href={`${path}/${entry.id}`} prefetch={false}>
                {entry.text || `Entry ${entry.entry}`}
              </Link>
            </td>
            <td className="num">{entry.entry}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Voided({ path, view }: { path: string; view: LogView }) {
  const { voided } = view
  if (voided.length === 0) return null
  return (
    <details className="mt-4">
      <summary className="ink3">
        {voided.length === 1 ? '1 voided entry' : `${voided.length} voided entries`}
      </summary>
      <ul className="lines pt-2">
        {voided.map(entry => (
          <li key={entry.id}>
            <Link href={`${path}/${entry.id}`} prefetch={false}>
              {entry.text || `Entry ${entry.entry}`}
            </Link>
            <span className="ink3">
              {entry.date && `${entry.date}; `}voided: {entry.reason}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
