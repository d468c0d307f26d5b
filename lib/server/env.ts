import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** The one place that reads the environment. */

/** File of the database; default `data/longitude.db`. */
export function databaseFile(): string {
  return resolve(/* turbopackIgnore: true */ process.env.DATABASE_FILE ?? 'data/longitude.db')
}

/** File of the demonstration, which is never that of a study unless somebody names the same one. */
export function demoDatabaseFile(): string {
  return resolve(/* turbopackIgnore: true */ process.env.DATABASE_FILE ?? 'data/demo.db')
}

/** Port to serve on; default 3000. */
export function port(): number {
  const value = Number(process.env.PORT ?? '3000')
  if (!Number.isInteger(value) || value < 0 || value > 65535)
    throw new Error(`PORT must be 0 to 65535, not ${process.env.PORT}`)
  return value
}

/** The public address when a proxy stands in front; decides whether cookies are Secure. */
export function publicUrl(): string | undefined {
  return process.env.NEXTAUTH_URL || undefined
}

/** The address before a path that is printed for somebody: the public one, else this machine's. */
export function publicAddress(): string {
  return publicUrl()?.replace(/\/+$/, '') ?? `http://localhost:${port()}`
}

/** One password for all demonstration accounts, for tests; otherwise each run makes its own. */
export function demoPassword(): string | undefined {
  return process.env.DEMO_PASSWORD
}

/** Key for the session token: given, or made once and kept beside the database, readable by its owner alone. */
export function sessionSecret(): string {
  if (process.env.NEXTAUTH_SECRET) return process.env.NEXTAUTH_SECRET
  const file = `${databaseFile()}.secret`
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
    chmodSync(file, 0o600)
  }
  return readFileSync(file, 'utf8').trim()
}

/** For child processes: the environment with some variables set. */
export function environmentWith(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...extra }
}

export function setEnvironment(
  name: 'NEXTAUTH_SECRET' | 'NEXTAUTH_URL' | 'AUTH_TRUST_HOST' | 'DATABASE_FILE',
  value: string,
): void {
  process.env[name] = value
}
