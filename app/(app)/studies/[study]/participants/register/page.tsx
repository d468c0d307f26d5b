import { randomUUID } from 'node:crypto'
import Link from 'next/link'
import { DraftKeeper } from '@/app/_ui/draft-keeper'
import { ActionForm } from '@/app/_ui/form'
import { Refusal } from '@/app/_ui/refusal'
import { SubmitButton } from '@/app/_ui/submit-button'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import { formatInstant } from '@/lib/format/dates'
import { pageContext } from '@/lib/server/auth'
import { readFormDraft } from '@/lib/server/drafts'
import { readRegistrationForm } from '@/lib/server/participants'
import { Questions } from '../_components/questions'
import { register } from '../actions'
import { ConsentSection, CriteriaSection, HistorySection, PersonSection } from './_components/sections'

interface Props {
  params: Promise<{ study: string }>
}

export async function generateMetadata({ params }: Props) {
  return { title: `Register participant · ${(await params).study}` }
}

export default async function RegisterPage({ params }: Props) {
  const { study } = await params
  const path = `/studies/${study}/participants`
  const ctx = await pageContext(`${path}/register`)
  const form = readRegistrationForm(ctx, study)
  if (!form.ok) return <Refusal error={form.error} />
  const { protocol, sites, study: about } = form.value
  return (
    <>
      <p className="crumb">
        <Link href={path} prefetch={false}>
          Participants
        </Link>{' '}
        / Register
      </p>
      <div className="head">
        <div>
          <div className="tline">
            <h1>Register participant</h1>
            {about.lockedAt !== null && <span className="chip">Locked</span>}
            {about.synthetic && <SyntheticBadge />}
          </div>
          {about.lockedAt === null && (
            <p>
              The next free number of the site is given. Never enter a name, an e-mail address or a record
              number.
            </p>
          )}
        </div>
      </div>
      {about.lockedAt !== null && (
        <p>
          Locked since {formatInstant(about.lockedAt)}: {about.lockReason}. Nothing can be registered.
        </p>
      )}
      <ActionForm
        action={register}
        submissionKey={randomUUID()}
        label="Register participant"
        closed={about.lockedAt !== null}
        draft={readFormDraft(ctx, { study: about.code, subject: '', place: 'register' })}
      >
        <input type="hidden" name="study" value={study} />
        <Questions />
        <ConsentSection
          sites={sites.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))}
          consents={protocol.consents}
        />
        <CriteriaSection
          inclusion={protocol.eligibility.inclusion}
          exclusion={protocol.eligibility.exclusion}
        />
        <PersonSection />
        <HistorySection dayZero={protocol.dayZero} />
        <div className="mt-6 flex flex-wrap gap-3">
          <SubmitButton className="btn pri">Register</SubmitButton>
          <Link className="btn" href={path} prefetch={false}>
            Cancel
          </Link>
          <DraftKeeper />
        </div>
      </ActionForm>
    </>
  )
}
