import { and, eq, lte, type SQL } from 'drizzle-orm'
import type { Tx } from '@/db/client'
import type { DraftKey } from '@/db/queries/drafts'
import { drafts } from '@/db/schema/sessions'
import { deleteOperational, insertOperational, updateOperational } from '@/db/write'
import type { DraftFields } from '@/lib/schemas/drafts'

/** Operational rows: what is typed is no record before it is saved. */
export function keepDraft(tx: Tx, key: DraftKey, draft: { fields: DraftFields; savedAt: string }): void {
  if (updateOperational(tx, 'drafts', sameAs(key), draft) === 0)
    insertOperational(tx, 'drafts', { ...key, ...draft })
}

/** After the form was saved, or because the person discards what was typed. */
export function dropDraft(tx: Tx, key: DraftKey): void {
  deleteOperational(tx, 'drafts', sameAs(key))
}

/** Of everybody: of who asked for no further use nothing that was typed is kept either. */
export function dropDraftsAbout(tx: Tx, about: Pick<DraftKey, 'studyId' | 'subject'>): void {
  const where = and(eq(drafts.studyId, about.studyId), eq(drafts.subject, about.subject)) as SQL
  deleteOperational(tx, 'drafts', where)
}

/** Forgets drafts to which nothing was added since that instant. */
export function forgetDrafts(tx: Tx, before: string): void {
  deleteOperational(tx, 'drafts', lte(drafts.savedAt, before))
}

function sameAs(key: DraftKey): SQL {
  return and(
    eq(drafts.userId, key.userId),
    eq(drafts.studyId, key.studyId),
    eq(drafts.subject, key.subject),
    eq(drafts.place, key.place),
  ) as SQL
}
