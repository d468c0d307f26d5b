'use client'

import { createContext, type ReactNode, useContext } from 'react'
import { OWNER_FIELD } from '@/lib/schemas/form-state'

const OwnerContext = createContext<number | null>(null)

/** For whom the pages within are drawn. */
export function PageOwner({ id, children }: { id: number; children: ReactNode }) {
  return <OwnerContext value={id}>{children}</OwnerContext>
}

/**
 * Says with a form for whom its page was drawn: sent by somebody else who signed in meanwhile it is refused. A form that
 * came back keeps what it said.
 */
export function OwnerField({ sent }: { sent: string | undefined }) {
  const id = useContext(OwnerContext)
  const value = sent ?? id
  return value === null ? null : <input type="hidden" name={OWNER_FIELD} value={value} />
}
