import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { TrailFilters } from '@/app/_ui/trail-filters'
import { TrailPages } from '@/app/_ui/trail-pages'
import { TrailTable } from '@/app/_ui/trail-table'
import { TrailQuery } from '@/lib/schemas/audit-trail'
import { readSystemTrail } from '@/lib/server/audit-trail'
import { pageContext } from '@/lib/server/auth'

export const metadata: Metadata = { title: 'Audit trail of the system' }

const PATH = '/users/audit'

export default async function SystemAuditPage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const query = TrailQuery.parse(await props.searchParams)
  const ctx = await pageContext(PATH)
  const trail = readSystemTrail(ctx, query)
  if (!trail.ok) notFound()
  const { entries, total, page, pages, actors, acts } = trail.value
  const { actor, act, from, to } = query
  const filter = { actor, act, from, to }
  return (
    <>
      <p className="crumb">
        <Link href="/users" prefetch={false}>
          Users and sites
        </Link>{' '}
        / Audit trail
      </p>
      <header className="head">
        <div>
          <h1>Audit trail of the system</h1>
          <p>
            {total} entries, newest first: sign-ins, accounts and roles, looks by arm, exports, imports and
            backups. Nothing here can be changed or removed. Times are UTC.
          </p>
        </div>
      </header>
      <TrailFilters filter={filter} actors={actors} acts={acts} ofRecords={false} />
      {entries.length === 0 ? (
        <p>No entry fits these filters.</p>
      ) : (
        <TrailTable entries={entries} study={null} />
      )}
      <TrailPages path={PATH} kept={filter} page={page} pages={pages} />
    </>
  )
}
