import { z } from 'zod'
import { ReasonParts } from './reason'

/** Roles in the order in which lists show them; what each may do stands in lib/server/policy.ts. */
export const ROLES = [
  'administrator',
  'dataManager',
  'coordinator',
  'investigator',
  'monitor',
  'statistician',
] as const

const optionalCode = z
  .string()
  .trim()
  .transform(text => (text === '' ? null : text))
  .nullish()
  .transform(code => code ?? null)

const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'Use at most 254 characters.')
  .pipe(z.email('Write an e-mail address, for example a.person@hospital.example.'))

const Name = z
  .string()
  .trim()
  .min(1, 'Write the name that the audit trail shall show.')
  .max(100, 'Use at most 100 characters.')

const Role = z.enum(ROLES, { error: `Choose a role: ${ROLES.join(', ')}.` })

/** Study and site by code; a site left out is every site of the study. */
const Part = { role: Role, study: optionalCode, site: optionalCode } as const

export const AddUser = z.object({ email: Email, name: Name, ...Part })
export type AddUser = z.output<typeof AddUser>

const userId = z.coerce.number().int().positive()

export const GiveRole = z.object({ userId, ...Part })
export type GiveRole = z.output<typeof GiveRole>

export const TakeRole = z.object({ userId, membershipId: z.coerce.number().int().positive(), ...ReasonParts })
export type TakeRole = z.output<typeof TakeRole>

/** For deactivating an account, and for activating it again. */
export const ChangeActive = z.object({ userId, ...ReasonParts })
export type ChangeActive = z.output<typeof ChangeActive>

export const MakeLink = z.object({ userId })
export type MakeLink = z.output<typeof MakeLink>

const Password = {
  token: z.string(),
  password: z.string(),
  /** Typed a second time; a caller without a form leaves it out. */
  passwordAgain: z.string().optional(),
} as const

const isTypedTwice = (input: { password: string; passwordAgain?: string | undefined }) =>
  input.passwordAgain === undefined || input.passwordAgain === input.password

const DIFFER = { path: ['passwordAgain'], error: 'The two passwords differ. Type the same one twice.' }

/** Setting a password by a one-time link. */
export const SetPassword = z.object(Password).refine(isTypedTwice, DIFFER)
export type SetPassword = z.output<typeof SetPassword>

/** The first administrator, by the link that the server prints at its first start. */
export const FirstUse = z.object({ email: Email, name: Name, ...Password }).refine(isTypedTwice, DIFFER)
export type FirstUse = z.output<typeof FirstUse>
