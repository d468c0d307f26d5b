import { fork } from 'node:child_process'
import { once } from 'node:events'
import { expect, it } from 'vitest'
import { verifyChain } from '@/lib/domain/audit/chain'
import { sha256 } from './audit-entry'
import { findInstallation, readChain } from './queries/audit'
import { compareReplay } from './replay'
import { createTestDb, type TestDb } from './testing/test-db'

const WRITES = 200

async function startWriter(test: TestDb, name: string) {
  const script = new URL('./testing/write-many.ts', import.meta.url)
  const child = fork(script, [test.file, name], { execArgv: ['--import', 'tsx'] })
  await once(child, 'message')
  return child
}

/** One write after the other, each asked for as soon as the last is on disk. */
async function writeAll(child: Awaited<ReturnType<typeof startWriter>>): Promise<number> {
  for (let index = 1; index <= WRITES; index += 1) {
    const answer = once(child, 'message')
    child.send(index)
    await answer
  }
  const ended = once(child, 'exit')
  child.disconnect()
  return (await ended)[0] as number
}

it('two processes that save at once lose nothing and keep the chain sound', async () => {
  const test = createTestDb()
  const children = await Promise.all([startWriter(test, 'ann'), startWriter(test, 'bob')])
  expect(await Promise.all(children.map(writeAll))).toEqual([0, 0])
  const installation = findInstallation(test.db)?.uuid ?? ''
  const report = verifyChain(sha256, installation, 'system', readChain(test.db, 'system'))
  expect(report).toMatchObject({ entries: 2 * WRITES, faults: [] })
  const counted = test.sqlite.prepare('SELECT name, count(*) FROM users GROUP BY name ORDER BY name')
  expect(counted.raw().all()).toEqual([
    ['ann', WRITES],
    ['bob', WRITES],
  ])
  expect(compareReplay(test.db)).toEqual([])
  // They were at it at the same time, or nothing was shown.
  const actors = test.sqlite.prepare('SELECT actor FROM audit_entries ORDER BY id').pluck().all()
  expect(new Set(actors.slice(0, WRITES)).size).toBe(2)
  test.remove()
}, 60_000)
