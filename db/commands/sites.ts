import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import { insertRecord } from '@/db/write'
import type { SiteId, StudyId } from '@/lib/domain/shared/ids'

export function insertSite(
  tx: Tx,
  w: WriteContext,
  site: { studyId: StudyId; code: string; name: string; timeZone: string },
): SiteId {
  return insertRecord(tx, w, 'sites', site).id
}
