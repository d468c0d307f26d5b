/**
 * The result document of a study, as `longitude summary --json` prints it and the cohort page shows it.
 * Names and shape are fixed by interfaces.md; programs of statisticians rely on them. Added to it: `analysisSet`,
 * `label` and `inSet` of an arm, `windowUnknown` of a visit, `label` of a category, `levelChange`,
 * `pairs` and `bands` of a visit, `arm` and `baseline` of an individual, `notBetter`.
 */
import type { AnalysisSetName } from '@/lib/domain/outcomes/analysis-set'
import type { ImputationMethod } from '@/lib/domain/outcomes/imputation'
import type { IntervalLeaf, Leaf } from '@/lib/domain/outcomes/leaf'
import type { LevelChange } from '@/lib/domain/outcomes/level-change'
import type { ResponseDistribution } from '@/lib/domain/outcomes/response-distribution-types'
import type { TimeToEventResult } from '@/lib/domain/outcomes/time-to-event-types'
import type { ViewInForce } from '@/lib/domain/outcomes/view-in-force'
import type { WorseCount } from '@/lib/domain/outcomes/worse'
import type { Reference } from '@/lib/domain/references/list-references'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { RankMethod } from '@/lib/domain/statistics/ranks'

export interface Summary {
  readonly study: string
  /** Records dated up to and on this day count. */
  readonly dataCut: CalendarDate
  /** Audit entry at which the values were read; null: the present. */
  readonly asOf: number
  /** Number of the protocol version in force. */
  readonly version: string
  readonly softwareVersion: string
  readonly synthetic: boolean
  readonly analysisSet: AnalysisSetName
  /** Who and what counts, and how many the view leaves out. */
  readonly view: ViewInForce
  readonly parameters: readonly ParameterSummary[]
  /** Null where the view counts time from day zero, and where arms are letters, since doses would tell which is which. */
  readonly sinceLastDose: SinceLastDose | null
  readonly sinceLastDoseReason?: 'masked'
  readonly responseDistribution: readonly ResponseDistribution[]
  readonly timeToEvent: readonly TimeToEventResult[]
  /** What public trials reported that can stand beside these results; no number above depends on it. */
  readonly references: readonly Reference[]
}

export interface ParameterSummary {
  readonly parameter: string
  readonly unit: string
  readonly higherIs: 'worse' | 'better' | 'neither'
  readonly arms: readonly ArmSummary[]
  /** Absent where arms are masked: see `namesParticipants`. */
  readonly individuals?: readonly IndividualImprovement[]
  /** Of the individuals, by arm and visit; absent where they are. */
  readonly notBetter?: readonly NotBetter[]
  readonly contrasts: readonly Contrast[]
}

export interface ArmSummary {
  readonly arm: string
  readonly label: string
  /** Participants of the arm in the analysis set. */
  readonly inSet: number
  readonly visits: readonly VisitSummary[]
}

export type VisitSummary = Completeness &
  Descriptives & {
    readonly visit: string
    /** Values filled in by the view's method: means, quantiles, change and counts are over n + nImputed values. */
    readonly nImputed: number
    /** Absent at and before the last baseline visit. */
    readonly change?: ChangeSummary
    readonly responders: readonly ResponderRate[]
    readonly worse: WorseCount
    /** Of ordered levels and durations alone. */
    readonly levelChange?: LevelChange
    /** Of durations alone, after the last baseline visit. */
    readonly pairs?: PairedQuartiles
    /** Participants in each named range of the score; absent where it has none. */
    readonly bands?: readonly CategoryCount[]
    readonly categories: readonly CategoryCount[]
  }

/**
 * expected = (n − nEarly) + Σ missing. `received` and `inWindow` are of all that came; what the view leaves out of n is
 * missing for the view's reason (`outsideWindow`, `windowUnknown`, `afterEvent`, `eventUndated`). Nothing filled in is
 * in any of these.
 */
export type Completeness = Leaf<'inWindow'> & {
  readonly expected: number
  readonly received: number
  /** Received values whose window or date is not known; they are not in `inWindow`. */
  readonly windowUnknown: number
  readonly expectedInFollowUp: number
  readonly n: number
  readonly nEarly: number
  readonly missing: Readonly<Record<string, number>>
}

export type Descriptives = Leaf<'mean'> &
  Leaf<'sdSample'> &
  Leaf<'ciLower'> &
  Leaf<'ciUpper'> &
  Leaf<'median'> &
  Leaf<'q1'> &
  Leaf<'q3'> &
  IntervalLeaf<'medianCi'> &
  IntervalLeaf<'q1Ci'> &
  IntervalLeaf<'q3Ci'> &
  Leaf<'q10'> &
  Leaf<'q90'>

export type ChangeSummary = Leaf<'n'> &
  Leaf<'mean'> &
  Leaf<'sdSample'> &
  Leaf<'ciLower'> &
  Leaf<'ciUpper'> & {
    readonly pairedT: Leaf<'t'> & Leaf<'df'> & Leaf<'pTwoSided'>
    readonly wilcoxonSignedRank: Leaf<'pTwoSided'> & Leaf<'method', RankMethod> & Leaf<'nNonZero'>
  } & Leaf<'dz'> &
  Leaf<'hedgesGPaired'> &
  Leaf<'glassDelta'>

/**
 * How absent values enter a responder rate: as non-responders of all expected, not at all, or filled in by the view's
 * method, of all expected.
 */
export type ResponderMethod = 'nonResponderImputation' | 'observedCases' | ImputationMethod

export type ResponderRate = {
  readonly code: string
  readonly method: ResponderMethod
  /** False: shown, but never called a responder rate. */
  readonly isResponder: boolean
} & Leaf<'k'> &
  Leaf<'n'> &
  Leaf<'proportion'> &
  IntervalLeaf<'wilson'> &
  IntervalLeaf<'clopperPearson'> &
  Leaf<'undefinedBaselineZero'>

export interface CategoryCount {
  readonly level: number
  readonly label: string
  readonly k: number
  readonly n: number
}

export type IndividualImprovement = {
  readonly subject: string
  readonly arm: string | null
  readonly visit: string
  /** The value was filled in by the view's method. */
  readonly imputed?: true
} & Leaf<'baseline'> &
  Leaf<'percentImprovement'> &
  Leaf<'afterSecondDose', boolean>

/** Improvement of 0 or less: k of the n whose improvement in percent is defined. */
export interface NotBetter {
  readonly arm: string
  readonly visit: string
  readonly k: number
  readonly n: number
}

/** Change from baseline of two arms, the first minus the second. */
export type Contrast = {
  readonly visit: string
  readonly arms: readonly [first: string, second: string]
} & Leaf<'differenceInMeans'> &
  IntervalLeaf<'ci'> & {
    readonly welch: Leaf<'t'> & Leaf<'df'> & Leaf<'pTwoSided'>
    /** Of change on arm and baseline (and strata of the allocation, where any are recorded), as R's `lm`. */
    readonly ancova: Leaf<'difference'> & IntervalLeaf<'ci'> & Leaf<'t'> & Leaf<'df'> & Leaf<'pTwoSided'>
  } & Leaf<'hedgesG'> & {
    readonly wilcoxonRankSum: Leaf<'pTwoSided'> & Leaf<'method', RankMethod>
    readonly responders: readonly ResponderContrast[]
  }

export type ResponderContrast = {
  readonly code: string
  readonly method: ResponderMethod
} & Leaf<'riskDifference'> &
  IntervalLeaf<'newcombe'> & { readonly fisherExact: Leaf<'pTwoSided'> }

/** Median and quartiles; null where there are no values or it is unlimited, with the reason. */
export type Quartiles = Pick<Descriptives, 'median' | 'medianReason' | 'q1' | 'q1Reason' | 'q3' | 'q3Reason'>

/** Quartiles of the same participants at baseline and at a visit. */
export interface PairedQuartiles {
  /** Participants with both values. */
  readonly n: number
  readonly baseline: Quartiles
  readonly visit: Quartiles
}

/** Change by the time since the last dose before each value, of each parameter. */
export interface SinceLastDose {
  readonly parameters: readonly { readonly parameter: string; readonly arms: readonly ArmSinceLastDose[] }[]
}

export interface ArmSinceLastDose {
  readonly arm: string
  readonly label: string
  /** Members without a dose of a known date: they have no such time. */
  readonly noDatedDose: number
  /** Measured values after baseline without a date, or of members of whom a dose has none: not placed. */
  readonly undated: number
  readonly points: readonly DosePoint[]
}

/** One nominal time since the last dose. */
export interface DosePoint {
  /** The visit whose target names the time. */
  readonly visit: string
  /** Nominal days since the dose: the visit's target. */
  readonly days: number
  /** Participants with a value here. */
  readonly n: number
  /** Of these, whose last dose was not their first. */
  readonly nAfterLaterDose: number
  /** Further values of the same participants that fell on this time and gave way. */
  readonly nFurther: number
  /** Visit − baseline of the study. */
  readonly fromBaseline: ChangeEstimate
  /** Visit − the last value before that dose. */
  readonly fromBeforeDose: ChangeEstimate
}

export type ChangeEstimate = Leaf<'n'> & Leaf<'mean'> & Leaf<'sdSample'> & Leaf<'ciLower'> & Leaf<'ciUpper'>
