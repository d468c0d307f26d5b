import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { encode } from 'next-auth/jwt'
import { addAccount, addSession } from '@/db/testing/accounts'
import { withInstallation } from '@/db/testing/installation'
import { findFreePort } from '../free-port'

const POLL_MILLISECONDS = 50

/** The product as `npm start` serves it, on a port of its own. */
export interface Served {
  readonly address: string
  /** The cookie of a statistician of the study, signed in by a row. */
  signIn(study: string): Promise<{ readonly name: string; readonly value: string }>
  stop(): Promise<void>
}

/** Builds what is not built yet, serves the database, and answers when the health page does. */
export async function serveDatabase(databaseFile: string): Promise<Served> {
  const port = await findFreePort()
  const address = `http://localhost:${port}`
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/start.ts'], {
    cwd: new URL('../..', import.meta.url).pathname,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DATABASE_FILE: databaseFile, PORT: String(port) },
  })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const isHealthy = () =>
    fetch(`${address}/api/health`).then(
      answer => answer.ok,
      () => false,
    )
  while (!(await isHealthy())) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode} before it served`)
    await wait(POLL_MILLISECONDS)
  }
  return {
    address,
    signIn: async study => {
      const email = 'statistician@acceptance.example'
      const sid = await withInstallation(databaseFile, async ({ db }) => {
        await addAccount(db, { email, name: 'Statistician', role: 'statistician', study })
        return addSession(db, email)
      })
      const secret = readFileSync(`${databaseFile}.secret`, 'utf8').trim()
      return { name: 'next-auth.session-token', value: await encode({ token: { sid }, secret }) }
    },
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}
