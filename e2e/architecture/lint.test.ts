import { join } from 'node:path'
import { ESLint } from 'eslint'
import { describe, expect, test } from 'vitest'

const eslint = new ESLint({ cwd: join(import.meta.dirname, '../..') })

async function lint(filePath: string, code: string) {
  const results = await eslint.lintText(code, { filePath })
  return [...new Set(results.flatMap(result => result.messages.map(message => message.message)))]
}

const transaction = /A transaction is synchronous/
const door = /Write through db\/write\.ts/
const clock = /Take the time from the caller/
const random = /Random numbers/
const environment = /Only lib\/server\/env\.ts/
const driver = /Only db\/client\.ts reaches/
const raw = /SQL as plain text/
const pure = /lib\/domain is pure/

describe('lint refuses', () => {
  test.each([
    [
      'an asynchronous transaction',
      'lib/server/visits.ts',
      'ctx.db.transaction(async tx => tx)',
      transaction,
    ],
    ['one in a test', 'db/visits.test.ts', 'db.transaction(async function () {})', transaction],
    ['one by our own wrapper', 'lib/server/visits.ts', 'inTransaction(ctx, async tx => tx)', transaction],
    ['one in the door', 'db/write.ts', 'db.transaction(async tx => tx)', transaction],
    ['an insert', 'db/commands/visits.ts', 'tx.insert(visits).values({})', door],
    ['an insert by another name', 'lib/server/visits.ts', 'handle.insert(visits)', door],
    ['an update', 'db/commands/visits.ts', 'tx.update(visits).set({})', door],
    ['a delete', 'app/page.tsx', 'ctx.db.delete(visits)', door],
    ['an update by another name', 'lib/server/visits.ts', 'handle.update(visits).set({ code })', door],
    ['a delete by another name', 'lib/server/visits.ts', 'handle.delete(visits).run()', door],
    ['a narrowed delete by another name', 'db/queries/visits.ts', 'q.delete(visits).where(here).run()', door],
    ['a delete that is awaited', 'lib/server/visits.ts', 'await handle.delete(visits)', door],
    ['a verb in brackets', 'db/commands/visits.ts', "tx['update'](visits)", door],
    ['a verb taken out', 'db/commands/visits.ts', 'const { update } = tx', door],
    ['a delete after another statement', 'lib/cli/main.ts', "db.exec('SELECT 1; DELETE FROM visits')", door],
    ['a delete behind a query', 'db/queries/v.ts', "db.run('WITH a AS (SELECT 1) DELETE FROM visits')", door],
    ['a delete behind a comment', 'db/queries/v.ts', "db.run('/* x */ DELETE FROM visits')", door],
    ['an update that replaces', 'db/queries/v.ts', "db.run('UPDATE OR REPLACE visits SET id = 1')", door],
    ['a trigger that is dropped', 'lib/cli/main.ts', "db.exec('DROP TRIGGER audit_entries_no_update')", door],
    ['the driver', 'lib/server/visits.ts', "ctx.db.$client.exec('x')", driver],
    ['the driver in brackets', 'db/replay.ts', "db['$client']", driver],
    ['the driver taken out', 'db/queries/visits.ts', 'const { $client } = db', driver],
    ['SQL as plain text', 'db/queries/visits.ts', 'db.run(sql.raw(text))', raw],
    ['SQL as plain text in a command', 'lib/server/visits.ts', 'sql.raw(`DELETE ${what}`)', raw],
    [
      'an insert in SQL',
      'db/queries/visits.ts',
      "db.prepare('INSERT OR IGNORE INTO visits VALUES (1)')",
      door,
    ],
    ['a replace in SQL', 'db/queries/visits.ts', "db.prepare('replace into visits values (1)')", door],
    ['an update in SQL', 'db/queries/visits.ts', 'db.run(sql`UPDATE visits SET x = 1`)', door],
    ['an update of a named table', 'db/queries/visits.ts', 'db.run(sql`update ${visits} set x = 1`)', door],
    ['a delete in SQL', 'lib/cli/main.ts', 'db.exec(`\n  DELETE FROM visits`)', door],
    ['the clock', 'lib/server/visits.ts', 'new Date()', clock],
    ['the clock as text', 'lib/domain/dates.ts', 'Date()', clock],
    ['the clock as a number', 'app/page.tsx', 'Date.now()', clock],
    ['the clock in a test', 'lib/server/visits.test.ts', 'new Date()', clock],
    ['randomness', 'lib/domain/dates.ts', 'Math.random()', random],
    ['the environment', 'lib/server/visits.ts', 'process.env.PORT', environment],
    ['the environment in brackets', 'lib/cli/main.ts', "process['env'].PORT", environment],
    ['the environment by import', 'db/client.ts', "import { env } from 'node:process'", environment],
    ['requests in the domain', 'lib/domain/scores.ts', "fetch('/')", pure],
    ['output in the domain', 'lib/domain/scores.ts', "console.log('')", pure],
    ['identifiers made in the domain', 'lib/domain/scores.ts', 'crypto.randomUUID()', pure],
  ])('%s', async (_what, filePath, code, message) => {
    expect(await lint(filePath, code)).toEqual([expect.stringMatching(message)])
  })
})

describe('lint allows', () => {
  test.each([
    ['a synchronous transaction', 'lib/server/visits.ts', 'inTransaction(ctx, tx => tx)'],
    ['writes in the door', 'db/write.ts', 'tx.insert(visits).values({})'],
    ['writes in a test database', 'db/testing/create.ts', 'db.insert(visits).values({})'],
    ['the clock in its file', 'lib/server/clock.ts', 'export const now = () => new Date()'],
    ['a date that is given', 'lib/domain/dates.ts', "new Date('2026-04-16T00:00:00Z')"],
    ['the environment in its file', 'lib/server/env.ts', 'process.env.PORT'],
    ['a map that forgets', 'lib/server/visits.ts', 'seen.delete(1)'],
    ['a map of maps that forgets', 'lib/server/visits.ts', 'seen.get(1)?.delete(key)'],
    ['conditions of a table', 'db/schema/visits.ts', 'check(name, sql.raw(`day ${IS_DATE}`))'],
    ['the driver in its file', 'db/client.ts', "db.$client.exec('BEGIN IMMEDIATE')"],
    ['a hash that is fed', 'lib/server/visits.ts', "hash.update('a')"],
    ['words that begin like SQL', 'app/page.tsx', 'const label = `Update ${visit}`'],
  ])('%s', async (_what, filePath, code) => {
    expect(await lint(filePath, code)).toEqual([])
  })
})
