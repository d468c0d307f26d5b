import { randomUUID } from 'node:crypto'
import type { Db } from '@/db/client'
import type { SiteId, StudyId, UserId } from '@/lib/domain/shared/ids'
import type { DraftName } from '@/lib/schemas/drafts'
import type { ROLES } from '@/lib/schemas/users'
import { type Instant, now } from './clock'

export type Role = (typeof ROLES)[number]

export interface Membership {
  readonly studyId: StudyId | null
  readonly siteId: SiteId | null
  readonly role: Role
}

/** Who acts: a signed-in person, or the operator at the command line. */
export type Actor =
  | {
      readonly kind: 'user'
      readonly userId: UserId
      readonly name: string
      readonly memberships: readonly Membership[]
    }
  | { readonly kind: 'operator' }

/** What every use case is given first. */
export interface Ctx {
  readonly db: Db
  readonly actor: Actor
  readonly now: Instant
  readonly requestId: string
  /** Key of the form that was sent; the same key is carried out once. */
  readonly submissionKey: string | null
  /** The person's draft that the form is; it ends with the save. */
  readonly draft?: DraftName
}

/** A context for the command line: the operator, now. */
export function operatorContext(db: Db): Ctx {
  return { db, actor: { kind: 'operator' }, now: now(), requestId: randomUUID(), submissionKey: null }
}
