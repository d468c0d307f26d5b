import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const readJson = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'))

// Versions before these have known flaws (advisories of 2025 and 2026), or are known not to work.
const minimum: Record<string, string> = {
  next: '16.2.6',
  'drizzle-orm': '0.45.2',
  'next-auth': '4.24.15',
  'better-sqlite3': '12.11.1',
}

// The next major of each was tried and fails: better-sqlite3 13 dies on Node 20; TypeScript 7 lacks the
// interface dependency-cruiser needs; commander 15 and dependency-cruiser 18 need Node 22.
const highestMajor: Record<string, number> = {
  'better-sqlite3': 12,
  typescript: 6,
  commander: 14,
  'dependency-cruiser': 17,
}

const installed = (name: string): string => readJson(`node_modules/${name}/package.json`).version

function isAtLeast(version: string, floor: string): boolean {
  const [a, b] = [version, floor].map(text => text.split('.').map(Number)) as [number[], number[]]
  const first = a.findIndex((part, index) => part !== b[index])
  return first === -1 || (a[first] ?? 0) > (b[first] ?? 0)
}

test('versions are compared by number, not by letter', () => {
  expect(isAtLeast('16.10.0', '16.2.6')).toBe(true)
  expect(isAtLeast('16.2.5', '16.2.6')).toBe(false)
  expect(isAtLeast('17.0.0', '16.2.6')).toBe(true)
})

test.each(Object.entries(minimum))('%s is at least %s', (name, floor) => {
  expect(isAtLeast(installed(name), floor), `${name} ${installed(name)}`).toBe(true)
})

test.each(Object.entries(highestMajor))('%s stays on major %i', (name, major) => {
  expect(Number(installed(name).split('.')[0])).toBe(major)
})

test('SQLite is at least 3.51.3: earlier ones can lose a reset of the write-ahead log', () => {
  const database = new Database(':memory:')
  const version = database.prepare('SELECT sqlite_version()').pluck().get() as string
  database.close()
  expect(isAtLeast(version, '3.51.3'), version).toBe(true)
})

test('every direct dependency is pinned to one version', () => {
  const { dependencies, devDependencies } = readJson('package.json')
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)),
  )
  expect(loose).toEqual([])
})

test('the lock names no registry but the public one', () => {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8')
  const addresses = lock.match(/"resolved": "https?:[^"]+/g) ?? []
  expect(addresses.filter(address => !address.includes('://registry.npmjs.org/'))).toEqual([])
})
