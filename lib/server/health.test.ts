import { afterEach, beforeEach, expect, it } from 'vitest'
import { createTestDb, TEST_NOW, type TestDb } from '@/db/testing/test-db'
import { ok } from '@/lib/domain/shared/result'
import { database } from './database'
import { setEnvironment } from './env'
import { readHealth } from './health'
import { inTransaction } from './transaction'

const holder = globalThis as { longitudeSoundness?: string; longitudeDatabase?: { close(): void } }
let test: TestDb
beforeEach(() => {
  test = createTestDb()
  setEnvironment('DATABASE_FILE', test.file)
  delete holder.longitudeSoundness
})
afterEach(() => {
  holder.longitudeDatabase?.close()
  delete holder.longitudeDatabase
  test.remove()
})

it('a sound database is ok, and the answer says nothing of what it holds', () => {
  expect(readHealth()).toEqual({ status: 'ok', version: expect.stringMatching(/^\d+\.\d+\.\d+/) })
})

it('a database whose triggers were removed is unsound from the start', () => {
  test.sqlite.exec('DROP TRIGGER audit_entries_no_update')
  expect(readHealth().status).toBe('unsound')
})

it('a database that does not answer any more is unavailable', () => {
  expect(readHealth().status).toBe('ok')
  database().close()
  expect(readHealth().status).toBe('unavailable')
})

it('a file that was found damaged at the start takes no writes, and says why', () => {
  const { db } = database()
  const save = () => inTransaction({ db, now: TEST_NOW, requestId: 'r' }, () => ok('saved'))
  expect(save()).toEqual({ ok: true, value: 'saved' })
  test.sqlite.exec('DROP TRIGGER audit_entries_no_update')
  readHealth()
  expect(save()).toEqual({ ok: false, error: { code: 'notSaved', cause: 'damaged' } })
})
