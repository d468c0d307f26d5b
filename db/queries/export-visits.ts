import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { assessments, secondEntries, visits } from '@/db/schema/visits'
import { compareEntries } from '@/lib/domain/double-entry/compare-entries'
import {
  type DoubleEntryState,
  deriveDoubleEntryState,
  deriveLeastSettled,
} from '@/lib/domain/double-entry/double-entry-state'
import type { ExportVisit } from '@/lib/domain/exports/export-record'
import { deriveFormStanding, findFormDefinition } from '@/lib/domain/instruments/form-definition'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { groupRows } from '@/lib/domain/shared/group-rows'
import type { ParticipantId } from '@/lib/domain/shared/ids'

/** Visits that were begun or declared missed, and how far the double entry of their forms is. */
export function listExportVisits(
  db: Db | Tx,
  ids: readonly ParticipantId[],
  protocol: Protocol,
): (ExportVisit & { readonly participant: number })[] {
  const states = groupRows(listStates(db, ids, protocol), row => row.visitId)
  return db
    .select({
      id: visits.id,
      participant: visits.participantId,
      visit: visits.code,
      date: visits.visitDate,
      missedReason: visits.missedReason,
    })
    .from(visits)
    .where(and(inArray(visits.participantId, [...ids]), isNull(visits.voidedAt)))
    .all()
    .map(({ id, ...visit }) => {
      const doubleEntry = deriveLeastSettled((states.get(id) ?? []).map(({ state }) => state))
      return { ...visit, doubleEntry }
    })
}

/** Each form that the study wants entered twice, with where its double entry stands. */
function listStates(
  db: Db | Tx,
  ids: readonly ParticipantId[],
  protocol: Protocol,
): { readonly visitId: number; readonly state: DoubleEntryState }[] {
  const forms = protocol.doubleEntry?.forms ?? []
  if (forms.length === 0) return []
  const rows = db
    .select({ first: assessments, second: secondEntries })
    .from(visits)
    .innerJoin(assessments, eq(assessments.visitId, visits.id))
    .leftJoin(
      secondEntries,
      and(
        eq(secondEntries.visitId, assessments.visitId),
        eq(secondEntries.form, assessments.form),
        eq(secondEntries.location, assessments.location),
        eq(secondEntries.laterality, assessments.laterality),
        eq(secondEntries.repeat, assessments.repeat),
        isNull(secondEntries.voidedAt),
      ),
    )
    .where(
      and(
        inArray(visits.participantId, [...ids]),
        inArray(assessments.form, [...forms]),
        isNull(visits.voidedAt),
        isNull(assessments.voidedAt),
      ),
    )
    .all()
  return rows.flatMap(({ first, second }) => {
    const definition = findFormDefinition(protocol, first.form)
    if (!definition) return []
    const standing = deriveFormStanding(definition, first, protocol.settings)
    const state = deriveDoubleEntryState({
      isAsked: true,
      isReceived: standing === 'received' || standing === 'notDone',
      firstVersion: first.rowVersion,
      second: second && {
        settledVersion: second.settledVersion,
        differenceCount: compareEntries(first, second).length,
      },
    })
    return [{ visitId: first.visitId, state }]
  })
}
