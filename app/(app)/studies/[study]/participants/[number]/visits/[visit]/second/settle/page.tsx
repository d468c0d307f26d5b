import { randomUUID } from 'node:crypto'
import Link from 'next/link'
import { DraftKeeper } from '@/app/_ui/draft-keeper'
import { ActionForm } from '@/app/_ui/form'
import { ReasonField } from '@/app/_ui/reason-field'
import { Refusal } from '@/app/_ui/refusal'
import { SubmitButton } from '@/app/_ui/submit-button'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import { pageContext } from '@/lib/server/auth'
import { readDifferences } from '@/lib/server/double-entry-settling'
import { readFormDraft } from '@/lib/server/drafts'
import { Questions } from '../../../../../_components/questions'
import { DifferenceFields } from '../_components/difference-fields'
import { settleDifferences } from '../actions'

interface Props {
  params: Promise<{ study: string; number: string; visit: string }>
}

const REASONS = [
  'First entry misread the source',
  'Second entry misread the source',
  'Both misread the source',
]

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
  return { title: `${number}, ${visit}, differences` }
}

export default async function SettlePage(props: Props) {
  const address = await readAddress(props)
  const base = `/studies/${encodeURIComponent(address.study)}`
  const place = `visits/${encodeURIComponent(address.visit)}/second/settle`
  const ctx = await pageContext(`${base}/participants/${encodeURIComponent(address.number)}/${place}`)
  const read = readDifferences(ctx, address)
  if (!read.ok) return <Refusal error={read.error} />
  const { study, number, visit, isLocked, forms } = read.value
  return (
    <>
      <p className="crumb">
        <Link href={`${base}/worklist`} prefetch={false}>
          Worklist
        </Link>{' '}
        / {number}, {visit.name.toLowerCase()}
      </p>
      <div className="head">
        <div>
          <div className="tline">
            <h1>
              {number}, {visit.name.toLowerCase()}: differences of two entries
            </h1>
            {study.synthetic && <SyntheticBadge />}
            {isLocked && <span className="chip">Locked</span>}
          </div>
          <p>
            Look at the source and choose for each item what holds. Items on which both agree are not shown.
          </p>
        </div>
      </div>
      {forms.length === 0 && <p className="empty">No differences of this visit are to be decided.</p>}
      <ActionForm
        action={settleDifferences}
        submissionKey={randomUUID()}
        id="settle"
        label={`${number}, ${visit.name}, differences`}
        closed={isLocked || forms.length === 0}
        about={{ study: study.code, number, visit: visit.code }}
        draft={readFormDraft(ctx, { study: study.code, subject: number, place })}
      >
        <input type="hidden" name="study" value={study.code} />
        <input type="hidden" name="number" value={number} />
        <input type="hidden" name="visit" value={visit.code} />
        <Questions />
        {forms.map(form => (
          <DifferenceFields key={form.key} form={form} />
        ))}
        <div className="pt-5">
          <ReasonField label="Reason" reasons={REASONS} />
        </div>
        <div className="formacts">
          <SubmitButton className="btn pri">Save the decisions</SubmitButton>
          <DraftKeeper />
        </div>
      </ActionForm>
    </>
  )
}
