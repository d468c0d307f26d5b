import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { databaseFile, environmentWith, port, publicUrl, sessionSecret } from '@/lib/server/env'

const root = join(import.meta.dirname, '../..')

/**
 * Serves the built application until it is told to stop, and gives its exit code. SIGTERM and SIGINT are passed on: the
 * server takes no new requests and finishes those under way. It ends with this process, however that ends.
 */
export function serve(): Promise<number> {
  const next = join(root, 'node_modules/next/dist/bin/next')
  const child = spawn(process.execPath, [next, 'start', '-p', String(port())], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: environmentWith({
      NODE_ENV: 'production',
      DATABASE_FILE: databaseFile(),
      NEXTAUTH_SECRET: sessionSecret(),
      // Without a public address the sign-in goes back to the address that was asked for.
      ...(publicUrl() === undefined ? { AUTH_TRUST_HOST: 'true' } : {}),
    }),
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', code => resolve(code ?? 0))
  })
}
