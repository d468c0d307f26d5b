import { setTimeout as wait } from 'node:timers/promises'
import { type Db, isWriteLocked } from '@/db/client'
import type { AppError } from '@/lib/domain/shared/errors'
import type { Result } from '@/lib/domain/shared/result'

/** As long as a command waits: while an import commits, saves wait up to 5 s. */
const PATIENCE_MS = 5000
const PAUSE_MS = 25

/**
 * Carries out a use case, and again when another process holds the write lock, for up to 5 s; then the answer is *busy*.
 * Between attempts nothing of it runs, so that everybody else reads and saves meanwhile; a whole use case is tried again
 * only when the lock was seen free.
 */
export async function retryWhileBusy<T>(
  db: Db,
  attempt: () => Result<T, AppError> | Promise<Result<T, AppError>>,
  patienceMs = PATIENCE_MS,
): Promise<Result<T, AppError>> {
  const end = performance.now() + patienceMs
  let answer = await attempt()
  while (!answer.ok && answer.error.code === 'busy' && performance.now() < end) {
    await wait(PAUSE_MS)
    if (!isWriteLocked(db)) answer = await attempt()
  }
  return answer
}
