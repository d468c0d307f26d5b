import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { makeCookie, startServer } from '../durability/server'
import { type Figure, figureOf } from './measure'

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
    const html = await page.text()
    const scripts = new Set(
      [...html.matchAll(/<script[^>]*\ssrc="([^"]+\.js[^"]*)"([^>]*)>/g)].flatMap(toModern),
    )
    let bytes = 0
    for (const path of scripts) {
      const script = await fetch(new URL(path, server.address))
      bytes += gzipSync(Buffer.from(await script.arrayBuffer())).length
    }
    if (scripts.size === 0) throw new Error('the page asks for no script')
    const value = bytes / 1000
    return figureOf('JavaScript of the visit form', { value, floor: GOAL_KILOBYTES, goal: 1, unit: 'kB' })
  } finally {
    await server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Scripts marked `nomodule` are for browsers that this product does not serve. */
function toModern([tag, path = '']: RegExpExecArray): string[] {
  return /\bnomodule\b/i.test(tag) ? [] : [path]
}
