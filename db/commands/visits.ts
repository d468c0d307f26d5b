import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import { findVisit, type VisitRow } from '@/db/queries/visits'
import { insertRecord, updateRecord } from '@/db/write'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId } from '@/lib/domain/shared/ids'

interface VisitKey {
  readonly participantId: ParticipantId
  /** Code of the protocol's visit. */
  readonly code: string
}

/** The visit of that code, begun now if it is not there yet. An existing one is returned as it stands. */
export function openVisit(
  tx: Tx,
  w: WriteContext,
  args: VisitKey & { readonly visitDate: CalendarDate | null },
): VisitRow {
  return findVisit(tx, args.participantId, args.code) ?? insertRecord(tx, w, 'visits', args)
}

/** Changes the date of a visit or takes back that it was declared missed. A stored value needs a reason. */
export function changeVisit(
  tx: Tx,
  w: WriteContext,
  visit: Pick<VisitRow, 'id'>,
  expectedVersion: number,
  patch: { readonly visitDate?: CalendarDate | null; readonly missedReason?: string | null },
  reason: string | null,
): VisitRow {
  return updateRecord(tx, w, 'visits', visit.id, expectedVersion, patch, reason)
}

/** Records that a visit will not take place, and why. The reason given is the reason of the change, too. */
export function declareMissed(
  tx: Tx,
  w: WriteContext,
  args: VisitKey & { readonly reason: string; readonly expectedVersion: number | null },
): VisitRow {
  const { participantId, code, reason, expectedVersion } = args
  const stored = findVisit(tx, participantId, code)
  if (!stored) return insertRecord(tx, w, 'visits', { participantId, code, missedReason: reason })
  return changeVisit(tx, w, stored, expectedVersion ?? 0, { missedReason: reason }, reason)
}
