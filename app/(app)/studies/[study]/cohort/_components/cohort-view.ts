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
  /** Arms are hidden from this reader until lock or a release. */
  readonly isPooled: boolean
  /** Arms are letters for this reader; `protocol` then names neither arms nor treatments. */
  readonly armsMasked: boolean
  /** Published references that the reader asked for, by code; not given: none. */
  readonly controls?: { readonly references: readonly string[] }
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

export function armCells(view: CohortView, arm: { readonly arm: string }): ReportCell[] {
  return hasArms(view) ? [textCell(arm.arm)] : []
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

/** Whether a visit is due for anybody, or somebody has a value already; others take no line in a table. */
export function isReached(view: CohortView, parameter: string, visit: string): boolean {
  const index = view.summary.parameters.findIndex(each => each.parameter === parameter)
  const counts = view.completeness[index]?.find(each => each.visit === visit)
  return counts !== undefined && (counts.expected > 0 || counts.nEarly > 0)
}

/** Visits of the protocol that nobody has reached, in words; empty when there is none. */
export function describeNotReached(view: CohortView): string {
  const waiting = view.protocol.visits.filter(({ code }) => {
    const counts = view.completeness.flat().filter(each => each.visit === code)
    return counts.length > 0 && counts.every(({ expected, nEarly }) => expected === 0 && nEarly === 0)
  })
  return waiting.length === 0 ? '' : `Not yet due for anyone: ${waiting.map(visit => visit.name).join(', ')}.`
}

const STRATEGIES = {
  treatmentPolicy: '',
  composite: 'Composite strategy: non-responder from a second dose or rescue on.',
  whileOnFirstDose: 'While on first dose: values after a second dose or rescue left out.',
} as const

/** How the view counts, where it is not the default: it changes every number, so that every figure and file says it. */
function describeCounting({ summary }: CohortView): string {
  const { subgroup, strategy, inWindowOnly } = summary.view
  return [
    subgroup ? `Subgroup ${subgroup.factorLabel.toLowerCase()}: ${subgroup.levelLabel}.` : '',
    STRATEGIES[strategy],
    inWindowOnly ? 'Values inside their visit window only.' : '',
  ]
    .filter(Boolean)
    .join(' ')
}

/** What stands under every figure and table: whose numbers, to which day, by which versions. */
export function describeSource(view: CohortView): string {
  const { summary } = view
  const inForce = describeCounting(view)
  return `${inForce === '' ? '' : `${inForce} `}n = ${view.inSet} ${nameSet(view)}, data cut ${formatDate(summary.dataCut)}, as of entry ${summary.asOf}, protocol ${summary.version}, software ${summary.softwareVersion}.`
}
