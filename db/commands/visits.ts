import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import { findVisit, type VisitRow } from '@/db/queries/visits'
import type { Confirmation } from '@/db/schema/record-columns'
import { insertRecord, moveRecord, updateRecord, voidRecord } from '@/db/write'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import type { MissingReason } from '@/lib/domain/shared/missing'

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

/** Begins a visit that the protocol does not plan: when, why, and which forms it takes. */
export function beginUnscheduledVisit(
  tx: Tx,
  w: WriteContext,
  args: VisitKey & {
    /** Null: from a form that had no date. */
    readonly visitDate: CalendarDate | null
    readonly cause: string
    readonly forms: readonly string[]
    readonly confirmations: Record<string, Confirmation>
  },
): VisitRow {
  return insertRecord(tx, w, 'visits', { ...args, forms: args.forms.join(',') })
}

/** Where a visit stands: whose it is and which. `forms` and `cause` belong to an unscheduled one. */
export interface VisitPlace extends VisitKey {
  readonly forms: string | null
  readonly cause: string | null
}

/** Puts a visit under another participant or code. Its forms go with it. */
export function moveVisit(
  tx: Tx,
  w: WriteContext,
  visit: Pick<VisitRow, 'id' | 'rowVersion'>,
  to: VisitPlace,
  reason: string,
): VisitRow {
  return moveRecord(tx, w, 'visits', visit.id, visit.rowVersion, to, reason)
}

/** A visit entered in error. Its forms are voided by their own command. */
export function voidVisit(
  tx: Tx,
  w: WriteContext,
  visit: Pick<VisitRow, 'id' | 'rowVersion'>,
  reason: string,
): VisitRow {
  return voidRecord(tx, w, 'visits', visit.id, visit.rowVersion, reason)
}

/** What may change of a visit. */
export interface VisitPatch {
  readonly visitDate?: CalendarDate | null
  readonly missedReason?: MissingReason | null
  readonly missedNote?: string | null
  readonly confirmations?: Record<string, Confirmation>
}

/** A visit that takes place after all: the note goes with the reason. */
export const NOT_MISSED = { missedReason: null, missedNote: null } as const

/** Changes the date of a visit or takes back that it was declared missed. A stored value needs a reason. */
export function changeVisit(
  tx: Tx,
  w: WriteContext,
  visit: Pick<VisitRow, 'id'>,
  expectedVersion: number,
  patch: VisitPatch,
  reason: string | null,
): VisitRow {
  return updateRecord(tx, w, 'visits', visit.id, expectedVersion, patch, reason)
}

/** Records that a visit will not take place, and why; `change`: why, where something else was declared before. */
export function declareMissed(
  tx: Tx,
  w: WriteContext,
  { participantId, code }: VisitKey,
  missed: Required<Pick<VisitPatch, 'missedReason' | 'missedNote' | 'confirmations'>>,
  change: { readonly expectedVersion: number | null; readonly reason: string },
): VisitRow {
  const stored = findVisit(tx, participantId, code)
  if (!stored) return insertRecord(tx, w, 'visits', { participantId, code, ...missed })
  const confirmations = { ...stored.confirmations, ...missed.confirmations }
  const patch = { ...missed, confirmations }
  return changeVisit(tx, w, stored, change.expectedVersion ?? 0, patch, change.reason)
}
