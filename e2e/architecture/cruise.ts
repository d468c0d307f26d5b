// Checks the direction of imports. Run as `npm run check:imports`.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'

const layers = ['app', 'db', 'e2e', 'lib']
const rootFiles = ['proxy.ts', 'instrumentation.ts']

/**
 * Follows every import under `baseDir` and judges it by .dependency-cruiser.cjs.
 * Answers the problems as lines; a layer in which no module was found is one, since a cruise
 * that understood nothing would otherwise pass.
 */
export async function cruiseImports(baseDir: string) {
  const options = await extractDepcruiseOptions(join(import.meta.dirname, '../../.dependency-cruiser.cjs'))
  const start = [...layers, ...rootFiles].filter(path => existsSync(join(baseDir, path)))
  const tsConfig = join(baseDir, 'tsconfig.json')
  const cruised = start.length
    ? await cruise(
        start,
        { ...options, baseDir },
        // Not the paths of tsconfig.json: they are resolved from the working directory, whatever baseDir says.
        { alias: { '@': baseDir } },
        { tsConfig: extractTSConfig(tsConfig) },
      )
    : undefined
  const { modules, summary } = (cruised?.output as ICruiseResult | undefined) ?? {
    modules: [],
    summary: null,
  }
  const own = modules.map(module => module.source).filter(source => /\.tsx?$/.test(source))
  const empty = layers.filter(layer => !own.some(source => source.startsWith(`${layer}/`)))
  const problems = [
    ...empty.map(layer => `no modules were found under ${layer}/: nothing was checked there`),
    ...(summary?.violations ?? []).map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  ]
  return { moduleCount: own.length, problems }
}

if (process.argv[1] === import.meta.filename) {
  const { moduleCount, problems } = await cruiseImports(process.cwd())
  for (const problem of problems) console.error(problem)
  console.log(`${moduleCount} modules cruised, ${problems.length} problems`)
  process.exitCode = problems.length ? 1 : 0
}
