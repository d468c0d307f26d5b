import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { siteApprovals, sites } from '@/db/schema/studies'
import type { SiteId, StudyId } from '@/lib/domain/shared/ids'

const COLUMNS = {
  id: siteApprovals.id,
  siteId: siteApprovals.siteId,
  version: siteApprovals.version,
  approvedOn: siteApprovals.approvedOn,
  rowVersion: siteApprovals.rowVersion,
}

/** Every approval in force at the sites of a study. */
export function listSiteApprovals(db: Db | Tx, studyId: StudyId) {
  return db
    .select(COLUMNS)
    .from(siteApprovals)
    .innerJoin(sites, eq(sites.id, siteApprovals.siteId))
    .where(and(eq(sites.studyId, studyId), isNull(siteApprovals.voidedAt)))
    .orderBy(asc(siteApprovals.id))
    .all()
}

/** The approval of one protocol version at one site. */
export function findSiteApproval(db: Db | Tx, siteId: SiteId, version: string) {
  return db
    .select(COLUMNS)
    .from(siteApprovals)
    .where(
      and(
        eq(siteApprovals.siteId, siteId),
        eq(siteApprovals.version, version),
        isNull(siteApprovals.voidedAt),
      ),
    )
    .get()
}
