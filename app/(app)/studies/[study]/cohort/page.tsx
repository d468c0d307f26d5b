import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { isPrefetch } from '@/app/_ui/downloads'
import { PrintButton } from '@/app/_ui/print-button'
import { Refusal } from '@/app/_ui/refusal'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import type { SinceCounts } from '@/lib/schemas/since-view'
import { pageContext } from '@/lib/server/auth'
import { recordCohortLook } from '@/lib/server/cohort-looks'
import { type CohortAsked, readCohortViewPrepared } from '@/lib/server/cohort-view'
import { retryWhileBusy } from '@/lib/server/patience'
import { countSince } from '@/lib/server/since'
import { labelControls } from './_components/control-labels'
import { ControlsForm } from './_components/controls-form'
import { makeFigureLinks } from './_components/figure-links'
import { describeEmptySet } from './_components/figure-text'
import { describeMethods } from './_components/methods'
import { RefusedControls } from './_components/refused-controls'
import { Report } from './_components/report'
import { listWarnings } from './_components/report-warnings'
import { SinceStrip } from './_components/since-strip'
import { typedDataCut } from './_components/typed-data-cut'
import { ViewNotice } from './_components/view-notice'

export const metadata: Metadata = { title: 'Cohort outcomes' }

type Given = Record<string, string | string[] | undefined>

export default async function CohortPage(props: {
  params: Promise<{ study: string }>
  searchParams: Promise<Given>
}) {
  const { study } = await props.params
  const given = await props.searchParams
  const path = `/studies/${study}/cohort`
  const ctx = await pageContext(addressOf(path, given))
  if (isPrefetch(await headers())) return <a href={path}>Show the cohort</a>
  const cohort = await readCohortViewPrepared(ctx, study, given)
  if (!cohort.ok && cohort.error.code === 'invalidInput')
    return <RefusedControls given={given} fields={cohort.error.fields} path={path} />
  if (!cohort.ok) return <Refusal error={cohort.error} />
  const since = await retryWhileBusy(ctx.db, () => {
    const looked = recordCohortLook(ctx, study)
    return looked.ok ? countSince(ctx, study) : looked
  })
  if (!since.ok) return <Refusal error={since.error} />
  return <CohortReport cohort={cohort.value} since={since.value} path={path} />
}

/** Where a person comes back to after signing in. */
function addressOf(path: string, given: Given): string {
  const pairs = Object.entries(given).flatMap(([name, value]) =>
    [value ?? []].flat().map(each => [name, each]),
  )
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`
}

function CohortReport({ cohort, since, path }: { cohort: CohortAsked; since: SinceCounts; path: string }) {
  const { summary, controls } = cohort
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
        <div className="acts">
          <PrintButton />
          {cohort.inSet > 0 && (
            <a className="btn" href={`${path}/report?${cohort.query}`} download>
              Report as PDF
            </a>
          )}
        </div>
      </header>
      {since.kind === 'since' && <SinceStrip from={since.from.at} counts={since.counts} path={path} />}
      <ControlsForm
        controls={controls}
        offered={cohort.offered}
        labels={labelControls(cohort)}
        dataCut={typedDataCut(summary.dataCut, cohort.today)}
        path={path}
      />
      <ViewNotice view={cohort} controls={controls} />
      <p className="lasting-link">
        <a href={`${path}?${cohort.lastingQuery}`}>Link to these numbers</a>, as known now, whatever is
        entered later.
      </p>
      {listWarnings(cohort).map(text => (
        <p className="report-problem" key={text}>
          {text}
        </p>
      ))}
      {cohort.inSet === 0 ? (
        <p className="report-problem">{describeEmptySet(cohort)}</p>
      ) : (
        <Report
          view={cohort}
          links={makeFigureLinks(cohort, path)}
          methods={describeMethods(cohort, cohort.looksByArm)}
        />
      )}
    </div>
  )
}
