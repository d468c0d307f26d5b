import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from 'next-auth/jwt'
import { addSession } from '@/db/testing/accounts'
import { withInstallation } from '@/db/testing/installation'

const root = join(import.meta.dirname, '../..')

/** A server of its own on a demonstration's database, to be killed. */
export interface Server {
  readonly address: string
  /** As a power cut: the whole process group at once. Answers when it is gone. */
  kill(): Promise<void>
}

export function startServer(databaseFile: string): Promise<Server> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/demo.ts'], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATABASE_FILE: databaseFile, PORT: '0' },
  })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const address = /Longitude demonstration: (http:\/\/localhost:\d+)/.exec(said)?.[1]
      if (address) resolve({ address, kill: () => killGroup(child, ended) })
    })
    void ended.then(() => reject(new Error(`the server ended before it served: ${said}`)))
  })
}

async function killGroup(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL')
  await ended
}

/** The cookie of a person signed in by a row. */
export async function makeCookie(databaseFile: string, email: string): Promise<string> {
  const sid = await withInstallation(databaseFile, ({ db }) => addSession(db, email))
  const secret = readFileSync(`${databaseFile}.secret`, 'utf8').trim()
  return `next-auth.session-token=${await encode({ token: { sid }, secret })}`
}

/** Exit code of a command of the command line on that database. */
export function runCommand(databaseFile: string, args: readonly string[]): number | null {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', ...args], {
    cwd: root,
    env: { ...process.env, DATABASE_FILE: databaseFile },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return status
}

/** What a command of the command line prints on that database, whatever its exit code. */
export function readCommand(databaseFile: string, args: readonly string[]): string {
  const { stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', ...args], {
    cwd: root,
    env: { ...process.env, DATABASE_FILE: databaseFile },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return stdout
}
