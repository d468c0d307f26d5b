import { formatDecimal, formatMean } from '@/lib/format/numbers'
import { armCells, armColumns, type CohortView, isReached, listParameters, nameVisit } from './cohort-view'
import {
  boundsCell,
  column,
  explainedCell,
  numberCell,
  pValueCell,
  type ReportCell,
  type ReportTable,
  textCell,
} from './report-table'

/** How rank tests name their method beside the p value. */
export const RANK_METHODS = { exact: 'exact', normal: 'normal approx.' } as const

/** Change from baseline of every parameter that has one, at each visit after baseline. */
export function deriveChangeTable(view: CohortView): ReportTable {
  const rows = listParameters(view).flatMap(({ summary, reported }) => {
    const visits = summary.arms[0]?.visits ?? []
    const show = (value: number) => formatMean(value, reported.parameter.decimals)
    return visits.flatMap((_, index) =>
      summary.arms.flatMap(arm => {
        const visit = arm.visits[index]
        const change = visit?.change
        if (!change || !isReached(view, summary.parameter, visit.visit)) return []
        if (change.nReason !== undefined || change.meanReason === 'notMeasuredAtBaseline') return []
        const rank = change.wilcoxonSignedRank
        const row: ReportCell[] = [
          textCell(reported.parameter.label, summary.parameter),
          textCell(nameVisit(view, visit.visit), visit.visit),
          ...armCells(view, arm),
          numberCell(change.n, change.nReason, String),
          explainedCell(numberCell(change.mean, change.meanReason, show), {
            ...{ parameter: summary.parameter, visit: visit.visit },
          }),
          numberCell(change.sdSample, change.sdSampleReason, show),
          boundsCell([change.ciLower, change.ciUpper], change.ciLowerReason, reported.parameter.decimals),
          numberCell(change.pairedT.t, change.pairedT.tReason, value => formatDecimal(value, 2)),
          numberCell(change.pairedT.df, change.pairedT.dfReason, String),
          pValueCell(change.pairedT.pTwoSided, change.pairedT.pTwoSidedReason, null),
          pValueCell(rank.pTwoSided, rank.pTwoSidedReason, rank.method && RANK_METHODS[rank.method]),
          numberCell(change.dz, change.dzReason, value => formatDecimal(value, 2)),
          numberCell(change.hedgesGPaired, change.hedgesGPairedReason, value => formatDecimal(value, 2)),
          numberCell(change.glassDelta, change.glassDeltaReason, value => formatDecimal(value, 2)),
        ]
        return [row]
      }),
    )
  })
  return {
    columns: [
      column('parameter', 'Score', 'head'),
      column('visit', 'Visit', 'head'),
      ...armColumns(view),
      column('n', 'n'),
      column('mean_change', 'Mean change'),
      column('sd', 'SD'),
      column(['ci_lower', 'ci_upper'], '95% CI'),
      column('paired_t', 't', 'number', 'Paired t'),
      column('df', 'df', 'number', 'Paired t'),
      column('paired_t_p', 'p', 'number', 'Paired t'),
      column(['wilcoxon_p', 'wilcoxon_method'], 'Wilcoxon p'),
      column('d_z', 'd_z', 'number', 'Effect size'),
      column('hedges_g_paired', 'Hedges g', 'number', 'Effect size'),
      column('glass_delta', 'Glass Δ', 'number', 'Effect size'),
    ],
    rows,
  }
}
