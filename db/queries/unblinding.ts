import { and, asc, eq, gt, inArray, lt, or, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { auditEntries } from '@/db/schema/audit'
import type { StudyId } from '@/lib/domain/shared/ids'

/** A time for which a study was locked; `unlockedAt` null: it still is. */
export interface LockedTime {
  /** Entries of the audit, over all chains, between which it was locked. */
  readonly fromEntry: number
  readonly toEntry: number | null
  readonly unlockedAt: string | null
}

/** Every time for which a study was locked, earliest first, as the audit holds them. */
export function listLockedTimes(db: Db | Tx, studyId: StudyId): LockedTime[] {
  const changes = db
    .select({
      entry: auditEntries.id,
      at: auditEntries.at,
      lockedAt: sql<string | null>`json_extract(${auditEntries.changes}, '$.lockedAt[1]')`,
    })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.entity, 'studies'),
        eq(auditEntries.entityId, studyId),
        sql`json_type(${auditEntries.changes}, '$.lockedAt') IS NOT NULL`,
      ),
    )
    .orderBy(asc(auditEntries.id))
    .all()
  return changes.flatMap(({ entry, lockedAt }, index) => {
    if (lockedAt === null) return []
    const end = changes[index + 1]
    return [{ fromEntry: entry, toEntry: end?.entry ?? null, unlockedAt: end?.at ?? null }]
  })
}

/** Instants at which people saw results by arm that only the lock of this study had opened to them, earliest first. */
export function listSightsByLock(db: Db | Tx, study: string, time: LockedTime): string[] {
  return db
    .select({ at: auditEntries.at })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.chain, 'system'),
        inArray(auditEntries.act, ['look', 'export']),
        gt(auditEntries.id, time.fromEntry),
        time.toEntry === null ? undefined : lt(auditEntries.id, time.toEntry),
        sql`json_extract(${auditEntries.details}, '$.study') = ${study}`,
        sql`json_extract(${auditEntries.details}, '$.openedByLock') = 1`,
      ),
    )
    .orderBy(asc(auditEntries.id))
    .all()
    .map(row => row.at)
}

/** A sight of results by arm: on a page, in a file or at the command line. */
export interface SightByArm {
  /** Entry of the audit, over all chains. */
  readonly entry: number
  readonly at: string
  readonly actorId: number | null
  readonly actor: string
  readonly role: string
  /** What was looked at: `cohort`, `summary`, `files` … */
  readonly what: string
  readonly armsNamed: boolean
  /** Id of the release that opened it; null: open without one. */
  readonly release: number | null
  readonly openedByLock: boolean
}

/** Every sight of a study's results by arm, earliest first: looks by arm, and exports in which arms stand. */
export function listSightsByArm(db: Db | Tx, study: string): SightByArm[] {
  const { details } = auditEntries
  const seen = or(
    and(eq(auditEntries.act, 'look'), sql`json_extract(${details}, '$.byArm') = 1`),
    and(eq(auditEntries.act, 'export'), sql`json_extract(${details}, '$.arms') = 'shown'`),
  )
  return db
    .select({
      entry: auditEntries.id,
      at: auditEntries.at,
      actorId: auditEntries.actorId,
      actor: auditEntries.actor,
      role: auditEntries.role,
      what: sql<string>`json_extract(${details}, '$.what')`,
      // What was written before there were masked arms was by named ones.
      isMasked: sql<number>`coalesce(json_extract(${details}, '$.armsNamed'), 1) = 0`,
      release: sql<number | null>`json_extract(${details}, '$.release')`,
      openedByLock: sql<number | null>`json_extract(${details}, '$.openedByLock')`,
    })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.chain, 'system'),
        inArray(auditEntries.act, ['look', 'export']),
        sql`json_extract(${details}, '$.study') = ${study}`,
        seen,
      ),
    )
    .orderBy(asc(auditEntries.id))
    .all()
    .map(({ isMasked, openedByLock, ...row }) => ({
      ...row,
      armsNamed: isMasked === 0,
      openedByLock: openedByLock === 1,
    }))
}
