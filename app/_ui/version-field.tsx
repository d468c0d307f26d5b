'use client'

import { useFormState } from './form'

/**
 * The version of a record that the person saw, as a hidden field. What came back with what was typed stays: a form that is
 * drawn anew must not claim to have seen what was stored meanwhile.
 */
export function VersionField({ name, value }: { name: string; value: number | string | null }) {
  const { code, values } = useFormState()
  // A conflict that was answered stays answered while something else of the form is put right.
  const over = name === 'version' && code !== null ? values.overVersion?.[0] : undefined
  const seen = over ?? values[name]?.[0]
  return <input type="hidden" name={name} value={seen ?? value ?? ''} />
}
