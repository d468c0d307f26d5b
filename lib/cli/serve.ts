import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { environmentWith, publicUrl, sessionSecret } from '@/lib/server/env'
import { CommandFailed } from './run'

const root = join(import.meta.dirname, '../..')
const STOP_SIGNALS = ['SIGINT', 'SIGTERM'] as const
const READY_POLL_MILLISECONDS = 50

/** The port, when it is free (0: any that is). Throws `CommandFailed` before anything is made when it is not. */
export function claimPort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', () =>
      reject(new CommandFailed([`Port ${wanted} is in use. Set PORT to another one, or stop what uses it.`])),
    )
    server.listen(wanted, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : wanted))
    })
  })
}

/**
 * Serves the build with `next start` until it is told to stop; SIGINT and SIGTERM are passed on, so that what is under
 * way is finished. Calls `ready` once the health page answers. Returns the exit code.
 */
export async function serve(options: {
  readonly databaseFile: string
  readonly port: number
  readonly ready: () => void
}): Promise<number> {
  const next = join(root, 'node_modules/next/dist/bin/next')
  const server = spawn(process.execPath, [next, 'start', '--port', String(options.port)], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: environmentWith({
      NODE_ENV: 'production',
      DATABASE_FILE: options.databaseFile,
      PORT: String(options.port),
      NEXTAUTH_SECRET: sessionSecret(),
      // Without a public address, redirects follow the address that the browser used.
      ...(publicUrl() ? {} : { AUTH_TRUST_HOST: 'true' }),
    }),
  })
  let isStopping = false
  const stop = (signal: NodeJS.Signals) => {
    isStopping = true
    server.kill(signal)
  }
  for (const signal of STOP_SIGNALS) process.on(signal, stop)
  try {
    const ended = endOf(server)
    if (await becomesReady(server, options.port)) options.ready()
    const code = await ended
    return isStopping ? 0 : (code ?? 1)
  } finally {
    for (const signal of STOP_SIGNALS) process.off(signal, stop)
  }
}

function endOf(server: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', resolve)
  })
}

/** False when the server ended before it answered. */
async function becomesReady(server: ChildProcess, port: number): Promise<boolean> {
  const isRunning = () => server.exitCode === null && server.signalCode === null
  while (isRunning()) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`).catch(() => null)
    if (answer?.ok) return isRunning()
    await wait(READY_POLL_MILLISECONDS)
  }
  return false
}
