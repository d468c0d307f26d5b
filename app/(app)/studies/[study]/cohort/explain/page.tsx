import type { Metadata } from 'next'
import { headers } from 'next/headers'
import Link from 'next/link'
import { isPrefetch } from '@/app/_ui/downloads'
import { Refusal } from '@/app/_ui/refusal'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import { formatVisitName } from '@/lib/domain/protocol/unscheduled'
import type { FieldError } from '@/lib/domain/shared/errors'
import { formatDate } from '@/lib/format/dates'
import { describeView } from '@/lib/format/explained-view'
import { formatCohortControls } from '@/lib/schemas/cohort'
import { type ExplainAsked, type ExplainPage, readExplainAddress } from '@/lib/schemas/explain'
import { type AboutAsked, type AboutPage, readAboutAddress } from '@/lib/schemas/explain-about'
import { pageContext } from '@/lib/server/auth'
import { explainNumberPrepared } from '@/lib/server/explain'
import { explainAboutPrepared } from '@/lib/server/explain-about'
import { About } from './_components/about'
import { AboutLinks } from './_components/about-links'
import { Chooser } from './_components/chooser'
import { Move } from './_components/move'
import { Numbers } from './_components/numbers'
import { People } from './_components/people'
import { RefusedNumber } from './_components/refused-number'

export const metadata: Metadata = { title: 'Explain this number' }

type Given = Record<string, string | string[] | undefined>

export default async function ExplainNumberPage(props: {
  params: Promise<{ study: string }>
  searchParams: Promise<Given>
}) {
  const { study } = await props.params
  const given = await props.searchParams
  const path = `/studies/${study}/cohort/explain`
  const pairs = Object.entries(given).flatMap(([name, value]) =>
    [value ?? []].flat().map(each => [name, each]),
  )
  const address = pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`
  const ctx = await pageContext(address)
  if (isPrefetch(await headers())) return <a href={address}>Explain this number</a>
  const about = readAboutAddress(given)
  if (about?.ok) {
    const page = await explainAboutPrepared(ctx, study, about.value)
    if (page.ok) return <ExplainedAbout page={page.value} asked={about.value} path={path} />
    if (page.error.code !== 'invalidInput') return <Refusal error={page.error} />
    return <Refused given={given} fields={page.error.fields} study={study} />
  }
  if (about?.error.code === 'invalidInput')
    return <Refused given={given} fields={about.error.fields} study={study} />
  const asked = readExplainAddress(given)
  const page = asked.ok ? await explainNumberPrepared(ctx, study, asked.value) : explainNothing(asked.error)
  if (asked.ok && page.ok) return <Explained page={page.value} asked={asked.value} path={path} />
  const error = page.ok ? null : page.error
  if (error?.code === 'invalidInput') return <Refused given={given} fields={error.fields} study={study} />
  return error && <Refusal error={error} />
}

const explainNothing = <E,>(error: E) => ({ ok: false, error }) as const

function Refused({ given, fields, study }: { given: Given; fields: readonly FieldError[]; study: string }) {
  return (
    <>
      <Crumb study={study} query="" />
      <h1>Explain this number</h1>
      <RefusedNumber given={given} fields={fields} path={`/studies/${study}/cohort/explain`} />
    </>
  )
}

function Crumb({ study, query }: { study: string; query: string }) {
  return (
    <p className="crumb">
      <Link href={`/studies/${study}/cohort${query && `?${query}`}`} prefetch={false}>
        Cohort
      </Link>{' '}
      / Explain this number
    </p>
  )
}

function ExplainedAbout({ page, asked, path }: { page: AboutPage; asked: AboutAsked; path: string }) {
  return (
    <div className="landscape">
      {page.synthetic && <SyntheticBand />}
      <Crumb study={page.study} query={formatCohortControls(asked.controls)} />
      <About page={page} asked={asked} path={path} />
    </div>
  )
}

function SyntheticBand() {
  return <p className="synthetic-band">Synthetic data: every participant is made up. Do not cite.</p>
}

function Explained({ page, asked, path }: { page: ExplainPage; asked: ExplainAsked; path: string }) {
  const { explained, protocol } = page
  const { explanation, study, synthetic } = explained
  const number = page.numbers.find(({ code }) => code === explained.code)
  const inSet = explanation.arms.reduce((sum, arm) => sum + arm.inSet, 0)
  const isEmpty = inSet === 0
  const notices = describeView(explained, asked.controls)
  const sources = [
    `n = ${inSet} ${explanation.analysisSet}`,
    `data cut ${formatDate(explained.dataCut)}`,
    `as of entry ${explained.asOf}`,
    `protocol ${explained.version}`,
    `software ${explained.softwareVersion}`,
  ]
  return (
    <div className="landscape">
      {synthetic && <SyntheticBand />}
      <Crumb study={study} query={formatCohortControls(asked.controls)} />
      <header className="head">
        <div>
          <div className="tline">
            <h1>Explain this number</h1>
            {synthetic && <SyntheticBadge />}
            <span className="chip">{page.lockedAt === null ? 'Interim' : 'Locked'}</span>
          </div>
          <p className="ink">
            {number?.label ?? explained.code}, {formatVisitName(protocol, explanation.visit)}
          </p>
          <p>{sources.join(', ')}</p>
        </div>
      </header>
      <AboutLinks controls={asked.controls} here={null} path={path} />
      <Chooser page={page} asked={asked} path={path} />
      {notices.length > 0 && (
        <ul className="report-problem view-notice">
          {notices.map(line => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {isEmpty ? (
        <p className="report-problem">
          {explained.view.subgroup === null
            ? `No participant is ${explanation.analysisSet} by this data cut, so there is nothing to explain yet.`
            : 'Nobody is in this subgroup. Choose another, or everybody.'}
        </p>
      ) : (
        <>
          <Numbers page={page} asked={asked} path={path} />
          <Move page={page} />
          <People page={page} asked={asked} path={path} />
        </>
      )}
    </div>
  )
}
