import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { protocolVersions, sites, studies } from '@/db/schema/studies'
import type { SiteId, StudyId } from '@/lib/domain/shared/ids'

export type StudyRow = typeof studies.$inferSelect
export type SiteRow = typeof sites.$inferSelect

export function findStudyByCode(db: Db | Tx, code: string): StudyRow | undefined {
  return db
    .select()
    .from(studies)
    .where(and(eq(studies.code, code), isNull(studies.voidedAt)))
    .get()
}

export function listStudies(db: Db | Tx): StudyRow[] {
  return db.select().from(studies).where(isNull(studies.voidedAt)).orderBy(asc(studies.code)).all()
}

/** Published versions of a study, oldest first. */
export function listProtocolVersions(db: Db | Tx, studyId: StudyId) {
  return db
    .select()
    .from(protocolVersions)
    .where(eq(protocolVersions.studyId, studyId))
    .orderBy(asc(protocolVersions.position))
    .all()
}

/** The version in force: the last published. */
export function findCurrentProtocol(db: Db | Tx, studyId: StudyId) {
  return db
    .select()
    .from(protocolVersions)
    .where(eq(protocolVersions.studyId, studyId))
    .orderBy(desc(protocolVersions.position))
    .limit(1)
    .get()
}

/** Hash of the protocol in force; undefined while none is published. */
export function findProtocolHash(db: Db | Tx, studyId: StudyId): string | undefined {
  return db
    .select({ contentHash: protocolVersions.contentHash })
    .from(protocolVersions)
    .where(eq(protocolVersions.studyId, studyId))
    .orderBy(desc(protocolVersions.position))
    .limit(1)
    .get()?.contentHash
}

/** Sites of a study in order of code; all, or those given. */
export function listSites(db: Db | Tx, studyId: StudyId, only: 'all' | readonly SiteId[] = 'all'): SiteRow[] {
  const mine = only === 'all' ? undefined : inArray(sites.id, [...only])
  return db
    .select()
    .from(sites)
    .where(and(eq(sites.studyId, studyId), isNull(sites.voidedAt), mine))
    .orderBy(asc(sites.code))
    .all()
}

export function findSiteByCode(db: Db | Tx, studyId: StudyId, code: string): SiteRow | undefined {
  return db
    .select()
    .from(sites)
    .where(and(eq(sites.studyId, studyId), eq(sites.code, code), isNull(sites.voidedAt)))
    .get()
}
