import { DateField, type Option, SelectField } from '@/app/_ui/fields'
import { ActionForm } from '@/app/_ui/form'
import { KeepingButton } from '@/app/_ui/keeping-button'
import { ReasonField } from '@/app/_ui/reason-field'
import { VersionField } from '@/app/_ui/version-field'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { formatDate } from '@/lib/format/dates'
import type { FormDraft } from '@/lib/schemas/drafts'
import { Questions } from '../../_components/questions'
import { changePlannedDayZero, recordAllocation, voidTreatment } from '../../actions'
import { FormFold } from './form-fold'

/** Which participant a form is about; every form on the page posts the same two names. */
export interface About {
  readonly study: string
  readonly number: string
}

function Names({ about }: { about: About }) {
  return (
    <>
      <input type="hidden" name="study" value={about.study} />
      <input type="hidden" name="number" value={about.number} />
    </>
  )
}

export function VoidTreatmentForm(props: {
  about: About
  id: number
  version: number
  name: string
  closed: boolean
  submissionKey: string
  draft: FormDraft | null
}) {
  return (
    <ActionForm
      action={voidTreatment}
      submissionKey={props.submissionKey}
      draft={props.draft}
      label={`Void ${props.name}`}
      id="void-dose"
      closed={props.closed}
      about={{ treatmentId: String(props.id) }}
    >
      <Names about={props.about} />
      <input type="hidden" name="treatmentId" value={props.id} />
      <VersionField name="version" value={props.version} />
      <FormFold title={`Void ${props.name.toLowerCase()}`}>
        <Questions />
        <p className="note">
          For a dose entered in error. It stays in the history; windows are counted again.
        </p>
        <ReasonField label="Reason" />
        <KeepingButton>Void</KeepingButton>
      </FormFold>
    </ActionForm>
  )
}

export function PlannedDayZeroForm(props: {
  about: About
  version: number
  planned: CalendarDate | null
  closed: boolean
  submissionKey: string
  draft: FormDraft | null
}) {
  return (
    <ActionForm
      action={changePlannedDayZero}
      submissionKey={props.submissionKey}
      draft={props.draft}
      label="Planned day zero"
      id="plan-day-zero"
      closed={props.closed}
    >
      <Names about={props.about} />
      <VersionField name="version" value={props.version} />
      <FormFold title={props.planned ? 'Change planned day zero' : 'Plan day zero'}>
        <Questions />
        <DateField
          name="plannedDayZero"
          label="Planned day zero"
          value={props.planned ? formatDate(props.planned) : null}
          hint="Windows count from it until the real one is known"
        />
        {props.planned && <ReasonField />}
        <KeepingButton>Save</KeepingButton>
      </FormFold>
    </ActionForm>
  )
}

export function AllocationForm(props: {
  about: About
  arms: readonly Option[]
  closed: boolean
  submissionKey: string
  draft: FormDraft | null
}) {
  return (
    <ActionForm
      action={recordAllocation}
      submissionKey={props.submissionKey}
      draft={props.draft}
      label="Record the arm"
      id="record-arm"
      closed={props.closed}
    >
      <Names about={props.about} />
      <FormFold title="Record the arm">
        <div className="flex flex-wrap gap-4">
          <SelectField name="arm" label="Arm" options={props.arms} />
          <DateField name="allocatedOn" label="Date of allocation" hint="For example 16 Apr 2026" />
        </div>
        <p className="note">The arm is allocated elsewhere and recorded here once, with your name.</p>
        <KeepingButton>Record</KeepingButton>
      </FormFold>
    </ActionForm>
  )
}
