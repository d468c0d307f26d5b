import { isMeasured, isUnlimited, rankDifference } from '@/lib/domain/instruments/unlimited'
import type { ParameterGrid, VisitColumn } from '@/lib/domain/outcomes/cohort-grid'
import { leafOf, nullLeaf, presentLeaf, type SummaryReason } from '@/lib/domain/outcomes/leaf'
import type { ChangeSummary } from '@/lib/domain/outcomes/summary-types'
import { describe as computeDescription } from '@/lib/domain/statistics/describe'
import { type BaselineAndChange, computeGlassDelta } from '@/lib/domain/statistics/glass-delta'
import { computePairedEffectSize } from '@/lib/domain/statistics/paired-effect-size'
import { computePairedT } from '@/lib/domain/statistics/paired-t'
import { computeSignedRank } from '@/lib/domain/statistics/signed-rank'

/**
 * Baseline and change of each member with both values: visit − baseline, in the parameter's unit, whatever the direction
 * of the scale; early values included. Who lacks either value is left out. A change to or from *unlimited* is
 * a rank beyond every number (`rankDifference`): see `hasUnlimited`.
 * Source: clinical.md §3 (change), §4 convention 2. Example: 6 → 3 gives baseline 6, change −3.
 */
export function derivePairs(
  grid: ParameterGrid,
  column: VisitColumn,
  armMembers: readonly number[],
): BaselineAndChange[] {
  const pairs: BaselineAndChange[] = []
  for (const position of armMembers) {
    const value = column.scores[position]?.value ?? null
    const baseline = grid.baselines[position] ?? null
    if (value === null || baseline === null) continue
    pairs.push({ baseline, change: rankDifference(grid.parameter, value, baseline) })
  }
  return pairs
}

/**
 * Whether any of these members has an unlimited duration at the visit or at baseline, with both values there: their
 * changes can be ranked and not averaged. Example: walking 60 minutes → unlimited → true.
 */
export function hasUnlimited(
  grid: ParameterGrid,
  column: VisitColumn,
  armMembers: readonly number[],
): boolean {
  return armMembers.some(position => {
    const value = column.scores[position]?.value ?? null
    const baseline = grid.baselines[position] ?? null
    if (value === null || baseline === null) return false
    return isUnlimited(grid.parameter, value) || isUnlimited(grid.parameter, baseline)
  })
}

/**
 * Why a parameter has no change at all, or null when it has. Ordered categories are counted, not subtracted; what
 * is not measured at baseline (an impression of change) has nothing to be compared with.
 * Example: PGIC → `notContinuous`.
 */
export function whyNoChange(grid: ParameterGrid): SummaryReason | null {
  if (!isMeasured(grid.parameter)) return 'notContinuous'
  return grid.measuredAtBaseline ? null : 'notMeasuredAtBaseline'
}

/**
 * Describes and tests the changes of one arm at one visit; `absent` sets every leaf to null with that reason
 * (of what is not measured at baseline nobody has both values: the counts are 0). `unlimited`: of changes among which
 * some are ranks only (`hasUnlimited`), the count and the signed-rank test alone are computed.
 * Undefined leaves carry their reason, as the statistics give it.
 * Source: clinical.md §4, conventions 2, 5, 6, 7. Checked against R through the statistics, and as a whole in
 * summary-three-arms.test.ts.
 * Example: changes −3 −5 0 −4 −5 0 −2 −1 −1 → mean −2.333, t −3.5, signed-rank p .015625.
 */
export function computeChangeSummary(
  pairs: readonly BaselineAndChange[],
  absent: SummaryReason | null,
  unlimited = false,
): ChangeSummary {
  if (absent !== null) return absentChange(absent)
  const changes = pairs.map(({ change }) => change)
  if (unlimited) {
    const { pTwoSided, method, nNonZero } = computeSignedRank(changes)
    const { nReason: _, ...absentMeans } = absentChange('unlimited')
    return {
      ...absentMeans,
      ...presentLeaf('n', changes.length),
      wilcoxonSignedRank: {
        ...leafOf('pTwoSided', pTwoSided),
        ...leafOf('method', method),
        ...presentLeaf('nNonZero', nNonZero),
      },
    }
  }
  const description = computeDescription(changes)
  const pairedT = computePairedT(changes)
  const signedRank = computeSignedRank(changes)
  const effect = computePairedEffectSize(changes)
  return {
    ...presentLeaf('n', description.n),
    ...leafOf('mean', description.mean),
    ...leafOf('sdSample', description.sdSample),
    ...leafOf('ciLower', description.ciLower),
    ...leafOf('ciUpper', description.ciUpper),
    pairedT: {
      ...leafOf('t', pairedT.t),
      ...leafOf('df', pairedT.df),
      ...leafOf('pTwoSided', pairedT.pTwoSided),
    },
    wilcoxonSignedRank: {
      ...leafOf('pTwoSided', signedRank.pTwoSided),
      ...leafOf('method', signedRank.method),
      ...presentLeaf('nNonZero', signedRank.nNonZero),
    },
    ...leafOf('dz', effect.dz),
    ...leafOf('hedgesGPaired', effect.hedgesGPaired),
    ...leafOf('glassDelta', computeGlassDelta(pairs)),
  }
}

function absentChange(reason: SummaryReason): ChangeSummary {
  const none = <Name extends string>(name: Name) => nullLeaf(name, reason)
  const count = <Name extends string>(name: Name) =>
    reason === 'notMeasuredAtBaseline' ? presentLeaf(name, 0) : none(name)
  return {
    ...count('n'),
    ...none('mean'),
    ...none('sdSample'),
    ...none('ciLower'),
    ...none('ciUpper'),
    pairedT: { ...none('t'), ...none('df'), ...none('pTwoSided') },
    wilcoxonSignedRank: { ...none('pTwoSided'), ...none('method'), ...count('nNonZero') },
    ...none('dz'),
    ...none('hedgesGPaired'),
    ...none('glassDelta'),
  }
}
