import type { Metadata } from 'next'
import Link from 'next/link'
import { Refusal } from '@/app/_ui/refusal'
import { TrailFilters } from '@/app/_ui/trail-filters'
import { TrailPages } from '@/app/_ui/trail-pages'
import { TrailTable } from '@/app/_ui/trail-table'
import { TrailQuery } from '@/lib/schemas/audit-trail'
import { readTrail } from '@/lib/server/audit-trail'
import { pageContext } from '@/lib/server/auth'

export const metadata: Metadata = { title: 'Audit trail' }

export default async function AuditPage(props: {
  params: Promise<{ study: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const { study } = await props.params
  const query = TrailQuery.parse(await props.searchParams)
  const path = `/studies/${study}/audit`
  const ctx = await pageContext(path)
  const trail = readTrail(ctx, { ...query, study })
  if (!trail.ok) return <Refusal error={trail.error} />
  const { protocol, entries, total, page, pages, actors, acts, mayReadUse } = trail.value
  const { page: _, source, ...filter } = query
  const isUse = source === 'use'
  return (
    <>
      <header className="head">
        <div>
          <h1>Audit trail</h1>
          <p>
            {total} {isUse ? 'looks by arm, exports and imports' : 'entries'}, newest first. Nothing here can
            be changed or removed. Times are UTC.
          </p>
        </div>
      </header>
      {mayReadUse && (
        <p className="lk">
          <Link href={path} prefetch={false} aria-current={isUse ? undefined : 'page'}>
            Records
          </Link>{' '}
          <Link href={`${path}?source=use`} prefetch={false} aria-current={isUse ? 'page' : undefined}>
            Reads and exports
          </Link>
        </p>
      )}
      <TrailFilters
        filter={filter}
        actors={actors}
        acts={acts}
        ofRecords={!isUse}
        {...(isUse ? { source } : {})}
      />
      {entries.length === 0 ? (
        <p>No entry fits these filters.</p>
      ) : (
        <TrailTable entries={entries} study={{ code: study, protocol }} />
      )}
      <TrailPages path={path} kept={{ ...filter, ...(isUse ? { source } : {}) }} page={page} pages={pages} />
    </>
  )
}
