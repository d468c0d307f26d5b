import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const buildId = join(root, '.next/BUILD_ID')
const stamp = join(root, '.next/sources.sha256')

const sources = [
  'app',
  'db',
  'lib',
  'public',
  'instrumentation.ts',
  'proxy.ts',
  'next.config.js',
  'postcss.config.mjs',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]

function listFiles(path: string): string[] {
  const absolute = join(root, path)
  if (!existsSync(absolute)) return []
  if (statSync(absolute).isFile()) return [path]
  return readdirSync(absolute, { recursive: true, encoding: 'utf8' })
    .map(name => join(path, name))
    .filter(name => statSync(join(root, name)).isFile() && !/\.test\.tsx?$/.test(name))
}

function hashSources(): string {
  const hash = createHash('sha256').update(process.version)
  for (const file of sources.flatMap(listFiles).sort())
    hash.update(`\0${file}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest(),
    )
  return hash.digest('hex')
}

/** Builds the application, unless the build that is there was made of the same sources. Throws when it fails. */
export function buildWhenChanged(): void {
  const wanted = hashSources()
  const isCurrent = existsSync(buildId) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  if (isCurrent) {
    console.log('The build is up to date')
    return
  }
  console.log('Building the application, half a minute or less')
  const next = join(root, 'node_modules/next/dist/bin/next')
  const { status } = spawnSync(process.execPath, [next, 'build'], { cwd: root, stdio: 'inherit' })
  if (status !== 0) throw new Error(`next build ended with ${status ?? 'a signal'}`)
  writeFileSync(stamp, wanted)
}

if (process.argv[1] === import.meta.filename) buildWhenChanged()
