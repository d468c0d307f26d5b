import { TextField } from '@/app/_ui/fields'
import { ActionForm } from '@/app/_ui/form'
import { SubmitButton } from '@/app/_ui/submit-button'
import { addUser } from '../actions'
import { type Places, RoleFields } from './role-fields'

export function AddUserForm({ places, submissionKey }: { places: readonly Places[]; submissionKey: string }) {
  return (
    <ActionForm
      action={addUser}
      submissionKey={submissionKey}
      id="add-user"
      className="fields"
      label="Add a user"
    >
      <TextField name="name" label="Name" />
      <TextField name="email" label="E-mail" type="email" />
      <RoleFields places={places} />
      <SubmitButton className="btn pri">Add user</SubmitButton>
    </ActionForm>
  )
}
