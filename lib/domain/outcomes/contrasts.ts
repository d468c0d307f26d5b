import { derivePairs, hasUnlimited, whyNoChange } from '@/lib/domain/outcomes/change'
import type { ParameterGrid, VisitColumn } from '@/lib/domain/outcomes/cohort-grid'
import { leafOf, nullLeaf, type SummaryReason } from '@/lib/domain/outcomes/leaf'
import type { ReportedArm } from '@/lib/domain/outcomes/reported-arms'
import type { Contrast, ResponderContrast, ResponderRate } from '@/lib/domain/outcomes/summary-types'
import { type Ancova, type AncovaObservation, computeAncova } from '@/lib/domain/statistics/ancova'
import { computeFisherExact } from '@/lib/domain/statistics/fisher'
import type { BaselineAndChange } from '@/lib/domain/statistics/glass-delta'
import { computeHedgesG } from '@/lib/domain/statistics/hedges-g'
import { computeRankSum } from '@/lib/domain/statistics/rank-sum'
import { computeRiskDifference } from '@/lib/domain/statistics/risk-difference'
import { computeWelch } from '@/lib/domain/statistics/welch'

/**
 * Every pair of arms in protocol order at every visit after baseline, the first minus the second: change from
 * baseline (Welch, ANCOVA with baseline, Hedges g, rank sum) and each responder rate (risk difference, Newcombe, Fisher). Differences in
 * the parameter's unit. Undefined leaves carry their reason. With one arm: none.
 * Source: clinical.md §4, conventions 4 to 8. Checked against R in summary-three-arms.test.ts.
 * Example: arms A, B, C → A–B, A–C, B–C at each visit.
 *
 * @param ratesOf the responder rates already computed for an arm at a visit, in one order for all arms
 */
export function computeContrasts(
  grid: ParameterGrid,
  arms: readonly ReportedArm[],
  ratesOf: (arm: ReportedArm, visit: string) => readonly ResponderRate[],
): Contrast[] {
  const pairs = arms.flatMap((first, index) => arms.slice(index + 1).map(second => [first, second] as const))
  return grid.columns
    .filter(column => column.afterBaseline)
    .flatMap(column =>
      pairs.map(([first, second]) => ({
        visit: column.visit,
        arms: [first.code, second.code] as const,
        ...contrastChanges(grid, column, first, second),
        responders: contrastRates(ratesOf(first, column.visit), ratesOf(second, column.visit)),
      })),
    )
}

type ChangeContrast = Omit<Contrast, 'visit' | 'arms' | 'responders'>

function contrastChanges(
  grid: ParameterGrid,
  column: VisitColumn,
  first: ReportedArm,
  second: ReportedArm,
): ChangeContrast {
  const absent = whyNoChange(grid)
  if (absent !== null) return absentContrast(absent)
  const pairs = derivePairs(grid, column, first.members)
  const otherPairs = derivePairs(grid, column, second.members)
  const changes = pairs.map(({ change }) => change)
  const others = otherPairs.map(({ change }) => change)
  const rankSum = computeRankSum(changes, others)
  const wilcoxonRankSum = {
    ...leafOf('pTwoSided', rankSum.pTwoSided),
    ...leafOf('method', rankSum.method),
  }
  if ([first, second].some(arm => hasUnlimited(grid, column, arm.members))) {
    return { ...absentContrast('unlimited'), wilcoxonRankSum }
  }
  const welch = computeWelch(changes, others)
  return {
    ...leafOf('differenceInMeans', welch.differenceInMeans),
    ...leafOf('ci', welch.ci),
    welch: { ...leafOf('t', welch.t), ...leafOf('df', welch.df), ...leafOf('pTwoSided', welch.pTwoSided) },
    ancova: nameAncova(
      computeAncova([
        ...pairs.map(pair => placeInArm(pair, 1)),
        ...otherPairs.map(pair => placeInArm(pair, 0)),
      ]),
    ),
    ...leafOf('hedgesG', computeHedgesG(changes, others)),
    wilcoxonRankSum,
  }
}

function placeInArm({ baseline, change }: BaselineAndChange, arm: 0 | 1): AncovaObservation {
  return { arm, baseline, change }
}

function nameAncova({ difference, ci, t, df, pTwoSided }: Ancova): Contrast['ancova'] {
  return {
    ...leafOf('difference', difference),
    ...leafOf('ci', ci),
    ...leafOf('t', t),
    ...leafOf('df', df),
    ...leafOf('pTwoSided', pTwoSided),
  }
}

function absentContrast(reason: SummaryReason): ChangeContrast {
  const none = <Name extends string>(name: Name) => nullLeaf(name, reason)
  return {
    ...none('differenceInMeans'),
    ...none('ci'),
    welch: { ...none('t'), ...none('df'), ...none('pTwoSided') },
    ancova: { ...none('difference'), ...none('ci'), ...none('t'), ...none('df'), ...none('pTwoSided') },
    ...none('hedgesG'),
    wilcoxonRankSum: { ...none('pTwoSided'), ...none('method') },
  }
}

function contrastRates(
  rates: readonly ResponderRate[],
  others: readonly ResponderRate[],
): readonly ResponderContrast[] {
  return rates.map((rate, index) => {
    const other = others[index]
    const named = { code: rate.code, method: rate.method }
    if (rate.k === null || rate.n === null || !other || other.k === null || other.n === null) {
      const reason = rate.kReason ?? 'noValues'
      return {
        ...named,
        ...nullLeaf('riskDifference', reason),
        ...nullLeaf('newcombe', reason),
        fisherExact: nullLeaf('pTwoSided', reason),
      }
    }
    const difference = computeRiskDifference(rate.k, rate.n, other.k, other.n)
    return {
      ...named,
      ...leafOf('riskDifference', difference.riskDifference),
      ...leafOf('newcombe', difference.newcombe),
      fisherExact: leafOf('pTwoSided', computeFisherExact(rate.k, rate.n, other.k, other.n)),
    }
  })
}
