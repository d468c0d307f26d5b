import type { Metadata } from 'next'
import Link from 'next/link'
import { Refusal } from '@/app/_ui/refusal'
import { readTrail } from '@/lib/server/audit-trail'
import { pageContext } from '@/lib/server/auth'
import { TrailFilters } from './_components/trail-filters'
import { TrailTable } from './_components/trail-table'

export const metadata: Metadata = { title: 'Audit trail' }

type Search = Partial<Record<'subject' | 'visit' | 'form' | 'actor' | 'act' | 'from' | 'to' | 'page', string>>

export default async function AuditPage(props: {
  params: Promise<{ study: string }>
  searchParams: Promise<Search>
}) {
  const { study } = await props.params
  const { page = '1', ...filter } = await props.searchParams
  const path = `/studies/${study}/audit`
  const ctx = await pageContext(path)
  const trail = readTrail(ctx, { study, filter, page: Number.parseInt(page, 10) || 1 })
  if (!trail.ok) return <Refusal error={trail.error} />
  const { protocol, entries, total, pages, actors, acts } = trail.value
  const at = (number: number) => `${path}?${new URLSearchParams({ ...filter, page: String(number) })}`
  return (
    <>
      <header className="head">
        <div>
          <h1>Audit trail</h1>
          <p>{total} entries, newest first. Nothing here can be changed or removed. Times are UTC.</p>
        </div>
      </header>
      <TrailFilters filter={filter} actors={actors} acts={acts} />
      {entries.length === 0 ? (
        <p>No entry fits these filters.</p>
      ) : (
        <TrailTable entries={entries} study={study} protocol={protocol} />
      )}
      <nav className="lk" aria-label="Pages of the trail">
        {trail.value.page > 1 && (
          <Link href={at(trail.value.page - 1)} prefetch={false}>
            Newer
          </Link>
        )}{' '}
        Page {trail.value.page} of {pages}{' '}
        {trail.value.page < pages && (
          <Link href={at(trail.value.page + 1)} prefetch={false}>
            Older
          </Link>
        )}
      </nav>
    </>
  )
}
