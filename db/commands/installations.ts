import { eq } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import { installations } from '@/db/schema/audit'
import { insertOperational } from '@/db/write'

/** Names the installation once; later calls change nothing. */
export function nameInstallation(tx: Tx, named: { uuid: string; createdAt: string; demo: boolean }): void {
  if (tx.select({ id: installations.id }).from(installations).where(eq(installations.id, 1)).get()) return
  insertOperational(tx, 'installations', { id: 1, ...named })
}
