import type { Metadata } from 'next'
import { Refusal } from '@/app/_ui/refusal'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import { formatInstant } from '@/lib/format/dates'
import { newSubmissionKey, pageContext } from '@/lib/server/auth'
import { type Releases, readReleases } from '@/lib/server/releases'
import { ReleaseForm } from './_components/release-form'
import { ReleaseList } from './_components/release-list'
import { describeTimes } from './_components/release-words'
import { ViewerTable } from './_components/viewer-table'

export const metadata: Metadata = { title: 'Results by arm' }

export default async function ReleasesPage({ params }: { params: Promise<{ study: string }> }) {
  const { study } = await params
  const ctx = await pageContext(`/studies/${study}/releases`)
  const read = readReleases(ctx, { study })
  if (!read.ok) return <Refusal error={read.error} />
  const { study: code, synthetic, arms, isLocked, releases, mayRelease } = read.value
  return (
    <>
      <p className="crumb">
        <a href={`/studies/${code}/setup`}>Study</a> / Results by arm
      </p>
      <header className="head">
        <div>
          <div className="tline">
            <h1>Results by arm</h1>
            {isLocked && <span className="chip">Locked</span>}
            {synthetic && <SyntheticBadge />}
          </div>
          <p>Who may see them before the study is locked, by which release, and who did.</p>
        </div>
      </header>
      {arms <= 1 ? (
        <p>The study has one arm: its results are open, and there is nothing to release.</p>
      ) : (
        <>
          {isLocked && (
            <p className="note">The study is locked: results by arm are open, and no release changes.</p>
          )}
          <ReleaseList study={code} releases={releases} mayWithdraw={mayRelease} newKey={newSubmissionKey} />
          <Looks read={read.value} />
          {mayRelease && <ReleaseForm study={code} newKey={newSubmissionKey()} />}
        </>
      )}
    </>
  )
}

function Looks({ read: { looks, viewers } }: { read: Releases }) {
  const { times, people, maskedTimes, first, last } = looks
  return (
    <section className="fsec">
      <h2>Looks</h2>
      <p>
        {first === null || last === null
          ? 'Nobody has seen results by arm while the study was not locked.'
          : `While the study was not locked, results by arm were seen ${describeTimes(times)} by ${people === 1 ? '1 person' : `${people} people`}, ${maskedTimes} of these with masked arms: first ${formatInstant(first)}, last ${formatInstant(last)}.`}
      </p>
      {viewers && <ViewerTable viewers={viewers} />}
    </section>
  )
}
