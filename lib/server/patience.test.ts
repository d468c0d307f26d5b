import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Connection, openDatabase } from '@/db/client'
import { insertUser } from '@/db/commands/users'
import { createTestDb, TEST_NOW, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { ok } from '@/lib/domain/shared/result'
import { retryWhileBusy } from './patience'
import { inTransaction } from './transaction'

let test: TestDb
let served: Connection
let other: Connection
beforeEach(() => {
  test = createTestDb()
  served = openDatabase(test.file, { waitMs: 0 })
  other = openDatabase(test.file)
})
afterEach(() => {
  served.close()
  other.close()
  test.remove()
})

const save = () =>
  inTransaction({ db: served.db, now: TEST_NOW, requestId: 'r' }, tx => {
    insertUser(tx, TEST_WRITER, { email: 'a@example.org', name: 'A' })
    return ok('saved')
  })
const countUsers = () => served.sqlite.prepare('SELECT count(*) FROM users').pluck().get()

it('while another process writes, a save waits for its turn and reads go on meanwhile', async () => {
  other.sqlite.exec('BEGIN IMMEDIATE')
  const answers: unknown[] = []
  const saved = retryWhileBusy(served.db, () => {
    const answer = save()
    answers.push(answer)
    return answer
  })
  // The first attempt came back at once: the thread is free, and reads.
  expect(answers).toEqual([{ ok: false, error: { code: 'busy' } }])
  expect(countUsers()).toBe(0)
  other.sqlite.exec('COMMIT')
  expect(await saved).toEqual({ ok: true, value: 'saved' })
  expect(countUsers()).toBe(1)
})

it('a save that waits too long is refused as busy, and was not tried while the lock was seen to be held', async () => {
  other.sqlite.exec('BEGIN IMMEDIATE')
  let attempts = 0
  const answer = await retryWhileBusy(
    served.db,
    () => {
      attempts += 1
      return save()
    },
    200,
  )
  expect(answer).toEqual({ ok: false, error: { code: 'busy' } })
  expect(attempts).toBe(1)
})

it('a server’s connection does not wait inside SQLite; every other one waits 5 s', () => {
  expect(served.sqlite.pragma('busy_timeout', { simple: true })).toBe(0)
  expect(other.sqlite.pragma('busy_timeout', { simple: true })).toBe(5000)
})
