import type { Db, Tx } from '@/db/client'
import { findVisitMoveAway } from '@/db/queries/moves'
import { listSites } from '@/db/queries/studies'
import { studyChain } from '@/db/table-kinds'
import { formatVisitName } from '@/lib/domain/protocol/unscheduled'
import type { OpenStudy } from './studies'

export const WHAT_TO_DO_WITH_MOVED =
  'Enter what you add or change at that place, then discard what you typed here.'

/**
 * Where the visit went that a page or a draft was opened on, and by whom, in words; null: none was moved away from there.
 * A participant of a site in which the reader has no part is not named.
 */
export function describeMovedVisit(
  db: Db | Tx,
  { study, protocol, sites }: Pick<OpenStudy, 'study' | 'protocol' | 'sites'>,
  place: { readonly number: string; readonly visit: string },
): string | null {
  const chain = studyChain(study.code)
  const move = findVisitMoveAway(db, { chain, subject: place.number, visit: place.visit })
  if (!move) return null
  const isSeen = listSites(db, study.id, sites).some(({ code }) => code === move.site)
  const where =
    isSeen && move.subject !== null && move.visit !== null
      ? `to ${move.subject}, ${formatVisitName(protocol, move.visit).toLowerCase()}`
      : 'elsewhere'
  return `The visit was moved ${where}, by ${move.actor}.`
}
