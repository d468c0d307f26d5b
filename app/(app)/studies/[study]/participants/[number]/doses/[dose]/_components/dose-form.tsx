'use client'

import { DraftKeeper } from '@/app/_ui/draft-keeper'
import { DateField, RadioField, TextField } from '@/app/_ui/fields'
import { ActionForm } from '@/app/_ui/form'
import { LogFields } from '@/app/_ui/log-fields'
import { ReasonField } from '@/app/_ui/reason-field'
import { SubmitButton } from '@/app/_ui/submit-button'
import { VersionField } from '@/app/_ui/version-field'
import { formatRawAnswers } from '@/lib/domain/instruments/form-definition'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { LogField } from '@/lib/domain/logs/log'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { formatDate } from '@/lib/format/dates'
import type { FormDraft } from '@/lib/schemas/drafts'
import { Questions } from '../../../../_components/questions'
import { correctTreatment, recordTreatment } from '../../../../actions'
import { DosingDayQuestion } from '../../../_components/dosing-day-question'

const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
]

/** One dose, to be recorded or, with a reason, corrected. */
export function DoseForm(props: {
  about: { study: string; number: string }
  /** The treatment to record, or the number of the dose, as the server reads it. */
  meant: string
  plan: { readonly name: string; readonly condition: string | null }
  fields: readonly LogField[]
  level: string | null
  dose: {
    readonly rowVersion: number
    readonly givenOn: CalendarDate
    readonly location: string | null
    readonly conditionMet: boolean | null
    readonly details: Answers
  } | null
  closed: boolean
  submissionKey: string
  draft: FormDraft | null
}) {
  const { about, plan, dose, fields } = props
  const met = dose?.conditionMet ?? null
  return (
    <ActionForm
      action={dose ? correctTreatment : recordTreatment}
      submissionKey={props.submissionKey}
      label={dose ? `Correct ${plan.name}` : `Record ${plan.name}`}
      id="dose"
      closed={props.closed}
      draft={props.draft}
    >
      <input type="hidden" name="study" value={about.study} />
      <input type="hidden" name="number" value={about.number} />
      <input type="hidden" name="plan" value={props.meant} />
      {dose && <VersionField name="version" value={dose.rowVersion} />}
      <Questions />
      <DosingDayQuestion />
      <div className="logfields pb-5">
        <DateField
          name="givenOn"
          label="Date given"
          hint="For example 16 Apr 2026"
          value={dose ? formatDate(dose.givenOn) : null}
        />
        <TextField
          name="location"
          label="Level or joint"
          hint="Several: L4/L5; L5/S1"
          value={dose ? dose.location : props.level}
          size={24}
        />
        {plan.condition && (
          <RadioField
            name="conditionMet"
            label={`Condition met: ${plan.condition}`}
            options={YES_NO}
            value={met === null ? null : met ? 'yes' : 'no'}
          />
        )}
      </div>
      <LogFields
        plan={{ code: 'dose', label: plan.name, repeating: false, fields }}
        fields={fields}
        mine={fields.map(({ code }) => code)}
        values={formatRawAnswers(dose?.details ?? {})}
        told={[]}
      />
      {dose && (
        <div className="pt-5">
          <ReasonField label="Reason, where a stored value changes" />
        </div>
      )}
      <div className="flex flex-wrap items-center gap-3 pt-5">
        <SubmitButton className="btn pri">{dose ? 'Save' : 'Record'}</SubmitButton>
        <DraftKeeper />
      </div>
    </ActionForm>
  )
}
