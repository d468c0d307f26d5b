import type { CohortReport } from '@/lib/domain/outcomes/cohort-report'
import type { ReportedParameter } from '@/lib/domain/outcomes/reported-parameters'
import type { ParameterSummary } from '@/lib/domain/outcomes/summary-types'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { formatDate } from '@/lib/format/dates'
import { column, type ReportCell, type ReportColumn, textCell } from './report-table'

/** What the page and its files show. */
export interface CohortView extends CohortReport {
  readonly title: string
  readonly protocol: Protocol
  /** Arms are hidden from this reader until lock. */
  readonly isPooled: boolean
}

/** Name of a visit as the protocol gives it. */
export function nameVisit({ protocol }: CohortView, code: string): string {
  return protocol.visits.find(visit => visit.code === code)?.name ?? code
}

/** The set of every number on the page, as an adjective of its participants. */
export function nameSet({ summary }: CohortView): string {
  return summary.analysisSet
}

/** Whether results stand by arm, so that tables need a column for it. */
export function hasArms({ summary }: CohortView): boolean {
  return summary.parameters.some(parameter => parameter.arms.length > 1)
}

/** The column of arms, where there is more than one. */
export function armColumns(view: CohortView): ReportColumn[] {
  return hasArms(view) ? [column('arm', 'Arm', 'text')] : []
}

export function armCells(view: CohortView, arm: { arm: string; label: string }): ReportCell[] {
  return hasArms(view) ? [textCell(arm.label, arm.arm)] : []
}

/** Every parameter with what the instrument says of it. */
export function listParameters(
  view: CohortView,
): readonly { readonly summary: ParameterSummary; readonly reported: ReportedParameter }[] {
  return view.summary.parameters.flatMap((summary, index) => {
    const reported = view.parameters[index]
    return reported ? [{ summary, reported }] : []
  })
}

/** What stands under every figure and table: whose numbers, to which day, by which versions. */
export function describeSource(view: CohortView): string {
  const { summary } = view
  return `${view.inSet} ${nameSet(view)}, data cut ${formatDate(summary.dataCut)}, protocol version ${summary.version}.`
}
