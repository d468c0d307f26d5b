import Link from 'next/link'
import { Refusal } from '@/app/_ui/refusal'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import { SafetyList, type SafetyListInput } from '@/lib/schemas/event-reports'
import { pageContext } from '@/lib/server/auth'
import { readSafety } from '@/lib/server/safety'
import { SafetyFilters } from './_components/safety-filters'
import { SafetyTable } from './_components/safety-table'

interface Props {
  params: Promise<{ study: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props) {
  return { title: `Safety · ${(await params).study}` }
}

export default async function SafetyPage({ params, searchParams }: Props) {
  const { study } = await params
  const base = `/studies/${study}`
  const path = `${base}/safety`
  const ctx = await pageContext(path)
  const query = SafetyList.parse(await searchParams)
  const read = readSafety(ctx, study, query)
  if (!read.ok) return <Refusal error={read.error} />
  const { counts, events, found, total, sites } = read.value
  const isFiltered = Object.keys(addressOf(query)).length > 0
  return (
    <>
      <div className="head">
        <div>
          <div className="tline">
            <h1>Safety</h1>
            {read.value.study.locked && <span className="chip">Locked</span>}
            {read.value.study.synthetic && <SyntheticBadge />}
          </div>
          <p>
            {total === 1 ? '1 adverse event' : `${total} adverse events`}
            {sites.length > 1 ? ` at ${sites.length} sites` : ''}
            {isFiltered && `, ${found} shown by the filters`}
          </p>
        </div>
      </div>
      <nav className="jump" aria-label="Counts">
        <Count href={`${path}?serious=1`} n={counts.serious} label="Serious" />
        <Count href={`${path}?open=1`} n={counts.open} label="To be reported" tone="t-danger" />
        <Count href={`${path}?open=1`} n={counts.late} label="Reports late" tone="t-danger" />
        <Count href={`${path}?judge=1`} n={counts.toJudge} label="To be judged" />
      </nav>
      {counts.unlisted > 0 && (
        <p className="formmsg" role="note">
          {counts.unlisted === 1 ? '1 report is' : `${counts.unlisted} reports are`} due of participants who
          asked for no further use of data: their events are not listed.{' '}
          <Link href={`${base}/worklist#clocks`} prefetch={false}>
            Worklist
          </Link>
        </p>
      )}
      <SafetyFilters path={path} query={query} sites={sites} />
      {events.length > 0 ? (
        <SafetyTable base={base} view={read.value} page={query.page} path={path} params={addressOf(query)} />
      ) : (
        <p className="empty">
          {isFiltered || query.page > 1 ? (
            <>
              No event fits.{' '}
              <Link href={path} prefetch={false}>
                Show all
              </Link>
            </>
          ) : (
            'No adverse event is recorded.'
          )}
        </p>
      )}
      <p className="note" style={{ marginTop: 10 }}>
        Treatment-emergent: began on or after the first study procedure, harvest or dose; a partial date
        counts by its earliest day. Grade is severity (CTCAE), which is not seriousness. Relation is judged by
        the investigator; expectedness is the sponsor’s assessment, recorded by the data manager.
      </p>
    </>
  )
}

function Count(props: { href: string; n: number; label: string; tone?: string }) {
  return (
    <Link href={props.href} prefetch={false}>
      <b className={props.n > 0 ? props.tone : undefined}>{props.n}</b>
      <span>{props.label}</span>
    </Link>
  )
}

/** What the address keeps when the page changes; defaults are left out. */
function addressOf(query: SafetyListInput): Record<string, string> {
  return {
    ...(query.site && { site: query.site }),
    ...(query.grade && { grade: query.grade }),
    ...(query.serious && { serious: '1' }),
    ...(query.open && { open: '1' }),
    ...(query.judge && { judge: '1' }),
  }
}
