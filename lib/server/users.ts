import type { Tx } from '@/db/client'
import { revokeSessionsOf } from '@/db/commands/sessions'
import { insertUser, setUserActive } from '@/db/commands/users'
import { findUser, findUserByEmail, isLastAdministrator, listUsersWithRoles } from '@/db/queries/users'
import { recordAct } from '@/db/write'
import type { AppError } from '@/lib/domain/shared/errors'
import type { UserId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { joinReason } from '@/lib/schemas/reason'
import type { AddUser, ChangeActive, MakeLink } from '@/lib/schemas/users'
import type { Ctx } from './context'
import { findPart, give } from './memberships'
import { keepLink, pathOfLink } from './one-time-links'
import { authorise } from './policy'
import { hashSecret, makeSecret } from './sessions'
import { inTransaction } from './transaction'

/** An account with its roles; `study` and `site` as codes, null for all. */
export interface UserWithRoles {
  readonly id: UserId
  readonly email: string
  readonly name: string
  readonly active: boolean
  /** False until the one-time link was used. */
  readonly hasPassword: boolean
  readonly roles: readonly {
    readonly membershipId: number
    readonly role: string
    readonly study: string | null
    readonly site: string | null
  }[]
}

const everywhere = { studyId: null }

/** Every account of the installation, in order of name. */
export function listUsers(ctx: Ctx): Result<UserWithRoles[], AppError> {
  const may = authorise(ctx, 'manageUsers', everywhere)
  if (!may.ok) return may
  const users = new Map<UserId, UserWithRoles>()
  for (const row of listUsersWithRoles(ctx.db)) {
    const { id, email, name, active, membershipId, role, study, site } = row
    const known = users.get(id) ?? {
      id,
      email,
      name,
      active,
      hasPassword: row.hasPassword !== null,
      roles: [],
    }
    const roles = membershipId && role ? [...known.roles, { membershipId, role, study, site }] : known.roles
    users.set(id, { ...known, roles })
  }
  return ok([...users.values()])
}

/**
 * Adds an account with its first role and makes the one-time link by which the person sets a password. The link is given
 * once: when a form was sent twice, the second answer has none.
 */
export function addUser(ctx: Ctx, input: AddUser): Result<{ userId: UserId; link: string | null }, AppError> {
  const may = authorise(ctx, 'manageUsers', everywhere)
  if (!may.ok) return may
  const part = findPart(ctx, input)
  if (!part.ok) return part
  return withLink(ctx, (tx, token) => {
    if (findUserByEmail(tx, input.email)) {
      return err({ code: 'alreadyExists', what: 'The account', value: input.email, advice: FURTHER_ROLE })
    }
    const w = may.value.write
    const userId = insertUser(tx, w, { email: input.email, name: input.name })
    const given = give(tx, w, userId, part.value)
    if (!given.ok) return given
    keepLink(tx, w, userId, token)
    return ok(userId)
  })
}

const FURTHER_ROLE =
  'Give it a further role on Users and sites, or on the command line with “user give-role”.'

/** A new link to set a password, for a person who lost theirs or did not use the first in time. */
export function makeLink(
  ctx: Ctx,
  input: MakeLink,
): Result<{ userId: UserId; link: string | null }, AppError> {
  const user = findUser(ctx.db, input.userId as UserId)
  const may = authorise(ctx, 'manageUsers', everywhere)
  if (!may.ok) return may
  if (!user) return err({ code: 'notFound', what: 'The account' })
  if (!user.active)
    return err({ code: 'notPossible', text: `${user.name} is deactivated. Activate the account first.` })
  return withLink(ctx, (tx, token) => {
    keepLink(tx, may.value.write, user.id, token)
    return ok(user.id)
  })
}

/** The token leaves this process only; what is kept with the submission key is its hash. */
function withLink(
  ctx: Ctx,
  work: (tx: Tx, token: string) => Result<UserId, AppError>,
): Result<{ userId: UserId; link: string | null }, AppError> {
  const token = makeSecret()
  const done = inTransaction(ctx, tx => {
    const result = work(tx, token)
    return result.ok ? ok({ userId: result.value, tokenHash: hashSecret(token) }) : result
  })
  if (!done.ok) return done
  const isFirst = done.value.tokenHash === hashSecret(token)
  return ok({ userId: done.value.userId, link: isFirst ? pathOfLink('setPassword', token) : null })
}

/** Ends a person's access and sessions at once; the account is kept. The last active administrator stays. */
export function deactivateUser(ctx: Ctx, input: ChangeActive): Result<null, AppError> {
  return changeActive(ctx, input, false)
}

/** Lets a deactivated account sign in again, with the roles that it had. */
export function activateUser(ctx: Ctx, input: ChangeActive): Result<null, AppError> {
  return changeActive(ctx, input, true)
}

function changeActive(ctx: Ctx, input: ChangeActive, active: boolean): Result<null, AppError> {
  const id = input.userId as UserId
  const found = findUser(ctx.db, id)
  const may = authorise(ctx, 'manageUsers', everywhere)
  if (!may.ok) return may
  if (!found) return err({ code: 'notFound', what: 'The account' })
  return inTransaction(ctx, tx => {
    if (!active && isLastAdministrator(tx, id)) return err({ code: 'notPossible', text: LAST_ADMINISTRATOR })
    const user = findUser(tx, id) ?? found
    setUserActive(tx, may.value.write, user, active, joinReason(input))
    const sessions = active ? 0 : revokeSessionsOf(tx, id, ctx.now)
    if (sessions > 0)
      recordAct(tx, may.value.write, { chain: 'system' }, 'sessionsEnded', { userId: id, sessions })
    return ok(null)
  })
}

const LAST_ADMINISTRATOR = 'This is the last active administrator. Make another one first.'
