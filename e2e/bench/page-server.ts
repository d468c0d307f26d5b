import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { encode } from 'next-auth/jwt'
import { addAccount, addSession } from '@/db/testing/accounts'
import type { TestDb } from '@/db/testing/test-db'
import { findFreePort } from '../free-port'

const root = join(import.meta.dirname, '../..')

/** The built application on a database of the bench, seen by a person who may open its cohort. */
export interface PageServer {
  /** The page at a path, as the browser gets it after unpacking. */
  readPage(path: string): Promise<string>
  /** A file that a page asks for. */
  readFile(path: string): Promise<Buffer>
  /** Bytes of the heap after a full collection. */
  readHeap(): Promise<number>
  stop(): Promise<void>
}

export async function startPageServer(test: TestDb, study: string): Promise<PageServer> {
  const build = spawnSync(process.execPath, ['--import', 'tsx', 'lib/cli/build.ts'], {
    cwd: root,
    stdio: 'ignore',
  })
  if (build.status !== 0) throw new Error('the application cannot be built')
  const [port, secret] = [await findFreePort(), randomBytes(32).toString('base64url')]
  const email = 'reader@bench.example'
  await addAccount(test.db, { email, name: 'Reader', role: 'investigator', study })
  const token = await encode({ token: { sid: addSession(test.db, email) }, secret })
  const headers = { cookie: `next-auth.session-token=${token}` }
  const address = `http://localhost:${port}`
  const server = spawn(
    process.execPath,
    [
      '--expose-gc',
      ...['--import', join(import.meta.dirname, 'tell-heap.mjs')],
      ...[join(root, 'node_modules/next/dist/bin/next'), 'start', '-p', String(port)],
    ],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        DATABASE_FILE: test.file,
        PORT: String(port),
        NEXTAUTH_SECRET: secret,
        AUTH_TRUST_HOST: 'true',
      },
    },
  )
  const read = async (path: string) => {
    const answer = await fetch(new URL(path, address), { headers, redirect: 'error' })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    return answer
  }
  await untilReady(server, address)
  return {
    readPage: async path => (await read(path)).text(),
    readFile: async path => Buffer.from(await (await read(path)).arrayBuffer()),
    readHeap: () => askHeap(server),
    stop: async () => {
      const ended = new Promise(resolve => server.once('exit', resolve))
      if (server.exitCode !== null) return
      server.kill('SIGKILL')
      await ended
    },
  }
}

async function untilReady(server: ChildProcess, address: string): Promise<void> {
  while (server.exitCode === null) {
    const answer = await fetch(`${address}/api/health`).catch(() => null)
    if (answer?.ok) return
    await wait(50)
  }
  throw new Error(`the server ended with ${server.exitCode} before it served`)
}

function askHeap(server: ChildProcess): Promise<number> {
  return new Promise(resolve => {
    const listen = (message: unknown) => {
      if (typeof message !== 'object' || message === null || !('heapUsed' in message)) return
      server.off('message', listen)
      resolve(Number(message.heapUsed))
    }
    server.on('message', listen)
    server.send('heap')
  })
}
