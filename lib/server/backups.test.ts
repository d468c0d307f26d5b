import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, readMigrationState } from '@/db/client'
import { keepPassword } from '@/db/commands/sessions'
import { insertUser } from '@/db/commands/users'
import { listChainHeads } from '@/db/queries/audit'
import { seedStudy } from '@/db/testing/factories'
import { seedRecords } from '@/db/testing/seed-records'
import { createTestDb, TEST_NOW, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { headsFile, parseAnchors } from './anchors'
import { verifyAudit } from './audit'
import { backUp, manifestFile } from './backups'
import { operatorContext } from './context'
import { examineDatabase } from './doctor'
import { hashPassword } from './passwords'
import { checkBackup, restoreBackup } from './restores'
import { readSession, signIn } from './sessions'

let test: TestDb
let backup: string
beforeEach(() => {
  test = createTestDb()
  backup = join(test.file, '..', 'backup.db')
  seedRecords(test.db, seedStudy(test.db))
  return () => test.remove()
})

const ctx = () => ({ ...operatorContext(test.db), now: TEST_NOW })
const addUser = (email: string) =>
  test.db.transaction(tx => insertUser(tx, TEST_WRITER, { email, name: 'X' }), { behavior: 'immediate' })

async function made() {
  const done = await backUp(ctx(), test, backup)
  if (!done.ok) throw new Error(JSON.stringify(done.error))
  return done.value
}

describe('a backup (F2)', () => {
  it('holds what still stands in the write-ahead log, and its manifest says what it holds', async () => {
    const heads = listChainHeads(test.db)
    const schema = readMigrationState(test).applied
    const manifest = await made()
    expect(manifest).toMatchObject({ file: 'backup.db', schema, heads })
    expect(manifest.rows).toMatchObject({ participants: 1, visits: 1, assessments: 1, users: 1 })
    expect(JSON.parse(readFileSync(manifestFile(backup), 'utf8'))).toEqual(manifest)
    expect(existsSync(`${backup}-wal`)).toBe(false)
    expect(await checkBackup(backup)).toEqual([])
  })

  it('anchors the heads beside the database and is itself recorded', async () => {
    await made()
    const anchors = parseAnchors(readFileSync(headsFile(test.file), 'utf8'))
    expect(anchors).toEqual({ ok: true, value: expect.arrayContaining(listChainHeads(test.db)) })
    const act = test.sqlite.prepare("SELECT chain, role FROM audit_entries WHERE act = 'backup'").get()
    expect(act).toEqual({ chain: 'system', role: 'operator' })
  })

  it('is one consistent state although saves go on', async () => {
    const running = backUp(ctx(), test, backup)
    for (let index = 0; index < 50; index += 1) addUser(`during.${index}@example.org`)
    expect((await running).ok).toBe(true)
    expect(await checkBackup(backup)).toEqual([])
  })

  it('overwrites no file', async () => {
    writeFileSync(backup, 'something else')
    expect(await backUp(ctx(), test, backup)).toMatchObject({ ok: false, error: { code: 'notPossible' } })
    expect(readFileSync(backup, 'utf8')).toBe('something else')
  })
})

describe('restore --check says what differs', () => {
  const rewrite = (change: object) => {
    const manifest = JSON.parse(readFileSync(manifestFile(backup), 'utf8')) as object
    writeFileSync(manifestFile(backup), JSON.stringify({ ...manifest, ...change }))
  }
  const rehash = async () => {
    const { hashFile } = await import('./backups')
    rewrite({ sha256: await hashFile(backup) })
  }

  it('one flipped byte', async () => {
    await made()
    const bytes = readFileSync(backup)
    const middle = Math.floor(bytes.length / 2)
    bytes[middle] = (bytes[middle] ?? 0) ^ 1
    writeFileSync(backup, bytes)
    expect((await checkBackup(backup))[0]).toMatch(/SHA-256/)
  })

  it('a manifest that is missing, or of another database', async () => {
    await made()
    rewrite({ rows: {}, heads: [] })
    expect(await checkBackup(backup)).toEqual([
      'rows of the restored database differ from the manifest',
      'heads of the restored database differ from the manifest',
    ])
    expect((await checkBackup(test.file))[0]).toMatch(/manifest/)
  })

  it('a value that was changed in the backup, though its manifest was made to fit', async () => {
    await made()
    const tampered = new Database(backup)
    tampered.exec("UPDATE visits SET visit_date = '2026-03-03'")
    tampered.close()
    await rehash()
    expect(await checkBackup(backup)).toEqual([
      'replay: visits 1 visitDate: the audit says "2026-01-15", the table "2026-03-03"',
    ])
  })

  it('a file that is no database', async () => {
    await made()
    writeFileSync(backup, 'no database at all'.repeat(1000))
    await rehash()
    expect(await checkBackup(backup)).toHaveLength(1)
  })
})

describe('restoring', () => {
  it('is refused while the database is in use, and changes nothing', async () => {
    await made()
    const answer = await restoreBackup(backup, test.file, TEST_NOW)
    expect(answer).toMatchObject({ ok: false, error: { text: expect.stringMatching(/in use/) } })
    expect(test.sqlite.prepare('SELECT count(*) FROM visits').pluck().get()).toBe(1)
  })

  it('keeps what it replaced, anchors included, and writes down what that was', async () => {
    await made()
    addUser('later@example.org')
    const replaced = listChainHeads(test.db)
    test.close()
    const done = await restoreBackup(backup, test.file, TEST_NOW)
    const aside = done.ok ? done.value.replaced : null
    if (aside === null) throw new Error(JSON.stringify(done))
    const now = openDatabase(test.file)
    const emails = now.sqlite.prepare('SELECT email FROM users').pluck().all()
    expect(emails).toHaveLength(1)
    expect(emails).not.toContain('later@example.org')
    const details = now.sqlite
      .prepare("SELECT details FROM audit_entries WHERE act = 'restore'")
      .pluck()
      .get()
    expect(JSON.parse(String(details))).toMatchObject({ file: 'backup.db', replacedHeads: replaced })
    expect(examineDatabase(now).flatMap(({ findings }) => findings)).toEqual([])
    now.close()
    const old = openDatabase(aside)
    expect(old.sqlite.prepare('SELECT email FROM users').pluck().all()).toContain('later@example.org')
    old.close()
    expect(existsSync(headsFile(aside))).toBe(true)
  })

  it('brings no session back to life that was ended since (D3)', async () => {
    const userId = addUser('ann@example.org')
    const password = 'correct horse battery staple'
    const hash = await hashPassword(password)
    test.db.transaction(tx => keepPassword(tx, userId, hash, TEST_NOW))
    const attempt = {
      email: 'ann@example.org',
      password,
      address: '192.0.2.1',
      now: TEST_NOW,
      requestId: 'r',
    }
    const entered = await signIn(test.db, attempt)
    const secret = (entered.ok && entered.value) || ''
    expect(readSession(test.db, secret, TEST_NOW)).not.toBeNull()
    await made()
    test.close()
    await restoreBackup(backup, test.file, TEST_NOW)
    const now = openDatabase(test.file)
    expect(readSession(now.db, secret, TEST_NOW)).toBeNull()
    now.close()
  })

  it('refuses a backup that does not pass the check, and leaves the database alone', async () => {
    await made()
    writeFileSync(backup, 'damaged')
    test.close()
    const before = readFileSync(test.file)
    expect((await restoreBackup(backup, test.file, TEST_NOW)).ok).toBe(false)
    expect(readFileSync(test.file).equals(before)).toBe(true)
  })

  it('puts a damaged database aside and the backup in its place', async () => {
    await made()
    test.close()
    writeFileSync(test.file, 'damaged beyond reading'.repeat(500))
    expect((await restoreBackup(backup, test.file, TEST_NOW)).ok).toBe(true)
    const now = openDatabase(test.file)
    expect(now.sqlite.prepare('SELECT count(*) FROM visits').pluck().get()).toBe(1)
    now.close()
  })
})

describe('with an anchor, verification finds (A8)', () => {
  const anchors = () => {
    const parsed = parseAnchors(readFileSync(headsFile(test.file), 'utf8'))
    if (!parsed.ok) throw new Error('the backup wrote anchors')
    return parsed.value
  }
  const report = (db = test.db) => {
    const verified = verifyAudit({ ...ctx(), db }, { study: null, anchors: anchors() })
    if (!verified.ok) throw new Error(verified.error.code)
    return verified.value
  }

  it('nothing, where the audit goes on from what was anchored', async () => {
    await made()
    addUser('later@example.org')
    expect(report()).toMatchObject({ sound: true, anchors: { faults: [] } })
  })

  it('a cut tail, which the chain alone does not show', async () => {
    await made()
    const seq = listChainHeads(test.db).find(({ chain }) => chain === 'study/SMALL')?.seq
    const other = new Database(test.file)
    other.exec('DROP TRIGGER audit_entries_no_delete')
    other.exec("DELETE FROM audit_entries WHERE chain = 'study/SMALL' AND seq > 3")
    other.close()
    const { sound, chains, anchors: found } = report()
    expect(chains.flatMap(({ faults }) => faults)).toEqual([])
    expect(sound).toBe(false)
    expect(found?.faults).toEqual([{ chain: 'study/SMALL', seq, fault: 'missing' }])
  })

  it('an old copy put back', async () => {
    const old = `${test.file}.old`
    test.sqlite.pragma('wal_checkpoint(TRUNCATE)')
    copyFileSync(test.file, old)
    addUser('later@example.org')
    await made()
    const connection = openDatabase(old)
    expect(report(connection.db)).toMatchObject({ sound: false })
    connection.close()
  })

  it('a history that was written anew from some entry on', async () => {
    await made()
    const forged = anchors().map(anchor => ({ ...anchor, hash: 'f'.repeat(64) }))
    const verified = verifyAudit(ctx(), { study: 'SMALL', anchors: forged })
    expect(verified).toMatchObject({ value: { sound: false, anchors: { faults: [{ fault: 'differs' }] } } })
  })
})
