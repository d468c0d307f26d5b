import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { databaseFile, environmentWith, port, publicUrl, sessionSecret } from '@/lib/server/env'

const root = join(import.meta.dirname, '../..')
const READY_POLL_MILLISECONDS = 50

/**
 * Serves the built application until it is told to stop, and gives its exit code. SIGTERM and SIGINT are passed on: the
 * server takes no new requests and finishes those under way. It ends with this process, however that ends.
 * `ready` is called once, when the health page answers.
 */
export function serve(options: { port?: number; ready?: () => void } = {}): Promise<number> {
  const served = options.port ?? port()
  const next = join(root, 'node_modules/next/dist/bin/next')
  const child = spawn(process.execPath, [next, 'start', '-p', String(served)], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: environmentWith({
      NODE_ENV: 'production',
      DATABASE_FILE: databaseFile(),
      PORT: String(served),
      NEXTAUTH_SECRET: sessionSecret(),
      // Without a public address the sign-in goes back to the address that was asked for.
      ...(publicUrl() === undefined ? { AUTH_TRUST_HOST: 'true' } : {}),
    }),
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal))
  const { ready } = options
  if (ready) void untilReady(child, served).then(isReady => isReady && ready())
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', code => resolve(code ?? 0))
  })
}

/** False when the server ended before it answered. */
async function untilReady(server: ChildProcess, served: number): Promise<boolean> {
  const isRunning = () => server.exitCode === null && server.signalCode === null
  while (isRunning()) {
    const answer = await fetch(`http://127.0.0.1:${served}/api/health`).catch(() => null)
    if (answer?.ok) return isRunning()
    await wait(READY_POLL_MILLISECONDS)
  }
  return false
}
