import type { Metadata } from 'next'
import { headers } from 'next/headers'
import Link from 'next/link'
import { isPrefetch } from '@/app/_ui/downloads'
import { Refusal } from '@/app/_ui/refusal'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import type { AppError } from '@/lib/domain/shared/errors'
import { formatDate, formatInstant } from '@/lib/format/dates'
import { type KnownSince, SinceAddress, type SinceView } from '@/lib/schemas/since-view'
import { pageContext } from '@/lib/server/auth'
import { recordCohortLook } from '@/lib/server/cohort-looks'
import { retryWhileBusy } from '@/lib/server/patience'
import { readSincePrepared } from '@/lib/server/since'
import { NewLines, NotableLines } from './_components/known-lines'
import { ResultShifts } from './_components/result-shifts'
import { WorsenedTable } from './_components/worsened-table'

export const metadata: Metadata = { title: 'Since you last looked' }

export default async function SincePage(props: {
  params: Promise<{ study: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const { study } = await props.params
  const { from } = SinceAddress.parse(await props.searchParams)
  const path = `/studies/${study}/cohort/since`
  const ctx = await pageContext(from === undefined ? path : `${path}?from=${from}`)
  if (isPrefetch(await headers())) return <a href={path}>Show what changed</a>
  const looked = await retryWhileBusy(ctx.db, () => recordCohortLook(ctx, study))
  if (!looked.ok) return <Refusal error={looked.error} />
  const view = await readSincePrepared(ctx, { study, from })
  if (!view.ok && view.error.code === 'invalidInput') return <Unreadable error={view.error} path={path} />
  if (!view.ok) return <Refusal error={view.error} />
  return <Since study={study} view={view.value} />
}

function Since({ study, view }: { study: string; view: SinceView }) {
  const { since, synthetic } = view
  return (
    <>
      {synthetic && (
        <p className="synthetic-band">Synthetic data: every participant is made up. Do not cite.</p>
      )}
      <Crumb study={study} />
      <header className="head">
        <div>
          <div className="tline">
            <h1>Since you last looked</h1>
            {synthetic && <SyntheticBadge />}
          </div>
          {since.kind === 'since' && <About since={since} />}
        </div>
      </header>
      {since.kind === 'first' ? (
        <p>
          There is nothing to compare with yet. What changes from now on is shown here when you come back,
          more than 30 minutes after this visit.
        </p>
      ) : isUnchanged(since) ? (
        <p>Nothing changed since then.</p>
      ) : (
        <>
          <NotableLines study={study} view={view} since={since} />
          <WorsenedTable study={study} protocol={view.protocol} since={since} />
          <ResultShifts study={study} protocol={view.protocol} since={since} />
          <NewLines study={study} view={view} since={since} />
        </>
      )}
    </>
  )
}

function About({ since }: { since: KnownSince }) {
  const { from, to, dataCut, versions, restrictedSince } = since
  const [before, now] = versions
  return (
    <p>
      {formatInstant(from.at)} (entry {from.seq} of the audit) to now (entry {to.seq}). Results of both states
      are at data cut {formatDate(dataCut)}.
      {before !== now && ` Protocol version ${before} was in force then; version ${now} is now.`}
      {restrictedSince > 0 &&
        ` ${restrictedSince === 1 ? '1 participant' : `${restrictedSince} participants`} asked for no further use since then and ${restrictedSince === 1 ? 'is' : 'are'} left out of both.`}
    </p>
  )
}

function isUnchanged({ from, to, shifts }: KnownSince): boolean {
  return from.seq === to.seq && shifts.length === 0
}

function Crumb({ study }: { study: string }) {
  return (
    <p className="crumb">
      <Link href={`/studies/${study}/cohort`} prefetch={false}>
        Cohort
      </Link>{' '}
      / Since you last looked
    </p>
  )
}

function Unreadable({ error, path }: { error: Extract<AppError, { code: 'invalidInput' }>; path: string }) {
  return (
    <>
      <h1>Since you last looked</h1>
      <p className="formmsg">{error.fields.map(({ text }) => text).join(' ')}</p>
      <p className="lk">
        <a href={path}>Compare with your last look</a>
      </p>
    </>
  )
}
