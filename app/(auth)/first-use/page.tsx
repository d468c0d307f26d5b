import type { Metadata } from 'next'
import { TextField } from '@/app/_ui/fields'
import { ActionForm } from '@/app/_ui/form'
import { SubmitButton } from '@/app/_ui/submit-button'
import { newSubmissionKey, openLink } from '@/lib/server/auth'
import { LinkUnusable } from '../_components/link-unusable'
import { PasswordFields } from '../_components/password-fields'
import { makeFirstAdministrator } from '../actions'

export const metadata: Metadata = { title: 'First use' }

export default async function FirstUsePage({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  const { token = '' } = await searchParams
  const link = await openLink(token)
  if (link?.purpose !== 'firstAdministrator') return <LinkUnusable />
  return (
    <>
      <h1>Make the first administrator</h1>
      <p>Administrators manage users, roles and sites. They do not see clinical data.</p>
      <ActionForm action={makeFirstAdministrator} submissionKey={newSubmissionKey()} className="stack">
        <input type="hidden" name="token" value={token} />
        <TextField name="name" label="Name, as the audit trail shall show it" autoComplete="name" />
        <TextField name="email" label="E-mail" type="email" autoComplete="username" />
        <PasswordFields />
        <SubmitButton className="btn pri">Make administrator</SubmitButton>
      </ActionForm>
    </>
  )
}
