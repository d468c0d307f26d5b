'use client'

import type { ReactNode } from 'react'
import { useFormState } from '@/app/_ui/form'

/** A form that opens on request, and by itself where it came back refused. Works without JavaScript. */
export function FormFold({ title, children }: { title: string; children: ReactNode }) {
  const state = useFormState()
  return (
    <details className="py-1" open={state.status === 'refused'} key={state.sent}>
      <summary className="btn sm">{title}</summary>
      <div className="formfold">{children}</div>
    </details>
  )
}
