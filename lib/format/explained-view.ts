import type { PooledReason } from '@/lib/domain/outcomes/small-groups'
import type { ViewInForce } from '@/lib/domain/outcomes/view-in-force'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { formatDate } from './dates'
import { describePooledReason } from './masking'

const METHODS = {
  locf: 'last value carried forward',
  bocf: 'baseline carried forward',
  worstCase: 'worst case',
} as const

/** What an explained number is of. */
interface CountedIn {
  readonly view: ViewInForce
  readonly dataCut: CalendarDate
  readonly asOf: number
  readonly armsReason?: PooledReason
}

/** How the number is counted where that is not the default, one sentence each; `controls`: what was asked for by name. */
export function describeView(
  explained: CountedIn,
  controls: { readonly dataCut: string | null; readonly asOf: number | null },
): string[] {
  const { view, dataCut, asOf, armsReason } = explained
  const { subgroup, strategy, missingData, inWindowOnly, leftOut, membersWithEvent } = view
  const lines: string[] = armsReason ? [describePooledReason(armsReason)] : []
  if (subgroup)
    lines.push(
      `Subgroup ${subgroup.factorLabel.toLowerCase()}: ${subgroup.levelLabel}; ${leftOut.bySubgroup} of the set are left out.`,
    )
  if (inWindowOnly) lines.push('Only values inside their visit window count, baselines too.')
  if (strategy === 'composite')
    lines.push(
      `Composite: the ${membersWithEvent} participants with a second dose, rescue or crossover are not met from then on; means keep their values.`,
    )
  if (strategy === 'whileOnFirstDose')
    lines.push(
      `While on first dose: values after a second dose, rescue or crossover are left out (${membersWithEvent} participants had one).`,
    )
  if (missingData === 'locf' || missingData === 'bocf' || missingData === 'worstCase')
    lines.push(`Missing values of due visits are filled in: ${METHODS[missingData]}.`)
  if (controls.dataCut !== null) lines.push(`Records dated up to ${formatDate(dataCut)}.`)
  if (controls.asOf !== null) lines.push(`Values as they were known at entry ${asOf} of the audit.`)
  if (leftOut.restrictedSince > 0)
    lines.push(`Asked since then that nothing be used any further, and left out: ${leftOut.restrictedSince}.`)
  return lines
}
