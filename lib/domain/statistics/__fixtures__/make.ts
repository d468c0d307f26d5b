/** Writes the fixtures of statistics and outcomes anew: `npx tsx lib/domain/statistics/__fixtures__/make.ts`. */
import { writeFileSync } from 'node:fs'
import { listFixtures, runFixtureScripts } from '@/lib/domain/statistics/__fixtures__/run-r'

const printed = await runFixtureScripts()
for (const { name, json } of listFixtures()) writeFileSync(json, printed.get(name) ?? '')
