import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { emailOf } from '../fixtures/demo'
import { type Acknowledged, findLost, saveUntilCut } from './saves'
import { makeCookie, runCommand, startServer } from './server'

const ROUNDS = 3
const WRITERS = 3
const SAVES_BEFORE_KILL = 25

test('F1 every acknowledged save survives kill -9, with its audit entry', async () => {
  test.setTimeout(180_000)
  const folder = mkdtempSync(join(tmpdir(), 'longitude-kill-'))
  const file = join(folder, 'demo.db')
  const acknowledged: Acknowledged[] = []
  let cut = 0
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      const server = await startServer(file)
      const cookie = await makeCookie(file, emailOf('coordinator'))
      const writer = { address: server.address, cookie }
      let saves = 0
      let reached = () => {}
      const enough = new Promise<void>(resolve => {
        reached = resolve
      })
      const count = () => {
        saves += 1
        if (saves === SAVES_BEFORE_KILL) reached()
      }
      const streams = Array.from({ length: WRITERS }, (_, index) => saveUntilCut(writer, 100 * index, count))
      await Promise.race([enough, Promise.all(streams)])
      await server.kill()
      for (const stream of await Promise.all(streams)) {
        acknowledged.push(...stream.acknowledged)
        cut += stream.cut
      }
      // What holds now was not mended by the next start.
      expect(await findLost(file, acknowledged)).toEqual([])
    }
    // The control: saves were acknowledged, others were under way at the cut, and the check finds what is not there.
    expect(acknowledged.length).toBeGreaterThanOrEqual(ROUNDS * SAVES_BEFORE_KILL)
    expect(cut).toBeGreaterThan(0)
    const untrue = { number: 'MEL-001', average: 10, worst: 10 }
    expect(await findLost(file, [untrue, { number: 'MEL-999', average: 1, worst: 1 }])).toEqual([
      'MEL-001',
      'MEL-999',
    ])
    expect(runCommand(file, ['audit', 'verify', '--anchor', `${file}.heads`])).toBe(0)
    expect(runCommand(file, ['doctor'])).toBe(0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
