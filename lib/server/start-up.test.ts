import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DatabaseUnfit, openDatabase } from '@/db/client'
import { headsFile } from './anchors'
import { addSeconds, now } from './clock'
import { operatorContext } from './context'
import { openExistingDatabase, openOrSetUpDatabase } from './database'
import { checkBackup } from './restores'
import { prepareDatabase, refuseNewerDatabase } from './start-up'
import { addUser } from './users'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'longitude-start-'))
  file = join(folder, 'data', 'x.db')
  return () => rmSync(folder, { recursive: true })
})

const heads = () => readFileSync(headsFile(file), 'utf8').trim().split('\n')
/** As a database of another version stands: one applied migration more, or none of those that there are. */
function pretend(sql: string): void {
  const connection = openDatabase(file)
  connection.sqlite.exec(sql)
  connection.close()
}
const NEWER = "INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('later', 99999999999999)"

describe('starting', () => {
  it('removes export files of a server that was stopped, and rows that have had their time', async () => {
    await prepareDatabase(file)
    const leftovers = ['.export-a1B2c3', '.state-a1B2c3'].map(name => join(folder, 'data', name))
    for (const leftover of leftovers) {
      mkdirSync(leftover)
      writeFileSync(join(leftover, 'scores_long.csv'), 'x')
    }
    const ago = (days: number) => addSeconds(now(), -days * 24 * 60 * 60)
    const fresh = ago(1)
    const connection = openDatabase(file)
    const add = (sql: string, ...values: (string | null)[]) => connection.sqlite.prepare(sql).run(...values)
    add("INSERT INTO users (email, name) VALUES ('a@example.org', 'A')")
    for (const [key, at] of [
      ['old', ago(8)],
      ['new', ago(6)],
    ] as const)
      add("INSERT INTO submission_keys (key, result, created_at) VALUES (?, 'null', ?)", key, at)
    const session =
      'INSERT INTO sessions (id_hash, user_id, created_at, last_seen_at, expires_at, revoked_at) VALUES (?, 1, ?, ?, ?, ?)'
    add(session, 'expired', ago(32), ago(32), ago(31), null)
    add(session, 'revoked', ago(32), ago(32), addSeconds(now(), 3600), ago(31))
    add(session, 'recent', fresh, fresh, fresh, null)
    const link =
      "INSERT INTO one_time_links (token_hash, purpose, created_at, expires_at, used_at) VALUES (?, 'setPassword', ?, ?, ?)"
    add(link, 'expired', ago(40), ago(37), null)
    add(link, 'open', fresh, addSeconds(now(), 3600), null)
    connection.close()
    await prepareDatabase(file)
    expect(leftovers.filter(existsSync)).toEqual([])
    const after = openDatabase(file)
    const keys = (sql: string) => after.sqlite.prepare(sql).pluck().all()
    expect(keys('SELECT key FROM submission_keys')).toEqual(['new'])
    expect(keys('SELECT id_hash FROM sessions')).toEqual(['recent'])
    expect(keys("SELECT token_hash FROM one_time_links WHERE purpose = 'setPassword'")).toEqual(['open'])
    after.close()
  })

  it('sets a new database up, anchors it, and gives a link for the first administrator (D1)', async () => {
    const { backup, firstUse } = await prepareDatabase(file)
    expect(backup).toBeNull()
    expect(firstUse).toMatch(/^\/first-use\?token=[\w-]{43}$/)
    expect(heads().map(line => JSON.parse(line).why)).toEqual(['firstWriteOfDay', 'start'])
  })

  it('gives a new link while there is no account, and none as soon as there is one', async () => {
    const first = await prepareDatabase(file)
    expect((await prepareDatabase(file)).firstUse).not.toBe(first.firstUse)
    const connection = openDatabase(file)
    const ada = {
      email: 'ada@example.org',
      name: 'Ada',
      role: 'administrator',
      study: null,
      site: null,
    } as const
    expect(addUser(operatorContext(connection.db), ada).ok).toBe(true)
    connection.close()
    expect((await prepareDatabase(file)).firstUse).toBeNull()
    expect(heads().at(-1)).toContain('"why":"start"')
  })

  it('refuses a database that a newer version made, and leaves it as it is', async () => {
    await prepareDatabase(file)
    pretend(NEWER)
    expect(() => refuseNewerDatabase(file)).toThrow(/newer version/)
    await expect(prepareDatabase(file)).rejects.toThrow(DatabaseUnfit)
    expect(readdirSync(dirname(file)).filter(name => name.includes('before-migration'))).toEqual([])
  })
})

describe('an older database', () => {
  const home = process.cwd()
  const journalOf = (folder: string) => join(folder, 'db', 'migrations', 'meta', '_journal.json')
  const LATER =
    (JSON.parse(readFileSync(journalOf(home), 'utf8')) as { entries: unknown[] }).entries.length + 1
  afterEach(() => process.chdir(home))

  /** A later version of the software: this one with one migration more. */
  function pretendLaterVersion(sql: string): void {
    const migrations = join(folder, 'db', 'migrations')
    cpSync(join(home, 'db', 'migrations'), migrations, { recursive: true })
    const journal = journalOf(folder)
    const content = JSON.parse(readFileSync(journal, 'utf8')) as { entries: { idx: number; when: number }[] }
    const last = content.entries.at(-1)
    if (!last) throw new Error('there is a first migration')
    content.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1, tag: 'later' } as typeof last)
    writeFileSync(journal, JSON.stringify(content))
    writeFileSync(join(migrations, 'later.sql'), sql)
    process.chdir(folder)
  }

  it('is backed up before it is migrated, and the backup is the database as it was', async () => {
    await prepareDatabase(file)
    pretendLaterVersion('CREATE TABLE later (a integer) STRICT;')
    expect(() => openExistingDatabase(file)).toThrow(/run npm start once/)
    const { backup } = await prepareDatabase(file)
    expect(backup).toBe(`${file}.before-migration-${LATER}`)
    expect(await checkBackup(backup ?? '')).toEqual([])
    openExistingDatabase(file).close()
    expect((await prepareDatabase(file)).backup).toBeNull()
  })

  it('is still there as a backup when the migration fails', async () => {
    await prepareDatabase(file)
    pretendLaterVersion('CREATE TABLE users (a integer) STRICT;')
    await expect(prepareDatabase(file)).rejects.toThrow()
    expect(await checkBackup(`${file}.before-migration-${LATER}`)).toEqual([])
    await expect(prepareDatabase(file)).rejects.toThrow()
    expect(await checkBackup(`${file}.before-migration-${LATER}`)).toEqual([])
  })
})

describe('the command line', () => {
  it('refuses a database that is not there, empty or newer, saying what to do, and makes none', () => {
    expect(() => openExistingDatabase(file)).toThrow(/no database/)
    expect(existsSync(file)).toBe(false)
    openDatabase(file).close()
    expect(() => openExistingDatabase(file)).toThrow(/is empty/)
    openOrSetUpDatabase(file).close()
    openExistingDatabase(file).close()
    pretend(NEWER)
    expect(() => openExistingDatabase(file)).toThrow(/newer version/)
    expect(() => openOrSetUpDatabase(file)).toThrow(/newer version/)
  })

  it('refuses a database whose triggers were removed (A5)', () => {
    openOrSetUpDatabase(file).close()
    pretend('DROP TRIGGER audit_entries_no_delete')
    expect(() => openExistingDatabase(file)).toThrow(/audit_entries_no_delete/)
  })
})

describe('the first write of a UTC day', () => {
  it('is anchored, once a day', () => {
    const connection = openOrSetUpDatabase(file)
    const at = (now: string, email: string) => {
      const person = { email, name: 'X', role: 'administrator', study: null, site: null } as const
      expect(addUser({ ...operatorContext(connection.db), now }, person).ok).toBe(true)
    }
    at('2026-04-16T23:59:00.000Z', 'a@example.org')
    at('2026-04-16T23:59:30.000Z', 'b@example.org')
    at('2026-04-17T00:00:00.000Z', 'c@example.org')
    connection.close()
    const lines = heads().map(line => JSON.parse(line) as { at: string; seq: number; why: string })
    expect(lines.map(({ at, seq, why }) => [at.slice(0, 10), seq, why])).toEqual([
      ['2026-04-16', 3, 'firstWriteOfDay'],
      ['2026-04-17', 9, 'firstWriteOfDay'],
    ])
  })
})
