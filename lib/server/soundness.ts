import type { Db } from '@/db/client'

/** Shared by the copies of this module that the parts of a server are built with. */
const holder = globalThis as { longitudeUnsound?: WeakSet<Db> }

/** What was found of a database that this process serves; writes into an unsound one are refused. */
export function noteSoundness(db: Db, isSound: boolean): void {
  holder.longitudeUnsound ??= new WeakSet()
  if (isSound) holder.longitudeUnsound.delete(db)
  else holder.longitudeUnsound.add(db)
}

export function isUnsound(db: Db): boolean {
  return holder.longitudeUnsound?.has(db) === true
}
