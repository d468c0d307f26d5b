import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import type { RecordInput } from '@/db/table-kinds'
import { insertRecord, updateRecord, voidRecord } from '@/db/write'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { SiteApprovalId } from '@/lib/domain/shared/ids'

export function addSiteApproval(tx: Tx, w: WriteContext, values: RecordInput<'site_approvals'>): void {
  insertRecord(tx, w, 'site_approvals', values)
}

interface ApprovalChange {
  readonly id: SiteApprovalId
  /** The version that was shown. */
  readonly version: number
}

export function changeSiteApproval(
  tx: Tx,
  w: WriteContext,
  { id, version }: ApprovalChange,
  approvedOn: CalendarDate,
  reason: string | null,
): void {
  updateRecord(tx, w, 'site_approvals', id, version, { approvedOn }, reason)
}

/** Takes back an approval entered in error: the version's own date counts again. */
export function voidSiteApproval(
  tx: Tx,
  w: WriteContext,
  { id, version }: ApprovalChange,
  reason: string,
): void {
  voidRecord(tx, w, 'site_approvals', id, version, reason)
}
