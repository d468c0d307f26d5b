import Link from 'next/link'
import { DeviationOffers } from '@/app/_ui/deviation-offers'
import { Refusal } from '@/app/_ui/refusal'
import { ScrollBox } from '@/app/_ui/scroll-box'
import { DEVIATION_CLASSES, DEVIATION_KINDS } from '@/lib/domain/logs/deviations'
import { DeviationQuery } from '@/lib/schemas/deviations'
import { pageContext } from '@/lib/server/auth'
import { type DeviationLog, readDeviations } from '@/lib/server/deviations'

interface Props {
  params: Promise<{ study: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props) {
  return { title: `Deviations · ${(await params).study}` }
}

export default async function DeviationsPage({ params, searchParams }: Props) {
  const { study } = await params
  const path = `/studies/${study}/deviations`
  const query = DeviationQuery.parse(await searchParams)
  const ctx = await pageContext(path)
  const read = readDeviations(ctx, { study, ...query })
  if (!read.ok) return <Refusal error={read.error} />
  const log = read.value
  return (
    <>
      <div className="head">
        <div>
          <div className="tline">
            <h1>Deviations</h1>
            {log.locked && <span className="chip">Locked</span>}
          </div>
          <p>{log.total === 1 ? '1 entry' : `${log.total} entries`}, latest first</p>
        </div>
      </div>
      <Filters path={path} query={query} />
      {log.total === 0 ? <p className="mt-4">No entry fits.</p> : <Entries study={study} log={log} />}
      <Pages path={path} query={query} log={log} />
      <DeviationOffers study={study} offers={log.offers} />
    </>
  )
}

function Filters({ path, query }: { path: string; query: DeviationQuery }) {
  return (
    <form className="filters" method="get" action={path}>
      <Filter name="kind" label="Kind" value={query.kind} options={DEVIATION_KINDS} />
      <Filter name="class" label="Class" value={query.class} options={DEVIATION_CLASSES} />
      <Filter name="reported" label="Reported to ethics" value={query.reported} options={REPORTED} />
      <button type="submit" className="btn">
        Show
      </button>
      <Link href={path} prefetch={false}>
        All
      </Link>
    </form>
  )
}

const REPORTED = [
  { code: 'yes', label: 'Yes' },
  { code: 'no', label: 'No' },
] as const

function Filter(props: {
  name: string
  label: string
  value: string | undefined
  options: readonly { readonly code: string; readonly label: string }[]
}) {
  return (
    <label>
      {props.label}{' '}
      <select name={props.name} defaultValue={props.value ?? ''}>
        <option value="">Any</option>
        {props.options.map(({ code, label }) => (
          <option key={code} value={code}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}

function Entries({ study, log }: { study: string; log: DeviationLog }) {
  const logOf = (number: string) =>
    `/studies/${study}/participants/${encodeURIComponent(number)}/logs/deviations`
  return (
    <ScrollBox label="Deviations" className="mt-4">
      <table className="hov min-w-180">
        <thead>
          <tr>
            <th scope="col">Participant</th>
            <th scope="col">Date</th>
            <th scope="col">Kind</th>
            <th scope="col">Class</th>
            <th scope="col">Description</th>
            <th scope="col">Reported to ethics</th>
          </tr>
        </thead>
        <tbody>
          {log.entries.map(entry => (
            <tr key={entry.id}>
              <td className="whitespace-nowrap">
                <Link href={logOf(entry.number)} prefetch={false}>
                  {entry.number}
                </Link>
              </td>
              <td className="whitespace-nowrap">{entry.date}</td>
              <td>{entry.kind}</td>
              <td>{entry.class}</td>
              <td>
                <Link href={`${logOf(entry.number)}/${entry.id}`} prefetch={false}>
                  {entry.text}
                </Link>
              </td>
              <td className="whitespace-nowrap">{entry.reported ?? 'No'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function Pages({ path, query, log }: { path: string; query: DeviationQuery; log: DeviationLog }) {
  if (log.pages === 1) return null
  const { page: _, ...filter } = query
  const hrefOf = (target: number) => {
    const kept = Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : []))
    return `${path}?${new URLSearchParams([...kept, ['page', String(target)]])}`
  }
  return (
    <nav aria-label="Pages" className="mt-3 flex flex-wrap items-center gap-3">
      {log.page > 1 && (
        <Link className="btn sm" href={hrefOf(log.page - 1)} prefetch={false}>
          Newer
        </Link>
      )}
      <span className="ink3">
        Page {log.page} of {log.pages}
      </span>
      {log.page < log.pages && (
        <Link className="btn sm" href={hrefOf(log.page + 1)} prefetch={false}>
          Older
        </Link>
      )}
    </nav>
  )
}
