import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeCookie, startServer } from '../durability/server'
import { type Figure, figureOf } from './measure'
import { weighScripts } from './scripts'

const GOAL_KILOBYTES = 150

/** Compressed JavaScript that the first load of the visit form asks for. */
export async function benchPageWeight(): Promise<Figure> {
  const folder = mkdtempSync(join(tmpdir(), 'longitude-bench-'))
  const file = join(folder, 'demo.db')
  const server = await startServer(file)
  try {
    const cookie = await makeCookie(file, 'coordinator@demo.example')
    const page = await fetch(`${server.address}/studies/ADMSC/participants/MEL-013/visits/BL`, {
      headers: { cookie },
    })
    const bytes = await weighScripts(await page.text(), async path => {
      const script = await fetch(new URL(path, server.address))
      return new Uint8Array(await script.arrayBuffer())
    })
    const value = bytes / 1000
    return figureOf('JavaScript of the visit form', { value, floor: GOAL_KILOBYTES, goal: 1, unit: 'kB' })
  } finally {
    await server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}
