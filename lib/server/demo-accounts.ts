import type { Db } from '@/db/client'
import { findInstallation } from '@/db/queries/audit'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { Ctx, Role } from './context'
import { setPassword } from './one-time-links'
import { activateUser, addUser, listUsers, makeLink, type UserWithRoles } from './users'

/** One account for each role; those of a site belong to the demonstration's one site. */
const ACCOUNTS: readonly { readonly role: Role; readonly name: string; readonly atSite: boolean }[] = [
  { role: 'coordinator', name: 'Demo Coordinator', atSite: true },
  { role: 'investigator', name: 'Demo Investigator', atSite: true },
  { role: 'monitor', name: 'Demo Monitor', atSite: true },
  { role: 'statistician', name: 'Demo Statistician', atSite: false },
  { role: 'dataManager', name: 'Demo Data Manager', atSite: false },
  { role: 'administrator', name: 'Demo Administrator', atSite: false },
]

export interface DemoAccount {
  readonly role: Role
  readonly email: string
  readonly password: string
}

const NOT_A_DEMO =
  'This database was not made by npm run demo. Accounts with known passwords are made in no other one.'

/** Whether a database was made by `npm run demo`; undefined before it is set up. */
export function isDemoDatabase(db: Db): boolean | undefined {
  return findInstallation(db)?.demo
}

/**
 * Makes the demonstration's accounts, or gives those that are there new passwords. Refused in every database that the
 * demonstration did not make itself.
 */
export async function resetDemoAccounts(
  ctx: Ctx,
  place: { readonly study: string; readonly site: string },
  makePassword: () => string,
): Promise<Result<readonly DemoAccount[], AppError>> {
  if (isDemoDatabase(ctx.db) !== true) return err({ code: 'notPossible', text: NOT_A_DEMO })
  const known = listUsers(ctx)
  if (!known.ok) return known
  const accounts: DemoAccount[] = []
  for (const { role, name, atSite } of ACCOUNTS) {
    const email = `${role.toLowerCase()}@demo.example`
    const link = makeAccountLink(
      ctx,
      known.value.find(user => user.email === email),
      {
        email,
        name,
        role,
        study: role === 'administrator' ? null : place.study,
        site: atSite ? place.site : null,
      },
    )
    if (!link.ok) return link
    const password = makePassword()
    const set = await setPassword(ctx, { token: tokenOf(link.value.link), password })
    if (!set.ok) return set
    accounts.push({ role, email, password })
  }
  return ok(accounts)
}

function makeAccountLink(
  ctx: Ctx,
  known: UserWithRoles | undefined,
  account: Parameters<typeof addUser>[1],
): Result<{ link: string | null }, AppError> {
  if (!known) return addUser(ctx, account)
  if (!known.active) {
    const activated = activateUser(ctx, { userId: known.id, reason: 'The demonstration was started again' })
    if (!activated.ok) return activated
  }
  return makeLink(ctx, { userId: known.id })
}

function tokenOf(link: string | null): string {
  return new URLSearchParams(link?.split('?')[1]).get('token') ?? ''
}
