'use server'

import { redirect } from 'next/navigation'
import { endSession } from '@/lib/server/auth'

/** Next refuses a foreign Origin for server actions; ending a session needs no more. */
export async function signOut(): Promise<void> {
  await endSession()
  redirect('/sign-in')
}
