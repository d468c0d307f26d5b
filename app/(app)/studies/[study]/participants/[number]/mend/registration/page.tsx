import { randomUUID } from 'node:crypto'
import { DateField, RadioField, SelectField, TextAreaField, TextField } from '@/app/_ui/fields'
import { ActionForm } from '@/app/_ui/form'
import { Refusal } from '@/app/_ui/refusal'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { formatDate } from '@/lib/format/dates'
import { pageContext } from '@/lib/server/auth'
import { readFormDraft } from '@/lib/server/drafts'
import { type RegistrationMending, readRegistrationMending } from '@/lib/server/mending/registration-view'
import { Confirm, Mended } from '../_components/mend-fields'
import { MendHead } from '../_components/mend-head'
import { correctAllocation, correctRegistration } from '../actions'

interface Props {
  params: Promise<{ study: string; number: string }>
}

async function readNames({ params }: Props) {
  const { study, number } = await params
  return { study: decodeURIComponent(study), number: decodeURIComponent(number) }
}

export async function generateMetadata(props: Props) {
  return { title: `Correct registration of ${(await readNames(props)).number}` }
}

const REASONS = ['Typing error', 'Source document corrected', 'Value found later in the source'] as const

export default async function CorrectRegistrationPage(props: Props) {
  const about = await readNames(props)
  const base = `/studies/${encodeURIComponent(about.study)}/participants/${encodeURIComponent(about.number)}`
  const ctx = await pageContext(`${base}/mend/registration`)
  const read = readRegistrationMending(ctx, about.study, about.number)
  if (!read.ok) return <Refusal error={read.error} />
  const { study, participant, allocation, protocol } = read.value
  const draftOf = (form: string) =>
    readFormDraft(ctx, { study: about.study, subject: about.number, place: `mend/registration#${form}` })
  return (
    <>
      <MendHead study={study} number={about.number} title="Correct the registration">
        Checked as at registration. Criteria may be corrected as long as the outcome stays the same.
      </MendHead>
      <ActionForm
        action={correctRegistration}
        submissionKey={randomUUID()}
        id="registration"
        label="Correct the registration"
        draft={draftOf('registration')}
      >
        <Mended names={{ ...about, version: participant.rowVersion }} />
        <RegistrationFields view={read.value} />
        <Confirm reasons={REASONS} button="Save corrections" />
      </ActionForm>
      {allocation && (
        <>
          <h2 className="pt-6">Arm</h2>
          <ActionForm
            action={correctAllocation}
            submissionKey={randomUUID()}
            id="arm"
            label="Correct the arm"
            draft={draftOf('arm')}
          >
            <Mended names={{ ...about, version: allocation.rowVersion }} />
            <div className="flex flex-wrap gap-4 py-3">
              <SelectField
                name="arm"
                label="Arm"
                value={allocation.arm}
                options={protocol.arms.map(({ code, name }) => ({ value: code, label: name }))}
              />
              <DateField
                name="allocatedOn"
                label="Date of allocation"
                value={dayText(allocation.allocatedOn)}
              />
            </div>
            <Confirm reasons={REASONS} button="Correct the arm" />
          </ActionForm>
        </>
      )}
    </>
  )
}

const dayText = (date: CalendarDate | null) => (date ? formatDate(date) : null)
const numberText = (value: number | null) => (value === null ? null : String(value))

const SEXES = [
  { value: 'female', label: 'Female' },
  { value: 'male', label: 'Male' },
  { value: 'intersex', label: 'Intersex' },
  { value: 'notStated', label: 'Not stated' },
]
const PAIN_TYPES = [
  { value: 'axial', label: 'Axial' },
  { value: 'radicular', label: 'Radicular' },
  { value: 'both', label: 'Both' },
  { value: 'unknown', label: 'Unknown' },
]
const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
]

function RegistrationFields({ view: { participant, protocol } }: { view: RegistrationMending }) {
  const { consents, eligibility } = protocol
  const criteria = [
    ...eligibility.inclusion.map(one => ({ ...one, asks: 'is it met?' })),
    ...eligibility.exclusion.map(one => ({ ...one, asks: 'is it present?' })),
  ]
  const answer = (code: string) => {
    const stored = participant.eligibility[code]
    return stored === undefined ? null : stored ? 'yes' : 'no'
  }
  return (
    <>
      <div className="grid gap-x-8 gap-y-4 pt-3 sm:grid-cols-2 lg:grid-cols-3">
        {consents.length > 0 ? (
          <SelectField
            name="consentVersion"
            label="Consent version signed"
            value={participant.consentVersion}
            options={consents.map(({ version }) => ({ value: version, label: `Version ${version}` }))}
          />
        ) : (
          <TextField
            name="consentVersion"
            label="Consent version signed"
            value={participant.consentVersion}
          />
        )}
        <DateField name="consentDate" label="Date of consent" value={dayText(participant.consentDate)} />
        <DateField name="screenedOn" label="Eligibility decided on" value={dayText(participant.screenedOn)} />
        <TextField
          name="ageAtConsent"
          label="Age at consent, completed years"
          inputMode="numeric"
          size={6}
          value={numberText(participant.ageAtConsent)}
        />
        <SelectField name="sex" label="Sex" value={participant.sex} options={SEXES} />
        <TextField name="diagnosis" label="Diagnosis" value={participant.diagnosis} />
        <TextField name="level" label="Level or joint" size={12} value={participant.level} />
        <TextField
          name="painDurationMonths"
          label="Duration of pain, months"
          inputMode="numeric"
          size={6}
          value={numberText(participant.painDurationMonths)}
        />
        <SelectField
          name="painType"
          label="Type of pain"
          value={participant.painType}
          options={PAIN_TYPES}
          placeholder="Not recorded"
        />
        <TextAreaField
          name="previousTreatment"
          label="Previous treatment"
          rows={2}
          value={participant.previousTreatment}
        />
      </div>
      <h2 className="pt-6 pb-2">Eligibility</h2>
      {criteria.map(({ code, text, asks }) => (
        <div key={code} className="criterion">
          <RadioField
            name={`eligibility.${code}`}
            label={`${code} ${text}: ${asks}`}
            value={answer(code)}
            options={YES_NO}
          />
        </div>
      ))}
    </>
  )
}
