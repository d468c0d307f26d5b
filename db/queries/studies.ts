import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { protocolVersions, sites, studies } from '@/db/schema/studies'
import { statement } from '@/db/statement'
import type { ProtocolVersionId, SiteId, StudyId } from '@/lib/domain/shared/ids'

export type StudyRow = typeof studies.$inferSelect
export type SiteRow = typeof sites.$inferSelect

const studyByCode = statement(db =>
  db
    .select()
    .from(studies)
    .where(and(eq(studies.code, sql.placeholder('code')), isNull(studies.voidedAt)))
    .prepare(),
)

export function findStudyByCode(db: Db | Tx, code: string): StudyRow | undefined {
  return studyByCode(db).get({ code })
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

const versionInForce = statement(db =>
  db
    .select({
      id: protocolVersions.id,
      number: protocolVersions.number,
      contentHash: protocolVersions.contentHash,
    })
    .from(protocolVersions)
    .where(eq(protocolVersions.studyId, sql.placeholder('studyId')))
    .orderBy(desc(protocolVersions.position))
    .limit(1)
    .prepare(),
)

/** The version in force: the last published. Its content is read apart, since it is long and never changes. */
export function findCurrentProtocol(db: Db | Tx, studyId: StudyId) {
  return versionInForce(db).get({ studyId })
}

/** Hash of the protocol in force; undefined while none is published. */
export function findProtocolHash(db: Db | Tx, studyId: StudyId): string | undefined {
  return findCurrentProtocol(db, studyId)?.contentHash
}

export function readProtocolContent(db: Db | Tx, id: ProtocolVersionId): string | undefined {
  return db
    .select({ content: protocolVersions.content })
    .from(protocolVersions)
    .where(eq(protocolVersions.id, id))
    .get()?.content
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
