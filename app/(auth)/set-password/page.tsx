import type { Metadata } from 'next'
import { ActionForm } from '@/app/_ui/form'
import { SubmitButton } from '@/app/_ui/submit-button'
import { newSubmissionKey, openLink } from '@/lib/server/auth'
import { LinkUnusable } from '../_components/link-unusable'
import { PasswordFields } from '../_components/password-fields'
import { setPassword } from '../actions'

export const metadata: Metadata = { title: 'Set your password' }

export default async function SetPasswordPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string }>
}) {
  const { token = '' } = await searchParams
  const link = await openLink(token)
  if (link?.purpose !== 'setPassword') return <LinkUnusable />
  return (
    <>
      <h1>Set your password</h1>
      <p>
        {link.name}, {link.email}
      </p>
      <ActionForm action={setPassword} submissionKey={newSubmissionKey()} className="stack">
        <input type="hidden" name="token" value={token} />
        <PasswordFields />
        <SubmitButton className="btn pri">Set password</SubmitButton>
      </ActionForm>
    </>
  )
}
