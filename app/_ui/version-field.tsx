'use client'

import { useFormState } from './form'

/**
 * The version of a record that the person saw, as a hidden field. What came back with what was typed stays: a form that is
 * drawn anew must not claim to have seen what was stored meanwhile.
 */
export function VersionField({ name, value }: { name: string; value: number | string | null }) {
  const seen = useFormState().values[name]?.[0]
  return <input type="hidden" name={name} value={seen ?? value ?? ''} />
}
