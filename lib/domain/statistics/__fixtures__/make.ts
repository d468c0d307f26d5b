/** Writes the fixtures anew: `npx tsx lib/domain/statistics/__fixtures__/make.ts`. */
import { writeFileSync } from 'node:fs'
import { runFixtureScripts } from '@/lib/domain/statistics/__fixtures__/run-r'

for (const [fixture, json] of await runFixtureScripts()) {
  writeFileSync(new URL(`${fixture}.json`, import.meta.url), json)
}
