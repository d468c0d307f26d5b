import { randomUUID } from 'node:crypto'
import Link from 'next/link'
import { Refusal } from '@/app/_ui/refusal'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import { pageContext } from '@/lib/server/auth'
import { readSecondEntry } from '@/lib/server/double-entry'
import { readFormDraft } from '@/lib/server/drafts'
import { SecondForm } from './_components/second-form'
import { saveSecondEntry } from './actions'

interface Props {
  params: Promise<{ study: string; number: string; visit: string }>
}

async function readAddress({ params }: Props) {
  const { study, number, visit } = await params
  return {
    study: decodeURIComponent(study),
    number: decodeURIComponent(number),
    visit: decodeURIComponent(visit),
  }
}

export async function generateMetadata(props: Props) {
  const { number, visit } = await readAddress(props)
  return { title: `${number}, ${visit}, second entry` }
}

export default async function SecondEntryPage(props: Props) {
  const address = await readAddress(props)
  const base = `/studies/${encodeURIComponent(address.study)}`
  const place = `visits/${encodeURIComponent(address.visit)}/second`
  const ctx = await pageContext(`${base}/participants/${encodeURIComponent(address.number)}/${place}`)
  const read = readSecondEntry(ctx, address)
  if (!read.ok) return <Refusal error={read.error} />
  const { visit: view, own, entered } = read.value
  const subject = view.participant.number
  return (
    <>
      <p className="crumb">
        <Link href={`${base}/worklist`} prefetch={false}>
          Worklist
        </Link>{' '}
        / {subject}, {view.visit.name.toLowerCase()}
      </p>
      <div className="head">
        <div>
          <div className="tline">
            <h1>
              {subject}, {view.visit.name.toLowerCase()}: second entry
            </h1>
            {view.study.synthetic && <SyntheticBadge />}
            {view.study.lock && <span className="chip">Locked</span>}
          </div>
          <p>
            Enter the forms again from the source. What the first person entered is not shown; the two are
            compared when you save.
          </p>
        </div>
      </div>
      {own.length > 0 && (
        <p className="note">
          You entered these yourself, so another person enters them again: {own.join(', ')}.
        </p>
      )}
      {entered.length > 0 && <p className="note">Entered twice already: {entered.join(', ')}.</p>}
      {view.forms.length === 0 && (
        <p className="empty">Nothing of this visit awaits a second entry by you.</p>
      )}
      <SecondForm
        view={view}
        action={saveSecondEntry}
        submissionKey={randomUUID()}
        closed={!view.mayEnter || view.forms.length === 0}
        draft={readFormDraft(ctx, { study: view.study.code, subject, place })}
      />
    </>
  )
}
