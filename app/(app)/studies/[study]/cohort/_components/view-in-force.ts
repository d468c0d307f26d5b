import { formatDate } from '@/lib/format/dates'
import type { CohortControls } from '@/lib/schemas/cohort'
import { type CohortView, nameVisit } from './cohort-view'

const METHODS = {
  locf: 'last value carried forward',
  bocf: 'baseline carried forward',
  worstCase: 'worst case',
} as const

/** What the controls change and leave out, one sentence each; empty for the default view. */
export function describeViewInForce(view: CohortView, controls: CohortControls): string[] {
  const { summary } = view
  const { subgroup, strategy, missingData, inWindowOnly, membersWithEvent, leftOut } = summary.view
  const sum = (pick: (values: (typeof leftOut.values)[number]) => number) =>
    leftOut.values.reduce((total, values) => total + pick(values), 0)
  const lines: string[] = []
  if (subgroup)
    lines.push(
      `Subgroup ${subgroup.factorLabel.toLowerCase()}: ${subgroup.levelLabel}, n = ${view.inSet}; ${leftOut.bySubgroup} of the set are left out.`,
    )
  if (inWindowOnly)
    lines.push(
      `Only values inside their visit window: ${sum(each => each.outsideWindow)} outside and ${sum(each => each.windowUnknown)} of an unknown window are left out, over all scores and visits.`,
    )
  if (strategy === 'composite')
    lines.push(
      `Composite: ${membersWithEvent} participants with a second dose or rescue are non-responders from then on; means keep their values.`,
    )
  if (strategy === 'whileOnFirstDose')
    lines.push(
      `While on first dose: ${sum(each => each.afterEvent)} values after a second dose or rescue are left out (${membersWithEvent} participants)${sum(each => each.eventUndated) > 0 ? `, and ${sum(each => each.eventUndated)} whose order is not known` : ''}.`,
    )
  if (summary.view.timeAxis === 'sinceLastDose')
    lines.push(
      'Time since the last dose: shown in the figure “Change by time since the last dose”; all others count from day zero.',
    )
  if (missingData === 'locf' || missingData === 'bocf' || missingData === 'worstCase')
    lines.push(
      `Missing values, ${METHODS[missingData]}: ${sum(each => each.imputed)} values filled in; ${sum(each => each.notImputable)} missing ones had nothing to fill in.`,
    )
  const shown = [
    controls.parameters.length > 0
      ? `scores ${view.parameters.map(({ parameter }) => parameter.label).join(', ')}`
      : '',
    controls.visits.length > 0 ? `visits ${nameShownVisits(view, controls.visits)}` : '',
    controls.arms.length > 0 ? `arms ${controls.arms.join(', ')}` : '',
  ].filter(Boolean)
  if (shown.length > 0)
    lines.push(`Shown are ${shown.join('; ')}; the others are left out of sight, not of any number.`)
  if (controls.dataCut !== null) lines.push(`Records dated up to ${formatDate(summary.dataCut)}.`)
  if (controls.asOf !== null) lines.push(`Values as they were known at entry ${summary.asOf} of the audit.`)
  if (leftOut.restrictedSince > 0) lines.push(describeRestrictedSince(leftOut.restrictedSince))
  return lines
}

function describeRestrictedSince(k: number): string {
  return k === 1
    ? '1 participant asked for no further use since then and is left out.'
    : `${k} participants asked for no further use since then and are left out.`
}

/** Baseline stays in sight, whichever visits are chosen. */
function nameShownVisits(view: CohortView, chosen: readonly string[]): string {
  const codes = [...view.protocol.baseline.visits, ...chosen]
  return view.protocol.visits
    .filter(({ code }) => codes.includes(code))
    .map(({ code }) => nameVisit(view, code))
    .join(', ')
}
