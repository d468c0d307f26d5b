import { TextField } from '@/app/_ui/fields'
import { ActionForm } from '@/app/_ui/form'
import { SubmitButton } from '@/app/_ui/submit-button'
import { activateUser, deactivateUser, giveRole, makeLink, takeRole } from '../actions'
import { type Places, ROLE_OPTIONS, RoleFields } from './role-fields'

interface User {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly active: boolean
  readonly hasPassword: boolean
  readonly roles: readonly { membershipId: number; role: string; study: string | null; site: string | null }[]
}

/** One account: what it is, and in a fold what can be changed. */
export function UserRow({
  user,
  places,
  submissionKey,
}: {
  user: User
  places: readonly Places[]
  submissionKey: string
}) {
  const id = <input type="hidden" name="userId" value={user.id} />
  return (
    <tr>
      <th scope="row">{user.name}</th>
      <td>{user.email}</td>
      <td>
        <UserState user={user} />
      </td>
      <td>
        {user.roles.length === 0
          ? 'None'
          : user.roles.map(role => <div key={role.membershipId}>{describeRole(role)}</div>)}
      </td>
      <td>
        <details>
          <summary>Change {user.name}</summary>
          <div className="fold">
            <ActionForm
              action={giveRole}
              id={`give-${user.id}`}
              submissionKey={`${submissionKey}-give`}
              className="fields"
              label={`Give ${user.name} a role`}
            >
              {id}
              <RoleFields places={places} />
              <SubmitButton className="btn sm">Give role</SubmitButton>
            </ActionForm>
            {user.roles.map(role => (
              <ActionForm
                key={role.membershipId}
                action={takeRole}
                id={`take-${role.membershipId}`}
                submissionKey={`${submissionKey}-take-${role.membershipId}`}
                className="fields"
                label={`Take role ${describeRole(role)} from ${user.name}`}
              >
                {id}
                <input type="hidden" name="membershipId" value={role.membershipId} />
                <TextField name="reason" label={`Reason to take “${describeRole(role)}” away`} />
                <SubmitButton className="btn sm">Take away</SubmitButton>
              </ActionForm>
            ))}
            <ActionForm
              action={user.active ? deactivateUser : activateUser}
              id={`active-${user.id}`}
              submissionKey={`${submissionKey}-active`}
              className="fields"
              label={`${user.active ? 'Deactivate' : 'Activate'} ${user.name}`}
            >
              {id}
              <TextField name="reason" label={user.active ? 'Reason to deactivate' : 'Reason to activate'} />
              <SubmitButton className="btn sm">{user.active ? 'Deactivate' : 'Activate'}</SubmitButton>
            </ActionForm>
            {user.active && (
              <ActionForm
                action={makeLink}
                id={`link-${user.id}`}
                submissionKey={`${submissionKey}-link`}
                label={`New link for ${user.name}`}
              >
                {id}
                <SubmitButton className="btn sm">Make a new link to set the password</SubmitButton>
              </ActionForm>
            )}
          </div>
        </details>
      </td>
    </tr>
  )
}

function UserState({ user }: { user: User }) {
  if (!user.active) return <span className="chip">Deactivated</span>
  if (!user.hasPassword) return <span className="chip warn">Link not used yet</span>
  return <span className="chip ok">Active</span>
}

function describeRole(role: User['roles'][number]): string {
  const name = ROLE_OPTIONS.find(option => option.value === role.role)?.label.split(':')[0] ?? role.role
  if (role.study === null) return name
  return `${name}, ${role.study}, ${role.site ?? 'all sites'}`
}
