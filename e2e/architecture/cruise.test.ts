import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cruiseImports } from './cruise'

const root = join(import.meta.dirname, '../..')

// One planted violation or more for each rule: file → the module it imports.
const planted: Record<string, [from: string, to: string][]> = {
  'no-circular': [['lib/domain/ring/a.ts', '@/lib/domain/ring/b']],
  'no-unresolvable': [['lib/server/lost.ts', '@/lib/server/never-written']],
  'domain-is-pure': [
    ['lib/domain/reads.ts', 'node:fs'],
    ['lib/domain/validates.ts', 'zod'],
    ['lib/domain/renders.ts', 'react'],
    ['lib/domain/looks-up.ts', '@/lib/schemas/visits'],
  ],
  'domain-tests-stay-low': [['lib/domain/low.test.ts', '@/lib/server/visits']],
  'schemas-only-domain-and-zod': [['lib/schemas/sites.ts', '@/db/queries/visits']],
  'format-only-domain': [['lib/format/dates.ts', '@/lib/server/visits']],
  'db-does-not-look-up': [
    ['db/commands/visits.ts', '@/lib/server/visits'],
    ['db/queries/dates.ts', '@/lib/format/numbers'],
  ],
  'lib-does-not-look-up': [['lib/server/shows.ts', '@/app/page']],
  'app-goes-through-server': [
    ['app/sites/page.tsx', '@/db/queries/visits'],
    ['app/sites/actions.ts', '@/lib/cli/main'],
    ['proxy.ts', '@/db/queries/visits'],
  ],
  'cli-goes-through-server': [['lib/cli/sites.ts', '@/db/queries/visits']],
  'server-does-not-import-cli': [['lib/server/commands.ts', '@/lib/cli/main']],
  'components-are-client-safe': [
    ['app/visits/_components/form.tsx', '@/lib/server/visits'],
    ['app/_ui/field.tsx', '@/lib/server/visits'],
    ['app/_ui/charts/mean.tsx', '@/lib/server/visits'],
  ],
  'driver-only-in-client': [['db/queries/raw.ts', 'better-sqlite3']],
  'sql-stays-in-db': [['lib/server/sql.ts', 'drizzle-orm']],
  'next-only-in-action-and-auth': [
    ['lib/server/redirects.ts', 'next'],
    ['lib/server/session.ts', 'next-auth'],
  ],
  'no-server-only': [['lib/server/guarded.ts', 'server-only']],
  'testing-only-in-tests': [['lib/server/factory.ts', '@/db/testing/create']],
  'fixtures-only-in-tests': [['lib/domain/reuses.ts', '@/lib/domain/statistics/__fixtures__/make']],
  'demo-only-from-cli': [['lib/server/demo.ts', '@/db/demo/nine']],
  'e2e-only-testing-and-domain': [
    ['e2e/journey.ts', '@/lib/server/visits'],
    ['e2e/page.ts', '@/app/page'],
    ['e2e/query.ts', '@/db/queries/visits'],
  ],
  'bench-measures-use-cases': [['e2e/bench/page.ts', '@/app/page']],
}

// What is allowed, beside each rule that comes near to forbidding it.
const allowed: [from: string, to: string][] = [
  ['lib/domain/statistics/t.ts', '@stdlib/stats-base-dists-t'],
  ['lib/schemas/visits.ts', 'zod'],
  ['lib/domain/statistics/__fixtures__/make.ts', 'node:fs'],
  ['lib/domain/statistics/t.test.ts', '@/lib/domain/statistics/__fixtures__/make'],
  ['db/client.ts', 'better-sqlite3'],
  ['db/queries/visits.ts', 'drizzle-orm'],
  ['lib/server/visits.ts', '@/db/queries/visits'],
  ['lib/server/action.ts', 'next'],
  ['lib/server/auth.ts', 'next-auth'],
  ['lib/server/visits.test.ts', '@/db/testing/create'],
  ['lib/cli/main.ts', '@/lib/server/visits'],
  ['lib/cli/demo.ts', '@/db/demo/nine'],
  ['app/page.tsx', '@/lib/server/visits'],
  ['app/page.test.ts', '@/db/testing/create'],
  ['e2e/fixtures.ts', '@/db/testing/create'],
  ['e2e/bench/saves.ts', '@/lib/server/visits'],
]
const others = ['lib/domain/visits.ts', 'lib/format/numbers.ts', 'db/testing/create.ts', 'db/demo/nine.ts']

let tree: string
beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'longitude-imports-'))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), text)
  }
  write('tsconfig.json', readFileSync(join(root, 'tsconfig.json'), 'utf8'))
  write('package.json', readFileSync(join(root, 'package.json'), 'utf8'))
  const packages = ['better-sqlite3', 'drizzle-orm', 'next', 'next-auth', 'react', 'zod']
  for (const name of [...packages, '@stdlib/stats-base-dists-t']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
    write(`node_modules/${name}/index.js`, 'module.exports = {}')
  }
  for (const path of others) write(path, 'export const here = true\n')
  write('lib/domain/ring/b.ts', "export { here } from '@/lib/domain/ring/a'\n")
  for (const [from, to] of [...allowed, ...Object.values(planted).flat()])
    write(from, `import * as module from '${to}'\nexport const here = module\n`)
})
afterAll(() => rmSync(tree, { recursive: true, force: true }))

describe('the direction of imports', () => {
  test('every rule fires on its planted violations, and only on them', async () => {
    const { problems } = await cruiseImports(tree)
    const found = problems.map(problem => problem.split(' → ')[0]).sort()
    const expected = Object.entries(planted).flatMap(([rule, imports]) =>
      imports.map(([from]) => `${rule}: ${from}`),
    )
    expect(found.filter(line => !line?.startsWith('no-circular'))).toEqual(
      expected.filter(line => !line.startsWith('no-circular')).sort(),
    )
    expect(found).toContain('no-circular: lib/domain/ring/a.ts')
  })

  test('every rule of the configuration has a planted violation', () => {
    const { forbidden } = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs'))
    expect(Object.keys(planted).sort()).toEqual(forbidden.map((rule: { name: string }) => rule.name).sort())
  })

  test('a cruise that finds no modules fails', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'longitude-empty-'))
    writeFileSync(join(empty, 'tsconfig.json'), '{}')
    const { moduleCount, problems } = await cruiseImports(empty)
    rmSync(empty, { recursive: true })
    expect(moduleCount).toBe(0)
    expect(problems).toHaveLength(4)
  })
})
