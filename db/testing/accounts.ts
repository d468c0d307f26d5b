import { createHash, randomBytes } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { eq } from 'drizzle-orm'
import type { WriteContext } from '@/db/audit-entry'
import type { Db, Tx } from '@/db/client'
import { keepPassword, openSession } from '@/db/commands/sessions'
import { insertSite } from '@/db/commands/sites'
import { insertMembership, insertUser } from '@/db/commands/users'
import { findSiteByCode, findStudyByCode } from '@/db/queries/studies'
import { findUserByEmail } from '@/db/queries/users'
import { drafts, sessions } from '@/db/schema/sessions'
import { deleteOperational, updateOperational } from '@/db/write'
import type { UserId } from '@/lib/domain/shared/ids'
import type { SeededUser } from './factories'

type Role = SeededUser['memberships'][number]['role']

export interface TestAccount {
  readonly email: string
  readonly name: string
  /** Left out: an account without any role. */
  readonly role?: Role
  /** Code of a study that is there; left out for administrators. */
  readonly study?: string
  /** Code of a site, made when it is not there; left out: all sites. */
  readonly site?: string
  readonly password?: string
}

/** Real time: the server that reads these rows lives in it. */
function writer(): WriteContext {
  const now = new Date(performance.timeOrigin + performance.now()).toISOString()
  return { userId: null, name: 'Operator', role: 'operator', now, requestId: 'test-request' }
}

/** An account in a running server's database, as an administrator would leave it. One that is there is kept. */
export async function addAccount(db: Db, account: TestAccount): Promise<UserId> {
  const { password } = account
  const passwordHash = password === undefined ? null : await hash(password)
  return db.transaction(tx => addIn(tx, writer(), account, passwordHash), { behavior: 'immediate' })
}

function addIn(tx: Tx, w: WriteContext, account: TestAccount, passwordHash: string | null): UserId {
  const { email, name, role } = account
  const known = findUserByEmail(tx, email)
  if (known) return known.id
  const userId = insertUser(tx, w, { email, name })
  const study = account.study === undefined ? undefined : findStudyByCode(tx, account.study)
  const studyId = study?.id ?? null
  const siteId =
    study && account.site !== undefined
      ? (findSiteByCode(tx, study.id, account.site)?.id ??
        insertSite(tx, w, {
          studyId: study.id,
          code: account.site,
          name: `Site ${account.site}`,
          timeZone: study.timeZone,
        }))
      : null
  if (role !== undefined) insertMembership(tx, w, { userId, studyId, siteId, role })
  if (passwordHash !== null) keepPassword(tx, userId, passwordHash, w.now)
  return userId
}

/** Signs an account in by a row; returns the secret that the browser's token holds. */
export function addSession(db: Db, email: string): string {
  const secret = randomBytes(32).toString('base64url')
  const { now } = writer()
  db.transaction(
    tx => {
      const user = findUserByEmail(tx, email)
      if (!user) throw new Error(`there is no account ${email}`)
      const expiresAt = new Date(Date.parse(now) + 12 * 60 * 60 * 1000).toISOString()
      openSession(tx, { idHash: hashOf(secret), userId: user.id, createdAt: now, lastSeenAt: now, expiresAt })
    },
    { behavior: 'immediate' },
  )
  return secret
}

/** Ages a session, as if nobody had used it for some minutes. */
export function ageSession(db: Db, secret: string, minutes: number): void {
  const lastSeenAt = new Date(Date.parse(writer().now) - minutes * 60_000).toISOString()
  const row = eq(sessions.idHash, hashOf(secret))
  db.transaction(tx => updateOperational(tx, 'sessions', row, { lastSeenAt }), { behavior: 'immediate' })
}

/** What an account left unfinished is gone, so that the next journey of that person begins with empty forms. */
export function dropDraftsOf(db: Db, email: string): void {
  db.transaction(
    tx => {
      const user = findUserByEmail(tx, email)
      if (user) deleteOperational(tx, 'drafts', eq(drafts.userId, user.id))
    },
    { behavior: 'immediate' },
  )
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
