import { isMeasured } from '@/lib/domain/instruments/unlimited'
import type { Contrast, ResponderMethod } from '@/lib/domain/outcomes/summary-types'
import { formatDecimal, formatMean } from '@/lib/format/numbers'
import { RANK_METHODS } from './change-table'
import { type CohortView, isReached, listParameters, nameVisit } from './cohort-view'
import {
  boundsCell,
  column,
  numberCell,
  percentBoundsCell,
  pValueCell,
  type ReportTable,
  textCell,
} from './report-table'

/** What became of missing values in a rate. */
const MISSING: Record<ResponderMethod, string> = {
  observedCases: 'observed cases',
  nonResponderImputation: 'counted as not met',
  locf: 'last value carried forward',
  bocf: 'baseline carried forward',
  worstCase: 'worst case',
}

/** Change from baseline, each pair of arms, the first minus the second. */
export function deriveContrastTable(view: CohortView): ReportTable {
  return {
    columns: [
      column('parameter', 'Score', 'head'),
      column('visit', 'Visit', 'head'),
      column(['first_arm', 'second_arm'], 'Arms', 'text'),
      column('difference_in_means', 'Difference'),
      column(['ci_lower', 'ci_upper'], '95% CI'),
      column('welch_t', 't', 'number', 'Welch'),
      column('welch_df', 'df', 'number', 'Welch'),
      column('welch_p', 'p', 'number', 'Welch'),
      column('ancova_difference', 'Difference', 'number', 'Adjusted for baseline'),
      column(['ancova_ci_lower', 'ancova_ci_upper'], '95% CI', 'number', 'Adjusted for baseline'),
      column('ancova_p', 'p', 'number', 'Adjusted for baseline'),
      column(['rank_sum_p', 'rank_sum_method'], 'Rank-sum p'),
      column('hedges_g', 'Hedges g'),
    ],
    rows: listParameters(view).flatMap(({ summary, reported }) =>
      summary.contrasts
        .filter(
          contrast =>
            isMeasured(reported.parameter) &&
            isReached(view, summary.parameter, contrast.visit) &&
            contrast.differenceInMeansReason !== 'notMeasuredAtBaseline',
        )
        .map(contrast => [
          textCell(reported.parameter.label, summary.parameter),
          textCell(nameVisit(view, contrast.visit), contrast.visit),
          pairCell(contrast),
          numberCell(contrast.differenceInMeans, contrast.differenceInMeansReason, value =>
            formatMean(value, reported.parameter.decimals),
          ),
          boundsCell(contrast.ci, contrast.ciReason, reported.parameter.decimals),
          numberCell(contrast.welch.t, contrast.welch.tReason, value => formatDecimal(value, 2)),
          numberCell(contrast.welch.df, contrast.welch.dfReason, value => formatDecimal(value, 1)),
          pValueCell(contrast.welch.pTwoSided, contrast.welch.pTwoSidedReason, null),
          numberCell(contrast.ancova.difference, contrast.ancova.differenceReason, value =>
            formatMean(value, reported.parameter.decimals),
          ),
          boundsCell(contrast.ancova.ci, contrast.ancova.ciReason, reported.parameter.decimals),
          pValueCell(contrast.ancova.pTwoSided, contrast.ancova.pTwoSidedReason, null),
          pValueCell(
            contrast.wilcoxonRankSum.pTwoSided,
            contrast.wilcoxonRankSum.pTwoSidedReason,
            contrast.wilcoxonRankSum.method && RANK_METHODS[contrast.wilcoxonRankSum.method],
          ),
          numberCell(contrast.hedgesG, contrast.hedgesGReason, value => formatDecimal(value, 2)),
        ]),
    ),
  }
}

/** Responder rates, each pair of arms, the first minus the second, in percentage points. */
export function deriveResponderContrastTable(view: CohortView): ReportTable {
  const rules = new Map(view.protocol.responders.map(rule => [rule.code, rule.label]))
  return {
    columns: [
      column('rule', 'Rule', 'head'),
      column('visit', 'Visit', 'head'),
      column(['first_arm', 'second_arm'], 'Arms', 'text'),
      column('method', 'Missing', 'text'),
      column('risk_difference', 'Difference, points'),
      column(['newcombe_lower', 'newcombe_upper'], 'Newcombe 95% CI'),
      column('fisher_p', 'Fisher exact p'),
    ],
    rows: listParameters(view).flatMap(({ summary }) =>
      summary.contrasts.flatMap(contrast =>
        (isReached(view, summary.parameter, contrast.visit) ? contrast.responders : []).map(rate => [
          textCell(rules.get(rate.code) ?? rate.code, rate.code),
          textCell(nameVisit(view, contrast.visit), contrast.visit),
          pairCell(contrast),
          textCell(MISSING[rate.method], rate.method),
          numberCell(rate.riskDifference, rate.riskDifferenceReason, value => formatDecimal(value * 100, 0)),
          percentBoundsCell(rate.newcombe, rate.newcombeReason),
          pValueCell(rate.fisherExact.pTwoSided, rate.fisherExact.pTwoSidedReason, null),
        ]),
      ),
    ),
  }
}

function pairCell({ arms }: Contrast) {
  return { text: `${arms[0]} − ${arms[1]}`, values: arms }
}
