import type { Db, Tx } from '@/db/client'
import type { StudyRow } from '@/db/queries/studies'
import { listLockedTimes, listSightsByArm, type SightByArm } from '@/db/queries/unblinding'
import { groupRows } from '@/lib/domain/shared/group-rows'
import type { LooksByArm, ViewerByArm } from '@/lib/schemas/releases'

/** Looks by arm, and exports in which arms stand, at a study of several arms while it was not locked. */
export function countLooksByArm(db: Db | Tx, study: StudyRow): LooksByArm {
  const isInLock = findLockedSights(db, study)
  return countSights(listSightsByArm(db, study.code).filter(sight => !isInLock(sight)))
}

export function countSights(sights: readonly SightByArm[]): LooksByArm {
  return {
    times: sights.length,
    people: new Set(sights.map(personOf)).size,
    maskedTimes: sights.filter(({ armsNamed }) => !armsNamed).length,
    first: sights[0]?.at ?? null,
    last: sights.at(-1)?.at ?? null,
  }
}

/** Whether a sight was had while the study was locked. */
export function findLockedSights(db: Db | Tx, study: StudyRow): (sight: SightByArm) => boolean {
  const times = listLockedTimes(db, study.id)
  return ({ entry }) =>
    times.some(({ fromEntry, toEntry }) => entry > fromEntry && (toEntry === null || entry < toEntry))
}

/** The operator has no account. */
const personOf = ({ actorId, actor }: SightByArm) => actorId ?? actor

/** Who saw results by arm, in which role, most recent first. */
export function listViewers(
  sights: readonly SightByArm[],
  isInLock: (sight: SightByArm) => boolean,
): ViewerByArm[] {
  const own = groupRows(sights, sight => JSON.stringify([personOf(sight), sight.role]))
  return [...own.values()]
    .flatMap(each => {
      const [first] = each
      const last = each.at(-1)
      if (!first || !last) return []
      const counts = {
        times: each.length,
        maskedTimes: each.filter(({ armsNamed }) => !armsNamed).length,
        lockedTimes: each.filter(isInLock).length,
      }
      return { name: last.actor, role: last.role, ...counts, first: first.at, last: last.at }
    })
    .sort((a, b) => (a.last < b.last ? 1 : -1))
}
