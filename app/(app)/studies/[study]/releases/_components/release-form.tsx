import { ConfirmField } from '@/app/_ui/confirm-field'
import { RadioField } from '@/app/_ui/fields'
import { ActionForm } from '@/app/_ui/form'
import { ReasonField } from '@/app/_ui/reason-field'
import { SubmitButton } from '@/app/_ui/submit-button'
import { releaseResults } from '../actions'
import { AUDIENCES, LEVELS } from './release-words'

const REASONS = [
  'Meeting of the data monitoring committee',
  'Planned interim analysis',
  'Unplanned safety review',
] as const

const options = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }))

/** Opens results by arm while the study runs. */
export function ReleaseForm({ study, newKey }: { study: string; newKey: string }) {
  return (
    <section className="fsec">
      <h2>Release results by arm</h2>
      <p className="note">
        For a data monitoring committee, open them to statisticians, who prepare its closed report; everybody
        else then keeps pooled results.
      </p>
      <ActionForm
        action={releaseResults}
        submissionKey={newKey}
        id="release"
        className="fields mt-3"
        label="Release results by arm"
      >
        <input type="hidden" name="study" value={study} />
        <RadioField
          name="level"
          label="Results"
          options={options(LEVELS)}
          hint="Masked results name no participant and no treatment, and have no planned ratio. How many participants and events each letter has can still suggest which arm it is."
        />
        <RadioField name="audience" label="Opened to" options={options(AUDIENCES)} />
        <ReasonField label="Reason to release" reasons={REASONS} />
        <ConfirmField
          what="A release can be withdrawn. What was seen stays seen; each look is recorded with name and time. The arm of a single participant stays as masked as it is."
          label="Open results by arm before the study is locked"
        />
        <SubmitButton className="btn">Release results</SubmitButton>
      </ActionForm>
    </section>
  )
}
