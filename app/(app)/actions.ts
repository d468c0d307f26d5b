'use server'

import { redirect } from 'next/navigation'
import { endSession, NOT_RECORDED } from '@/lib/server/auth'

/** Next refuses a foreign Origin for server actions; ending a session needs no more. */
export async function signOut(): Promise<void> {
  const ended = await endSession()
  redirect(ended.ok ? '/sign-in' : `/sign-in?error=${NOT_RECORDED}`)
}
