import { findInstrument } from '@/lib/domain/instruments/registry'
import { deriveReportedParameters, type ReportedParameter } from '@/lib/domain/outcomes/reported-parameters'
import { type MaskingView, mayNameArms } from '@/lib/domain/protocol/masking'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** What one export is about; every file of it is made under the same scope. */
export interface ExportScope {
  readonly protocol: Protocol
  readonly synthetic: boolean
  readonly dataCut: CalendarDate
  /** Arms, and the doses from which an arm could be told, are in the files. */
  readonly armsShown: boolean
  readonly parameters: readonly ReportedParameter[]
  /** Place of each visit in the protocol, from 1. */
  readonly visitOrder: ReadonlyMap<string, number>
  /** Place of the last baseline visit: change is computed after it. */
  readonly lastBaselineOrder: number
}

/**
 * The scope of an export for one reader. Arms are shown only to who may see both the arm of a participant and results
 * by named arms, since a file holds both; a study of one arm has nothing to hide.
 * Source: clinical.md §3, interim results. Example: an open study of three arms, read by a coordinator before its lock
 * → `armsShown` false.
 */
export function deriveExportScope(input: {
  readonly protocol: Protocol
  readonly synthetic: boolean
  readonly dataCut: CalendarDate
  readonly view: MaskingView
}): ExportScope {
  const { protocol, synthetic, dataCut, view } = input
  const visitOrder = new Map(protocol.visits.map((visit, index) => [visit.code, index + 1]))
  return {
    protocol,
    synthetic,
    dataCut,
    armsShown: protocol.arms.length <= 1 || (view.participantArms && mayNameArms(view)),
    parameters: deriveReportedParameters(protocol, findInstrument),
    visitOrder,
    lastBaselineOrder: Math.max(0, ...protocol.baseline.visits.map(visit => visitOrder.get(visit) ?? 0)),
  }
}
