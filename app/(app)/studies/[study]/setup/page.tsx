import type { Metadata } from 'next'
import { ActionForm } from '@/app/_ui/form'
import { ReasonField } from '@/app/_ui/reason-field'
import { Refusal } from '@/app/_ui/refusal'
import { ScrollBox } from '@/app/_ui/scroll-box'
import { SubmitButton } from '@/app/_ui/submit-button'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import { formatDate, formatInstant } from '@/lib/format/dates'
import { newSubmissionKey, pageContext } from '@/lib/server/auth'
import { readFormDraft } from '@/lib/server/drafts'
import { readSetup, type StudySetup } from '@/lib/server/setup'
import { readSiteApprovals } from '@/lib/server/site-approvals'
import { ConfirmUnlock } from './_components/confirm-unlock'
import { CriteriaAndRules } from './_components/criteria-and-rules'
import { ScheduleTable } from './_components/schedule-table'
import { SiteApprovalTable } from './_components/site-approvals'
import { TreatmentsAndForms } from './_components/treatments-and-forms'
import { lockStudy, unlockStudy } from './actions'

export const metadata: Metadata = { title: 'Study' }

export default async function SetupPage({ params }: { params: Promise<{ study: string }> }) {
  const { study } = await params
  const ctx = await pageContext(`/studies/${study}/setup`)
  const setup = readSetup(ctx, { study })
  if (!setup.ok) return <Refusal error={setup.error} />
  const { protocol, lock, synthetic, sites } = setup.value
  const approvals = readSiteApprovals(ctx, { study })
  return (
    <>
      <header className="head">
        <div>
          <div className="tline">
            <h1>{protocol.study.code}</h1>
            {lock && <span className="chip">Locked</span>}
            {synthetic && <SyntheticBadge />}
          </div>
          <p>{protocol.study.title}</p>
        </div>
      </header>
      <dl className="facts">
        <Fact name="Registry" value={protocol.study.registry} />
        <Fact name="Reference" value={protocol.study.reference} />
        <Fact name="Planned" value={protocol.study.plannedParticipants?.toString()} />
        <Fact name="Masking" value={MASKING[protocol.masking]} />
        <Fact name="Day zero" value={DAY_ZERO[protocol.dayZero]} />
        <Fact name="Arms" value={protocol.arms.map(arm => arm.name).join('; ')} />
        <Fact
          name="Allocation"
          value={protocol.arms.length > 1 ? protocol.arms.map(arm => arm.ratio).join(' : ') : undefined}
        />
        <Fact name="Time zone" value={protocol.study.timeZone} />
        <Fact name="Sites" value={sites.map(site => `${site.code} ${site.name}`).join('; ') || 'None yet'} />
      </dl>
      <ScheduleTable protocol={protocol} />
      <TreatmentsAndForms protocol={protocol} />
      <CriteriaAndRules protocol={protocol} />
      <Versions setup={setup.value} />
      {approvals.ok && (
        <SiteApprovalTable
          study={protocol.study.code}
          {...approvals.value}
          newKey={newSubmissionKey}
          draftOf={form => readFormDraft(ctx, { study, subject: '', place: `setup#${form}` })}
        />
      )}
      {protocol.arms.length > 1 && (
        <section className="fsec">
          <h2>Results by arm</h2>
          <p>
            Closed until lock, or until they are released:{' '}
            <a href={`/studies/${protocol.study.code}/releases`}>releases and looks by arm</a>.
          </p>
        </section>
      )}
      <LockSection setup={setup.value} />
    </>
  )
}

const MASKING = {
  open: 'Open',
  participant: 'Participant masked',
  siteStaff: 'Participant and site staff masked',
  full: 'All masked',
} as const

const DAY_ZERO = {
  enrolment: 'Enrolment',
  randomisation: 'Randomisation',
  firstTreatment: 'First treatment',
} as const

function Fact({ name, value }: { name: string; value: string | undefined }) {
  if (!value) return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function Versions({ setup }: { setup: StudySetup }) {
  const planOf = (number: string) => setup.protocol.versions.find(entry => entry.number === number)
  return (
    <section className="fsec">
      <h2>Protocol versions</h2>
      <ScrollBox label="Protocol versions">
        <table className="min-w-160">
          <thead>
            <tr>
              <th scope="col">Version</th>
              <th scope="col">In effect from</th>
              <th scope="col">Summary</th>
              <th scope="col">Published</th>
              <th scope="col">SHA-256</th>
            </tr>
          </thead>
          <tbody>
            {setup.versions.map(version => (
              <tr key={version.number}>
                <th scope="row">{version.number}</th>
                <td>
                  <span className="nw">{formatDate(version.effectiveFrom)}</span>
                  {planOf(version.number)?.onConsent &&
                    `, with consent version ${planOf(version.number)?.onConsent} or later`}
                </td>
                <td>{planOf(version.number)?.summary}</td>
                <td className="nw">{formatInstant(version.publishedAt)}</td>
                <td title={version.contentHash}>{version.contentHash.slice(0, 12)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      <p className="note">
        A published version never changes. A new one is applied on the command line: study apply.
      </p>
    </section>
  )
}

const REASONS_TO_LOCK = ['Data cut for analysis', 'Final analysis', 'Study ended'] as const
const REASONS_TO_UNLOCK = ['Data found to be wrong', 'Data found to be missing', 'Locked by mistake'] as const

function LockSection({ setup }: { setup: StudySetup }) {
  const { lock, mayLock, code, sightsByLock } = setup
  return (
    <section className="fsec">
      <h2>Lock</h2>
      <p>
        {lock
          ? `Locked since ${formatInstant(lock.since)}: ${lock.reason}. No record can be changed.`
          : 'Not locked. Locking closes every record of the study to every change.'}
      </p>
      {mayLock && (
        <ActionForm
          action={lock ? unlockStudy : lockStudy}
          submissionKey={newSubmissionKey()}
          className="fields"
          label={lock ? 'Unlock the study' : 'Lock the study'}
        >
          <input type="hidden" name="study" value={code} />
          <ReasonField
            label={lock ? 'Reason to unlock' : 'Reason to lock'}
            reasons={lock ? REASONS_TO_UNLOCK : REASONS_TO_LOCK}
          />
          {sightsByLock !== null && <ConfirmUnlock sights={sightsByLock} />}
          <SubmitButton className="btn">{lock ? 'Unlock the study' : 'Lock the study'}</SubmitButton>
        </ActionForm>
      )}
    </section>
  )
}
