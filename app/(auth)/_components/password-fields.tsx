import { TextField } from '@/app/_ui/fields'

/** A new password, typed twice. */
export function PasswordFields() {
  return (
    <>
      <TextField
        name="password"
        label="Password"
        type="password"
        autoComplete="new-password"
        hint="12 characters or more. Several words that do not belong together are easy to keep and hard to guess."
      />
      <TextField
        name="passwordAgain"
        label="The same password again"
        type="password"
        autoComplete="new-password"
      />
    </>
  )
}
