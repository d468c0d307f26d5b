import type { WriteContext } from '@/db/audit-entry'
import type { Db, Tx } from '@/db/client'
import {
  clearSignInCounter,
  endOneTimeLinks,
  keepOneTimeLink,
  keepPassword,
  revokeSessionsOf,
} from '@/db/commands/sessions'
import { insertMembership, insertUser } from '@/db/commands/users'
import { findOneTimeLink, findUser, hasAdministrator } from '@/db/queries/users'
import { recordAct } from '@/db/write'
import type { AppError } from '@/lib/domain/shared/errors'
import type { UserId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { FirstUse, SetPassword } from '@/lib/schemas/users'
import { addSeconds, type Instant } from './clock'
import type { Ctx } from './context'
import { checkPassword, hashPassword } from './passwords'
import { actAs, hashSecret, makeSecret } from './sessions'
import { inTransaction } from './transaction'

const LIFE_SECONDS = 72 * 60 * 60
const UNUSABLE = { code: 'linkUnusable' } as const

type OpenCtx = Omit<Ctx, 'actor' | 'submissionKey'>
type Usable =
  | { purpose: 'setPassword'; userId: UserId; name: string; email: string }
  | { purpose: 'firstAdministrator' }

/** Keeps a link for a person to set their password, ending earlier ones. The token itself is never stored. */
export function keepLink(tx: Tx, w: WriteContext, userId: UserId, token: string): void {
  keep(tx, w, { purpose: 'setPassword', userId, token })
}

/** The path to hand on; the address before it is that of the installation. */
export function pathOfLink(purpose: Usable['purpose'], token: string): string {
  return `${purpose === 'setPassword' ? '/set-password' : '/first-use'}?token=${token}`
}

/** A link that makes the first administrator; refused as soon as there is an administrator. The operator alone. */
export function makeFirstAdministratorLink(ctx: Ctx): Result<{ token: string }, AppError> {
  if (ctx.actor.kind !== 'operator') return err({ code: 'notAllowed', act: 'make the first administrator' })
  const token = makeSecret()
  return inTransaction(ctx, tx => {
    if (hasAdministrator(tx))
      return err({ code: 'notPossible', text: 'There is an administrator already, who makes more accounts.' })
    keep(tx, actAs(null, 'Operator', 'operator', ctx.now, ctx.requestId), {
      purpose: 'firstAdministrator',
      userId: null,
      token,
    })
    return ok({ token })
  })
}

function keep(
  tx: Tx,
  w: WriteContext,
  link: { purpose: Usable['purpose']; userId: UserId | null; token: string },
): void {
  const { purpose, userId, token } = link
  endOneTimeLinks(tx, purpose, userId, w.now)
  const expiresAt = addSeconds(w.now, LIFE_SECONDS)
  keepOneTimeLink(tx, { tokenHash: hashSecret(token), purpose, userId, createdAt: w.now, expiresAt })
  recordAct(tx, w, { chain: 'system' }, 'oneTimeLinkMade', { purpose, userId, expiresAt })
}

/** What a link is for, for the page that it opens. Used, too old, unknown and of a deactivated account look the same. */
export function readLink(ctx: OpenCtx, token: string): Result<Usable, AppError> {
  const link = findUsable(ctx.db, token, ctx.now)
  return link ? ok(link) : err(UNUSABLE)
}

function findUsable(db: Db | Tx, token: string, now: Instant): Usable | null {
  const link = findOneTimeLink(db, hashSecret(token))
  if (!link || link.usedAt !== null || link.expiresAt <= now) return null
  if (link.purpose === 'firstAdministrator') return hasAdministrator(db) ? null : { purpose: link.purpose }
  const user = link.userId === null ? undefined : findUser(db, link.userId)
  return user?.active ? { purpose: link.purpose, userId: user.id, name: user.name, email: user.email } : null
}

/** Sets a password by a link, once; ends the person's sessions and the lock of too many attempts. */
export async function setPassword(
  ctx: OpenCtx,
  input: SetPassword,
): Promise<Result<{ email: string }, AppError>> {
  const known = findUsable(ctx.db, input.token, ctx.now)
  if (known?.purpose !== 'setPassword') return err(UNUSABLE)
  const weak = refusePassword(input.password, known.email)
  if (weak) return err(weak)
  const passwordHash = await hashPassword(input.password)
  return inTransaction(ctx, tx => {
    const link = findUsable(tx, input.token, ctx.now)
    if (link?.purpose !== 'setPassword') return err(UNUSABLE)
    endOneTimeLinks(tx, 'setPassword', link.userId, ctx.now)
    keepPassword(tx, link.userId, passwordHash, ctx.now)
    revokeSessionsOf(tx, link.userId, ctx.now)
    clearSignInCounter(tx, `account:${link.email}`)
    recordAct(
      tx,
      actAs(link.userId, link.name, 'none', ctx.now, ctx.requestId),
      { chain: 'system' },
      'passwordSet',
      {},
    )
    return ok({ email: link.email })
  })
}

/** Makes the first administrator by the link that was printed on an empty database. */
export async function makeFirstAdministrator(
  ctx: OpenCtx,
  input: FirstUse,
): Promise<Result<{ email: string }, AppError>> {
  if (findUsable(ctx.db, input.token, ctx.now)?.purpose !== 'firstAdministrator') return err(UNUSABLE)
  const weak = refusePassword(input.password, input.email)
  if (weak) return err(weak)
  const passwordHash = await hashPassword(input.password)
  return inTransaction(ctx, tx => {
    if (findUsable(tx, input.token, ctx.now)?.purpose !== 'firstAdministrator') return err(UNUSABLE)
    endOneTimeLinks(tx, 'firstAdministrator', null, ctx.now)
    const w = actAs(null, input.name, 'firstUse', ctx.now, ctx.requestId)
    const userId = insertUser(tx, w, { email: input.email, name: input.name })
    insertMembership(tx, w, { userId, studyId: null, siteId: null, role: 'administrator' })
    keepPassword(tx, userId, passwordHash, ctx.now)
    recordAct(tx, { ...w, userId }, { chain: 'system' }, 'passwordSet', {})
    return ok({ email: input.email })
  })
}

function refusePassword(password: string, email: string): AppError | null {
  const text = checkPassword(password, email)
  return text === null ? null : { code: 'invalidInput', fields: [{ field: 'password', value: '', text }] }
}
