import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { auditEntries } from '@/db/schema/audit'
import { maskingKeys, resultReleases } from '@/db/schema/releases'
import { users } from '@/db/schema/users'
import { statement } from '@/db/statement'
import type { Release } from '@/lib/domain/protocol/masking'
import type { ResultReleaseId, StudyId } from '@/lib/domain/shared/ids'

export interface ReleaseInForce extends Release {
  readonly id: ResultReleaseId
  readonly reason: string
  readonly releasedAt: string
}

const inForce = statement(db =>
  db
    .select({
      id: resultReleases.id,
      level: resultReleases.level,
      audience: resultReleases.audience,
      reason: resultReleases.reason,
      releasedAt: resultReleases.releasedAt,
    })
    .from(resultReleases)
    .where(and(eq(resultReleases.studyId, sql.placeholder('studyId')), isNull(resultReleases.voidedAt)))
    .orderBy(asc(resultReleases.id))
    .prepare(),
)

/** Releases of a study's results that were not withdrawn, earliest first. */
export function listReleasesInForce(db: Db | Tx, studyId: StudyId): ReleaseInForce[] {
  return inForce(db).all({ studyId })
}

/** Every release of a study's results, withdrawn ones too, latest first. */
export function listReleases(db: Db | Tx, studyId: StudyId) {
  const rows = db
    .select({
      id: resultReleases.id,
      level: resultReleases.level,
      audience: resultReleases.audience,
      reason: resultReleases.reason,
      releasedBy: users.name,
      releasedAt: resultReleases.releasedAt,
      withdrawnAt: resultReleases.voidedAt,
      withdrawReason: resultReleases.voidReason,
      rowVersion: resultReleases.rowVersion,
    })
    .from(resultReleases)
    .leftJoin(users, eq(users.id, resultReleases.releasedBy))
    .where(eq(resultReleases.studyId, studyId))
    .orderBy(desc(resultReleases.id))
    .all()
  const withdrawals = new Map(
    listWithdrawals(
      db,
      rows.map(row => row.id),
    ).map(({ id, by }) => [id, by]),
  )
  return rows.map(row => ({ ...row, withdrawnBy: withdrawals.get(row.id) ?? null }))
}

function listWithdrawals(db: Db | Tx, ids: readonly ResultReleaseId[]) {
  return db
    .select({ id: auditEntries.entityId, by: auditEntries.actor })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.entity, 'result_releases'),
        inArray(auditEntries.entityId, [...ids]),
        eq(auditEntries.act, 'void'),
      ),
    )
    .all()
}

/** A release of this study, withdrawn or not. */
export function findRelease(db: Db | Tx, studyId: StudyId, id: number) {
  return db
    .select()
    .from(resultReleases)
    .where(and(eq(resultReleases.id, id as ResultReleaseId), eq(resultReleases.studyId, studyId)))
    .get()
}

/** The study's key for masked arms; undefined before its first release. */
export function findMaskingKey(db: Db | Tx, studyId: StudyId): string | undefined {
  return db.select({ key: maskingKeys.key }).from(maskingKeys).where(eq(maskingKeys.studyId, studyId)).get()
    ?.key
}
