'use client'

import type { ComponentProps } from 'react'
import { useFormStatus } from 'react-dom'

/** Sends the form around it; says so while the answer is awaited. */
export function SubmitButton({ children, ...rest }: Omit<ComponentProps<'button'>, 'type'>) {
  const { pending } = useFormStatus()
  return (
    <button type="submit" {...rest}>
      {pending ? 'Saving…' : children}
    </button>
  )
}
