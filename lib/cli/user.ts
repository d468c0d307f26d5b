import type { Command } from 'commander'
import { AddUser, ROLES } from '@/lib/schemas/users'
import type { Ctx } from '@/lib/server/context'
import { publicAddress } from '@/lib/server/env'
import { giveRole, takeRole } from '@/lib/server/memberships'
import {
  activateUser,
  addUser,
  deactivateUser,
  listUsers,
  makeLink,
  type UserWithRoles,
} from '@/lib/server/users'
import { CommandFailed, parseOptions, print, unwrap, withDatabase } from './run'

interface Options {
  email: string
  role: string
  study?: string
  site?: string
  name: string
  reason: string
  json?: boolean
}

const PART = `one of ${ROLES.join(', ')}`

export function addUserCommands(program: Command): void {
  const user = program.command('user').description('accounts and their roles')
  user
    .command('add')
    .description('add an account and print the one-time link by which the person sets a password')
    .requiredOption('--email <address>', 'e-mail address, the name to sign in with')
    .requiredOption('--name <name>', 'name that the audit shows')
    .requiredOption('--role <role>', PART)
    .option('--study <code>', 'study in which the role holds; administrators serve the whole installation')
    .option('--site <code>', 'only at this site; default: at all sites of the study')
    .option('--json', 'print one JSON document')
    .action(add)
  user
    .command('list')
    .description('list accounts with their roles')
    .option('--json', 'print one JSON document')
    .action(async (options: { json?: boolean }) => {
      const users = await withDatabase('existing', ctx => unwrap(listUsers(ctx)))
      print(options.json, users, users.map(formatUser))
    })
  user
    .command('link')
    .description('print a new one-time link for a person to set a password')
    .requiredOption('--email <address>', 'account')
    .action(async (options: Options) => {
      const made = await withDatabase('existing', ctx =>
        unwrap(makeLink(ctx, { userId: find(ctx, options.email).id })),
      )
      print(false, null, formatLink(made.link))
    })
  for (const [name, change, done] of [
    ['deactivate', deactivateUser, 'is deactivated and signed out'],
    ['activate', activateUser, 'is active'],
  ] as const) {
    user
      .command(name)
      .description(`${name} an account, with a reason that the audit keeps`)
      .requiredOption('--email <address>', 'account')
      .requiredOption('--reason <text>', 'why')
      .action(async ({ email, reason }: Options) => {
        await withDatabase('existing', ctx => unwrap(change(ctx, { userId: find(ctx, email).id, reason })))
        print(false, null, [`${email} ${done}.`])
      })
  }
  user
    .command('give-role')
    .description('give an account one more role')
    .requiredOption('--email <address>', 'account')
    .requiredOption('--role <role>', PART)
    .option('--study <code>', 'study in which the role holds')
    .option('--site <code>', 'only at this site')
    .action(give)
  user
    .command('take-role')
    .description('take a role away, with a reason that the audit keeps')
    .requiredOption('--email <address>', 'account')
    .requiredOption('--role <role>', PART)
    .option('--study <code>', 'study in which the role holds')
    .option('--site <code>', 'the role at this site; default: the role at all sites')
    .requiredOption('--reason <text>', 'why')
    .action(take)
}

async function add(options: Options): Promise<void> {
  const input = parseOptions(AddUser, { ...options, role: roleOf(options.role) })
  const added = await withDatabase('setUp', ctx => unwrap(addUser(ctx, input)))
  const link = added.link === null ? null : `${publicAddress()}${added.link}`
  print(options.json, { userId: added.userId, email: input.email, link }, formatLink(added.link))
}

async function give(options: Options): Promise<void> {
  await withDatabase('existing', ctx => {
    const userId = find(ctx, options.email).id
    const part = { role: roleOf(options.role), study: options.study ?? null, site: options.site ?? null }
    unwrap(giveRole(ctx, { userId, ...part }))
  })
  print(false, null, [`${options.email} has the role ${roleOf(options.role)}.`])
}

async function take(options: Options): Promise<void> {
  await withDatabase('existing', ctx => {
    const user = find(ctx, options.email)
    const study = options.study ?? null
    const site = options.site ?? null
    const held = user.roles.find(
      one =>
        one.role === roleOf(options.role) && (one.study === study || one.study === null) && one.site === site,
    )
    if (!held) throw new CommandFailed([`${options.email} does not have this role there.`])
    unwrap(takeRole(ctx, { userId: user.id, membershipId: held.membershipId, reason: options.reason }))
  })
  print(false, null, [`${options.email} no longer has the role ${roleOf(options.role)}.`])
}

/** `data-manager`, `Data manager` and `dataManager` are one role. */
function roleOf(text: string): (typeof ROLES)[number] {
  const plain = text.replaceAll(/[^A-Za-z]/g, '').toLowerCase()
  const role = ROLES.find(known => known.toLowerCase() === plain)
  if (!role) throw new CommandFailed([`--role "${text}": choose ${PART}`], 2)
  return role
}

function find(ctx: Ctx, email: string): UserWithRoles {
  const user = unwrap(listUsers(ctx)).find(one => one.email === email.trim().toLowerCase())
  if (!user) throw new CommandFailed([`There is no account ${email}.`])
  return user
}

function formatUser({ email, name, active, hasPassword, roles }: UserWithRoles): string {
  const parts = roles.map(({ role, study, site }) => [role, study, site].filter(Boolean).join(' '))
  const state = !active ? ' (deactivated)' : hasPassword ? '' : ' (no password yet)'
  return `${email}\t${name}${state}\t${parts.join(', ')}`
}

function formatLink(link: string | null): string[] {
  return ['Hand this link to the person. It works once, within 72 hours:', `${publicAddress()}${link ?? ''}`]
}
