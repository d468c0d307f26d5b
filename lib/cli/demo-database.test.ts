import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Connection, openDatabase } from '@/db/client'
import { createTestDb } from '@/db/testing/test-db'
import { calendarDateIn } from '@/lib/domain/shared/calendar-date'
import { now } from '@/lib/server/clock'
import { operatorContext } from '@/lib/server/context'
import { setUpDatabase } from '@/lib/server/database'
import { resetDemoAccounts } from '@/lib/server/demo-accounts'
import { signIn } from '@/lib/server/sessions'
import { prepareDemoDatabase } from './demo-database'
import { DEMO_PLACE } from './demo-entry'

const TODAY = calendarDateIn('Australia/Melbourne', now())
let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'longitude-demo-'))
  file = join(folder, 'demo.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function look<T>(work: (connection: Connection) => T): T {
  const connection = openDatabase(file)
  try {
    return work(connection)
  } finally {
    connection.close()
  }
}

const count = (table: string) =>
  look(({ sqlite }) => sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get())

async function maySignIn(email: string, password: string): Promise<boolean> {
  const connection = openDatabase(file)
  const attempt = { email, password, address: '127.0.0.1', now: now(), requestId: 'test' }
  const session = await signIn(connection.db, attempt)
  connection.close()
  return session.ok && session.value !== null
}

describe('D1 the accounts of the demonstration', () => {
  it('are refused in a database that the demonstration did not make', async () => {
    const test = createTestDb()
    const made = await resetDemoAccounts(operatorContext(test.db), DEMO_PLACE, () => 'blue harbour ladder')
    expect(made).toMatchObject({ ok: false, error: { code: 'notPossible' } })
    expect(test.sqlite.prepare('SELECT count(*) FROM users').pluck().get()).toBe(0)
    test.remove()
  })

  it('are one for each role, and sign in with the password of this start only', async () => {
    const first = await prepareDemoDatabase(file, TODAY, () => 'blue harbour ladder nine')
    expect(first.map(({ role }) => role).sort()).toEqual([
      'administrator',
      'coordinator',
      'dataManager',
      'investigator',
      'monitor',
      'statistician',
    ])
    const second = await prepareDemoDatabase(file, TODAY, () => 'green anchor window four')
    expect(second.map(({ email }) => email)).toEqual(first.map(({ email }) => email))
    for (const { email, password } of second) expect(await maySignIn(email, password)).toBe(true)
    expect(await maySignIn('coordinator@demo.example', 'blue harbour ladder nine')).toBe(false)
  })
})

describe('preparing the demonstration', () => {
  it('seeds once', async () => {
    await prepareDemoDatabase(file, TODAY, () => 'blue harbour ladder nine')
    const rows = [count('participants'), count('assessments'), count('users')]
    await prepareDemoDatabase(file, TODAY, () => 'blue harbour ladder nine')
    expect([count('participants'), count('assessments'), count('users')]).toEqual(rows)
    expect(rows[0]).toBe(15)
  })

  it('leaves no half of a demonstration behind when it fails, and begins afresh', async () => {
    let made = 0
    const failing = () => {
      made += 1
      if (made === 3) throw new Error('the power went')
      return 'blue harbour ladder nine'
    }
    await expect(prepareDemoDatabase(file, TODAY, failing)).rejects.toThrow('the power went')
    expect(existsSync(file)).toBe(false)
    writeFileSync(`${file}.making-wal`, 'left by a killed process')
    await prepareDemoDatabase(file, TODAY, () => 'blue harbour ladder nine')
    expect(count('participants')).toBe(15)
    expect(readdirSync(folder).filter(name => name.includes('.making'))).toEqual([])
  })

  it('keeps the anchors of its audit beside it', async () => {
    await prepareDemoDatabase(file, TODAY, () => 'blue harbour ladder nine')
    expect(readFileSync(`${file}.heads`, 'utf8')).toContain('"why":"firstWriteOfDay"')
  })

  it('leaves the database of a study untouched', async () => {
    look(connection => setUpDatabase(connection, { demo: false }))
    const before = readFileSync(file)
    await expect(prepareDemoDatabase(file, TODAY, () => 'blue harbour ladder nine')).rejects.toThrow(
      'was not made by npm run demo',
    )
    expect(readFileSync(file).equals(before)).toBe(true)
  })
})
