import Link from 'next/link'
import { Refusal } from '@/app/_ui/refusal'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import { ParticipantList, type ParticipantListInput } from '@/lib/schemas/participants'
import { pageContext } from '@/lib/server/auth'
import { listParticipants } from '@/lib/server/participant-list'
import { ParticipantFilters } from './_components/participant-filters'
import { ParticipantTable } from './_components/participant-table'
import { VisitKey } from './_components/visit-strip'

interface Props {
  params: Promise<{ study: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props) {
  return { title: `Participants · ${(await params).study}` }
}

export default async function ParticipantsPage({ params, searchParams }: Props) {
  const { study } = await params
  const path = `/studies/${study}/participants`
  const ctx = await pageContext(path)
  const query = ParticipantList.parse(await searchParams)
  const listed = listParticipants(ctx, study, query)
  if (!listed.ok) return <Refusal error={listed.error} />
  const { rows, total, pageSize, sites, parameter, hasTreatments, mayRegister, study: about } = listed.value
  const isFiltered = query.q !== '' || query.site !== '' || query.status !== null || query.overdue
  return (
    <>
      <div className="head">
        <div>
          <div className="tline">
            <h1>Participants</h1>
            {about.locked && <span className="chip">Locked</span>}
            {about.synthetic && <SyntheticBadge />}
          </div>
          <p>{describeCount(rows.length, total, isFiltered)}</p>
        </div>
        {mayRegister && (
          <div className="acts">
            <Link className="btn pri" href={`${path}/register`} prefetch={false}>
              Register participant
            </Link>
          </div>
        )}
      </div>
      <ParticipantFilters path={path} query={query} sites={sites} />
      {rows.length > 0 && (
        <>
          <VisitKey names={[]} />
          <ParticipantTable
            path={path}
            rows={rows}
            rowCount={total}
            state={{ sort: query.sort, descending: query.dir === 'desc', page: query.page, pageSize }}
            params={addressOf(query)}
            parameter={parameter}
            hasTreatments={hasTreatments}
          />
          {parameter && (
            <p className="note" style={{ marginTop: 10 }}>
              First → last: {parameter.label.toLowerCase()} at baseline and as last entered. Better: percent
              improvement from baseline at that visit, positive is better; visits differ between rows, so the
              column is not a result.
            </p>
          )}
        </>
      )}
      {rows.length === 0 && (
        <p className="mt-6">
          {isFiltered || query.page > 1 ? (
            <>
              No participant fits.{' '}
              <Link href={path} prefetch={false} className="underline">
                Show all
              </Link>
            </>
          ) : (
            'No participant is registered yet.'
          )}
        </p>
      )}
    </>
  )
}

function describeCount(shown: number, total: number, isFiltered: boolean): string {
  const people = total === 1 ? '1 participant' : `${total} participants`
  return shown < total ? `${shown} of ${people} shown` : isFiltered ? `${people} found` : people
}

/** What the address keeps when sorting or paging changes; defaults are left out. */
function addressOf(query: ParticipantListInput): Record<string, string> {
  return {
    ...(query.q && { q: query.q }),
    ...(query.site && { site: query.site }),
    ...(query.status && { status: query.status }),
    ...(query.overdue && { overdue: '1' }),
    sort: query.sort,
    dir: query.dir,
  }
}
