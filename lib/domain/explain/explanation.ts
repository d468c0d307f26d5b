/** What an explanation of one number says. Made by `explainResult`; the shape of `longitude explain --json`. */
import type { AnalysisSetName } from '@/lib/domain/outcomes/analysis-set'
import type { BaselineRefusal } from '@/lib/domain/outcomes/baseline'
import type { DueState, WindowState } from '@/lib/domain/outcomes/expected'
import type { ImputationMethod } from '@/lib/domain/outcomes/imputation'
import type { Leaf, SummaryReason } from '@/lib/domain/outcomes/leaf'
import type { EventState } from '@/lib/domain/outcomes/second-dose'
import type { ResponderMethod, VisitSummary } from '@/lib/domain/outcomes/summary-types'
import type { ResponderCondition, ResponderRule } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** One score at one visit: who is in its mean, its change and its rates, and why not. */
export interface Explanation {
  readonly parameter: string
  readonly unit: string
  readonly visit: string
  /** Only then are there changes and rates. */
  readonly afterBaseline: boolean
  /** Why the parameter has no change; null: it has. */
  readonly noChangeReason: SummaryReason | null
  readonly analysisSet: AnalysisSetName
  readonly rules: readonly ExplainedRule[]
  readonly arms: readonly ExplainedArm[]
  /** Everybody of the set who is in an arm, by arm, then subject. */
  readonly participants: readonly ExplainedParticipant[]
}

/** A rule evaluated at the visit; with a problem it has no rate. */
export interface ExplainedRule {
  readonly rule: ResponderRule
  readonly problem: SummaryReason | null
}

export interface ExplainedArm {
  readonly arm: string
  readonly label: string
  readonly inSet: number
  /** The numbers as the summary has them; rates of the rules explained alone. */
  readonly numbers: VisitSummary
  /** Who is in the mean and the change. */
  readonly groups: readonly ExplainedGroup[]
  readonly ruleGroups: readonly { readonly code: string; readonly groups: readonly ExplainedGroup[] }[]
}

/** `in`: in a mean, or met; `notMet`: in the denominator alone; `out`: in neither. */
export type Place = 'in' | 'notMet' | 'out'

/** How many stand alike, for one reason. */
export interface ExplainedGroup {
  readonly place: Place
  readonly reason: string
  readonly n: number
}

export interface ExplainedParticipant {
  /** Row number; never shown. */
  readonly participant: number
  readonly subject: string
  readonly arm: string
  readonly baseline: ExplainedBaseline
  readonly value: ExplainedValue
  /** Where the participant stands in the mean and the change. */
  readonly standing: { readonly place: Place; readonly reason: string }
  /** `n`: measured values; `mean`: those and what was filled in; `change`: with a baseline as well. */
  readonly countedIn: { readonly n: boolean; readonly mean: boolean; readonly change: boolean }
  /** Visit minus baseline, and positive when better. */
  readonly improvement: Leaf<'change'> & Leaf<'percentImprovement'>
  /** By rule, in the order of the explanation's; left out where the rule has a problem. */
  readonly outcomes: readonly ExplainedOutcome[]
}

export interface ExplainedBaseline {
  readonly value: number | null
  /** Rows of the visits that the protocol names, in its order. */
  readonly rows: readonly ExplainedBaselineRow[]
}

export interface ExplainedBaselineRow {
  readonly visit: string
  readonly date: CalendarDate | null
  /** As it was received. */
  readonly value: number | null
  readonly repeat: number
  readonly counts: boolean
  /**
   * Why it does not count: `superseded` by a later one, what `BaselineRefusal` names, left out by the view, or the reason
   * for which it is missing.
   */
  readonly reason: BaselineRefusal | 'superseded' | string | null
}

/** A score of one participant at one visit. */
export interface ExplainedValue {
  readonly visit: string
  /** The value that counts; null: none. */
  readonly value: number | null
  /** As it was received, whether or not the view lets it count. */
  readonly received: number | null
  readonly date: CalendarDate | null
  /** Of what was received; null: nothing was. */
  readonly window: WindowState | null
  readonly windowStart: CalendarDate | null
  readonly windowEnd: CalendarDate | null
  readonly due: DueState
  /** The method by which the value was filled in; null: it was measured, or there is none. */
  readonly filledIn: ImputationMethod | null
  /** Why a due visit has no measured value that counts; null otherwise. */
  readonly missingReason: string | null
}

/** How a participant fares by one rule. */
export interface ExplainedOutcome {
  readonly code: string
  readonly place: Place
  /**
   * `met`; `notMet`; `intervention`, `intercurrentEvent`: not met for that; not defined: `interventionUndated`,
   * `intercurrentEventUndated`, `noBaseline`, `baselineZero`, or the reason for which a value is missing; not counted:
   * `notYetDue`, `notScheduled`.
   */
  readonly reason: string
  /** Of measured values: whether every improvement asked for is defined. */
  readonly complete: boolean
  readonly baselineZero: boolean
  /** Each single condition at each of its visits. */
  readonly parts: readonly ExplainedPart[]
  /** Whether there was no rescue before; null: the rule does not ask. */
  readonly noIntervention: boolean | null
  /** Where the values lie against an intercurrent event; `before` where the view's strategy does not ask. */
  readonly event: EventState
  readonly rates: readonly ExplainedRate[]
}

/** Whether a participant is in the denominator of a rate, and in its count. */
export interface ExplainedRate {
  readonly method: ResponderMethod
  readonly inN: boolean
  readonly inK: boolean
}

export interface ExplainedPart {
  readonly condition: Extract<ResponderCondition, { parameter: string }>
  readonly baseline: number | null
  readonly value: ExplainedValue | null
  readonly met: boolean
  /** In points or percent, as the condition asks; null with the reason. */
  readonly improvement: Leaf<'asked'>
}
