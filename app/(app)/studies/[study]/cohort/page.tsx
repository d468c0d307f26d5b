import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { isPrefetch } from '@/app/_ui/downloads'
import { Refusal } from '@/app/_ui/refusal'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import type { AppError } from '@/lib/domain/shared/errors'
import { formatInstant } from '@/lib/format/dates'
import { pageContext } from '@/lib/server/auth'
import { type Cohort, readCohort } from '@/lib/server/cohort'
import { retryWhileBusy } from '@/lib/server/patience'
import { DataCutForm, typedDataCut } from './_components/data-cut-form'
import type { FigureLinks } from './_components/figure-view'
import { Report } from './_components/report'

export const metadata: Metadata = { title: 'Cohort outcomes' }

export default async function CohortPage(props: {
  params: Promise<{ study: string }>
  searchParams: Promise<{ dataCut?: string | string[] }>
}) {
  const { study } = await props.params
  const { dataCut: given } = await props.searchParams
  const dataCut = typeof given === 'string' ? given : ''
  const path = `/studies/${study}/cohort`
  const ctx = await pageContext(dataCut === '' ? path : `${path}?${new URLSearchParams({ dataCut })}`)
  if (isPrefetch(await headers())) return <a href={path}>Show the cohort</a>
  const cohort = await retryWhileBusy(ctx.db, () => readCohort(ctx, { study, dataCut }))
  if (!cohort.ok && cohort.error.code === 'invalidInput') {
    return <Unreadable typed={dataCut} error={cohort.error} />
  }
  if (!cohort.ok) return <Refusal error={cohort.error} />
  return <CohortReport cohort={cohort.value} path={path} />
}

function CohortReport({ cohort, path }: { cohort: Cohort; path: string }) {
  const { summary } = cohort
  const query = new URLSearchParams({ dataCut: summary.dataCut })
  const links: FigureLinks = {
    fileOf: name => `${path}/figures/${name}?${query}`,
    explainOf: ({ explain }) => {
      const about = Object.entries(explain ?? {}).flatMap(([name, value]) => (value ? [[name, value]] : []))
      return `${path}/explain?${new URLSearchParams([...about, ...query])}`
    },
    participantOf:
      cohort.members === null
        ? undefined
        : subject => `/studies/${summary.study}/participants/${encodeURIComponent(subject)}`,
  }
  return (
    <div className="landscape">
      {summary.synthetic && (
        <p className="synthetic-band">Synthetic data: every participant is made up. Do not cite.</p>
      )}
      <header className="head">
        <div>
          <div className="tline">
            <h1>Cohort outcomes</h1>
            {summary.synthetic && <SyntheticBadge />}
            <span className="chip">{cohort.lockedAt === null ? 'Interim' : 'Locked'}</span>
          </div>
          <p>
            {summary.study}. {cohort.title}
          </p>
        </div>
        <DataCutForm typed={typedDataCut(summary.dataCut, cohort.today)} />
      </header>
      {cohort.seenBeforeUnlock.map(({ first, last, times, unlockedAt }) => (
        <p className="report-problem" key={unlockedAt}>
          Results by arm were seen {describeSights(first, last, times)} before the study was unlocked on{' '}
          {formatInstant(unlockedAt)}.
        </p>
      ))}
      {cohort.openedBy && (
        <p className="report-problem">
          Results by arm were released on {formatInstant(cohort.openedBy.releasedAt)}:{' '}
          {cohort.openedBy.reason}. Each look is recorded.
        </p>
      )}
      {cohort.inSet === 0 ? (
        <p className="report-problem">
          No participant is {summary.analysisSet} by this data cut, so there is nothing to report yet.
        </p>
      ) : (
        <Report view={cohort} links={links} />
      )}
    </div>
  )
}

function describeSights(first: string, last: string, times: number): string {
  return times === 1
    ? `on ${formatInstant(first)}`
    : `${times} times from ${formatInstant(first)} to ${formatInstant(last)}`
}

function Unreadable({ typed, error }: { typed: string; error: Extract<AppError, { code: 'invalidInput' }> }) {
  return (
    <header className="head">
      <h1>Cohort outcomes</h1>
      <DataCutForm typed={typed} error={error.fields[0]?.text} />
    </header>
  )
}
