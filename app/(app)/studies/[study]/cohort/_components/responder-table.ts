import type { MissingDataMethod } from '@/lib/domain/outcomes/analysis-view'
import type { ResponderMethod, ResponderRate, VisitSummary } from '@/lib/domain/outcomes/summary-types'
import { formatPercent } from '@/lib/format/numbers'
import { armCells, armColumns, type CohortView, isReached, listParameters, nameVisit } from './cohort-view'
import {
  column,
  countOfCell,
  explainedCell,
  numberCell,
  percentBoundsCell,
  type ReportCell,
  type ReportColumn,
  type ReportTable,
  textCell,
} from './report-table'

const METHODS: readonly (readonly [ResponderMethod, string, string])[] = [
  ['nonResponderImputation', 'nri', 'Of all expected, missing as non-responder; 95% CI'],
  ['observedCases', 'observed', 'Of observed cases; 95% CI'],
]

/** The same figures where the rule is not a responder rule: nobody is called a responder. */
const PLAIN_METHODS: typeof METHODS = [
  ['nonResponderImputation', 'nri', 'Of all expected, missing as not met; 95% CI'],
  ['observedCases', 'observed', 'Of observed cases; 95% CI'],
]

/** Methods of missing data that fill values in before a rate of all expected is taken. */
const FILLED: Partial<Record<MissingDataMethod, string>> = {
  locf: 'Of all expected, last value carried forward; 95% CI',
  bocf: 'Of all expected, baseline carried forward; 95% CI',
  worstCase: 'Of all expected, worst case; 95% CI',
}

/**
 * The protocol's rules at each visit with both denominators; beside them who is worse by at least the minimal important
 * change. `isResponder`: rules that the protocol calls responder rules, or those that it does not.
 */
export function deriveResponderTable(view: CohortView, isResponder: boolean): ReportTable {
  const filled = FILLED[view.summary.view.missingData]
  const methods = [
    ...(isResponder ? METHODS : PLAIN_METHODS),
    ...(filled ? [[view.summary.view.missingData as ResponderMethod, 'filled', filled] as const] : []),
  ]
  const rules = view.protocol.responders.filter(rule => rule.isResponder === isResponder)
  return {
    columns: [
      column('rule', 'Rule', 'head'),
      column('visit', 'Visit', 'head'),
      ...armColumns(view),
      ...methods.flatMap(([, name, over]) => rateColumns(name, over)),
      column(['worse_k', 'worse_n'], 'k/n', 'number', 'Worse'),
      column('worse_threshold', 'by at least', 'number', 'Worse'),
    ],
    rows: rules.flatMap(rule =>
      listParameters(view).flatMap(({ summary }) =>
        (summary.arms[0]?.visits ?? []).flatMap((_, index) =>
          summary.arms.flatMap(arm => {
            const visit = arm.visits[index]
            const rates = visit?.responders.filter(rate => rate.code === rule.code) ?? []
            if (!visit || rates.length === 0 || !isReached(view, summary.parameter, visit.visit)) return []
            const target = { parameter: summary.parameter, visit: visit.visit, rule: rule.code }
            return [
              [
                textCell(rule.label, rule.code),
                textCell(nameVisit(view, visit.visit), visit.visit),
                ...armCells(view, arm),
                ...methods.flatMap(([method]) =>
                  rateCells(rates.find(rate => rate.method === method)).map((cell, at) =>
                    at === 0 && method === 'nonResponderImputation' ? explainedCell(cell, target) : cell,
                  ),
                ),
                ...worseCells(visit, summary.unit),
              ],
            ]
          }),
        ),
      ),
    ),
  }
}

function rateColumns(name: string, over: string): ReportColumn[] {
  return [
    column([`${name}_k`, `${name}_n`], 'k/n', 'number', over),
    column(`${name}_proportion`, '%', 'number', over),
    column([`${name}_wilson_lower`, `${name}_wilson_upper`], 'Wilson', 'number', over),
    column([`${name}_cp_lower`, `${name}_cp_upper`], 'Clopper–Pearson', 'number', over),
  ]
}

function rateCells(rate: ResponderRate | undefined): ReportCell[] {
  if (!rate) throw new Error('a responder rule has a rate by each method')
  return [
    countOfCell(rate.k, rate.n, rate.kReason),
    numberCell(rate.proportion, rate.proportionReason, formatPercent),
    percentBoundsCell(rate.wilson, rate.wilsonReason),
    percentBoundsCell(rate.clopperPearson, rate.clopperPearsonReason),
  ]
}

function worseCells({ worse }: VisitSummary, unit: string): ReportCell[] {
  return [
    countOfCell(worse.k, worse.n, worse.kReason),
    numberCell(worse.threshold, worse.thresholdReason, threshold =>
      unit === '%' ? `${threshold} points` : `${threshold} ${unit}`,
    ),
  ]
}

/** Where a baseline of 0 left a percentage undefined, in words. */
export function describeBaselineZero(view: CohortView): string[] {
  return listParameters(view).flatMap(({ summary, reported }) =>
    reported.visits.flatMap((code, index) => {
      const counts = summary.arms.map(arm =>
        Math.max(0, ...(arm.visits[index]?.responders ?? []).map(rate => rate.undefinedBaselineZero ?? 0)),
      )
      const count = counts.reduce((sum, each) => sum + each, 0)
      return count === 0
        ? []
        : [`${reported.parameter.label}, ${nameVisit(view, code)}: ${count} with baseline 0, no percentage.`]
    }),
  )
}
