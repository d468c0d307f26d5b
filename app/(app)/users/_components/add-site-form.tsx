import { SelectField, TextField } from '@/app/_ui/fields'
import { ActionForm } from '@/app/_ui/form'
import { SubmitButton } from '@/app/_ui/submit-button'
import { addSite } from '../actions'
import type { Places } from './role-fields'

export function AddSiteForm({ places, submissionKey }: { places: readonly Places[]; submissionKey: string }) {
  const only = places.length === 1 ? places[0]?.code : undefined
  return (
    <ActionForm
      action={addSite}
      submissionKey={submissionKey}
      id="add-site"
      className="fields"
      label="Add a site"
    >
      <SelectField
        name="study"
        label="Study"
        value={only ?? null}
        options={places.map(study => ({ value: study.code, label: study.code }))}
      />
      <TextField name="code" label="Code" size={8} hint="Begins each participant's number, for example MEL" />
      <TextField name="name" label="Name" />
      <TextField name="timeZone" label="Time zone" hint="Empty: that of the study" />
      <SubmitButton className="btn">Add site</SubmitButton>
    </ActionForm>
  )
}
