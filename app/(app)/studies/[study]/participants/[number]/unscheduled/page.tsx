import { randomUUID } from 'node:crypto'
import Link from 'next/link'
import { DraftKeeper } from '@/app/_ui/draft-keeper'
import { DateField, TextField } from '@/app/_ui/fields'
import { ActionForm } from '@/app/_ui/form'
import { Refusal } from '@/app/_ui/refusal'
import { SubmitButton } from '@/app/_ui/submit-button'
import { pageContext } from '@/lib/server/auth'
import { readFormDraft } from '@/lib/server/drafts'
import { readUnscheduledForm } from '@/lib/server/unscheduled-visits'
import { Questions } from '../../_components/questions'
import { MendHead } from '../mend/_components/mend-head'
import { addUnscheduledVisit } from '../mend/actions'
import { FormChoice } from './_components/form-choice'

interface Props {
  params: Promise<{ study: string; number: string }>
}

async function readNames({ params }: Props) {
  const { study, number } = await params
  return { study: decodeURIComponent(study), number: decodeURIComponent(number) }
}

export async function generateMetadata(props: Props) {
  return { title: `Unscheduled visit of ${(await readNames(props)).number}` }
}

export default async function UnscheduledVisitPage(props: Props) {
  const { study: code, number } = await readNames(props)
  const path = `/studies/${encodeURIComponent(code)}/participants/${encodeURIComponent(number)}`
  const ctx = await pageContext(`${path}/unscheduled`)
  const read = readUnscheduledForm(ctx, code, number)
  if (!read.ok) return <Refusal error={read.error} />
  const { study, forms } = read.value
  return (
    <>
      <MendHead study={study} number={number} title="Add unscheduled visit">
        It has no window and is never due. Its values are exported, and enter no result by visit.
      </MendHead>
      {study.lockedAt !== null && <p className="note">The study is locked. Nothing can be added.</p>}
      <ActionForm
        action={addUnscheduledVisit}
        submissionKey={randomUUID()}
        label="Add unscheduled visit"
        closed={study.lockedAt !== null}
        draft={readFormDraft(ctx, { study: study.code, subject: number, place: 'unscheduled' })}
      >
        <input type="hidden" name="study" value={study.code} />
        <input type="hidden" name="number" value={number} />
        <Questions />
        <div className="flex flex-wrap gap-4 py-3 [&_.fld]:max-w-full [&_input]:max-w-full">
          <DateField name="visitDate" label="Date of the visit" hint="For example 16 Apr 2026" />
          <TextField name="cause" label="Cause" hint="Why it took place; names nobody" size={40} />
        </div>
        <FormChoice options={forms} />
        <div className="mt-6 flex flex-wrap gap-3">
          <SubmitButton className="btn pri">Add and enter</SubmitButton>
          <Link className="btn" href={path} prefetch={false}>
            Cancel
          </Link>
          <DraftKeeper />
        </div>
      </ActionForm>
    </>
  )
}
