import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import { insertMembership, voidMembership } from '@/db/commands/users'
import { findSiteByCode, findStudyByCode } from '@/db/queries/studies'
import { findMembership, findUser, isLastAdministrator, listMemberships } from '@/db/queries/users'
import type { AppError } from '@/lib/domain/shared/errors'
import type { MembershipId, SiteId, StudyId, UserId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { joinReason } from '@/lib/schemas/reason'
import type { GiveRole, TakeRole } from '@/lib/schemas/users'
import type { Ctx, Role } from './context'
import { authorise } from './policy'
import { inTransaction } from './transaction'

interface Part {
  readonly role: Role
  readonly studyId: StudyId | null
  readonly siteId: SiteId | null
}

/** A role with study and site found by their codes. Administrators serve the whole installation: theirs has neither. */
export function findPart(
  ctx: Ctx,
  input: { role: Role; study: string | null; site: string | null },
): Result<Part, AppError> {
  const { role } = input
  if (input.study === null && role !== 'administrator') {
    return refuseField('study', '', 'Choose the study in which this role holds.')
  }
  const study = input.study === null ? null : findStudyByCode(ctx.db, input.study)
  if (study === undefined) return refuseField('study', input.study ?? '', `There is no study ${input.study}.`)
  if (input.site !== null && study === null)
    return refuseField('site', input.site, 'A site belongs to a study: choose both.')
  const site = input.site === null || study === null ? null : findSiteByCode(ctx.db, study.id, input.site)
  if (site === undefined)
    return refuseField('site', input.site ?? '', `Study ${input.study} has no site ${input.site}.`)
  if (role === 'administrator') return ok({ role, studyId: null, siteId: null })
  return ok({ role, studyId: study?.id ?? null, siteId: site?.id ?? null })
}

function refuseField(field: string, value: string, text: string): Result<never, AppError> {
  return err({ code: 'invalidInput', fields: [{ field, value, text }] })
}

/** Gives an account one more role. */
export function giveRole(ctx: Ctx, input: GiveRole): Result<{ membershipId: MembershipId }, AppError> {
  const user = findUser(ctx.db, input.userId as UserId)
  const may = authorise(ctx, 'manageUsers', { studyId: null })
  if (!may.ok) return may
  const part = findPart(ctx, input)
  if (!part.ok) return part
  if (!user) return err({ code: 'notFound', what: 'The account' })
  return inTransaction(ctx, tx => give(tx, may.value.write, user.id, part.value))
}

/** Refused: a role that the account has already, and account management together with clinical work. */
export function give(
  tx: Tx,
  w: WriteContext,
  userId: UserId,
  part: Part,
): Result<{ membershipId: MembershipId }, AppError> {
  const held = listMemberships(tx, userId)
  if (held.some(m => m.role === part.role && m.studyId === part.studyId && m.siteId === part.siteId)) {
    return err({ code: 'alreadyExists', what: 'The role', value: part.role })
  }
  if (held.some(m => (m.role === 'administrator') !== (part.role === 'administrator'))) {
    return err({ code: 'notPossible', text: DUTIES_APART })
  }
  return ok({ membershipId: insertMembership(tx, w, { userId, ...part }) })
}

const DUTIES_APART =
  'Who manages accounts takes no part in a study. Use a second account with another e-mail address for the other role.'

/** Takes a role away, with a reason; it stays in history. The last active administrator keeps theirs. */
export function takeRole(ctx: Ctx, input: TakeRole): Result<null, AppError> {
  const may = authorise(ctx, 'manageUsers', { studyId: null })
  if (!may.ok) return may
  return inTransaction(ctx, tx => {
    const membership = findMembership(tx, input.membershipId as MembershipId)
    if (!membership || membership.userId !== input.userId) return err({ code: 'notFound', what: 'The role' })
    if (membership.role === 'administrator' && isLastAdministrator(tx, membership.userId)) {
      return err({
        code: 'notPossible',
        text: 'This is the last active administrator. Make another one first.',
      })
    }
    voidMembership(tx, may.value.write, membership, joinReason(input) ?? '')
    return ok(null)
  })
}
