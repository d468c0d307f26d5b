import { spawnSync } from 'node:child_process'
import { isDeepStrictEqual } from 'node:util'

export interface CommandAnswer {
  readonly exitCode: number | null
  readonly stdout: string
  json<T>(): T
}

/** The command line of this tree on a database of its own; what it says on stderr is passed through. */
export function makeCommand(databaseFile: string): (args: readonly string[]) => CommandAnswer {
  const root = new URL('../..', import.meta.url).pathname
  return args => {
    const run = spawnSync(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', ...args], {
      cwd: root,
      env: { ...process.env, DATABASE_FILE: databaseFile },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const firstLine = run.stderr.split('\n')[0]
    if (firstLine) console.log(`  ${args.slice(0, 2).join(' ')}: ${firstLine}`)
    return { exitCode: run.status, stdout: run.stdout, json: () => JSON.parse(run.stdout) as never }
  }
}

const TOLERANCE = 1e-9

/** Counts what agrees and prints what does not. */
export class Checks {
  passed = 0
  failed = 0

  equal(what: string, actual: unknown, expected: unknown): void {
    this.#count(isDeepStrictEqual(actual, expected), what, actual, expected)
  }

  /** To 1e-9 of the size of the expected number; to 1e-9 where that is 0. */
  near(what: string, actual: unknown, expected: number): void {
    const bound = TOLERANCE * (expected === 0 ? 1 : Math.abs(expected))
    this.#count(typeof actual === 'number' && Math.abs(actual - expected) <= bound, what, actual, expected)
  }

  #count(agrees: boolean, what: string, actual: unknown, expected: unknown): void {
    if (agrees) this.passed += 1
    else {
      this.failed += 1
      console.log(`FAILED ${what}: is ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`)
    }
  }
}
