/**
 * How a reader asks for a result: who counts, which values count, and what stands in for those that are missing. Part of
 * the address of the page and of `summary --json`; the same view of the same facts gives the same numbers.
 * Source: clinical.md §3 (intercurrent events, missing data, which record counts).
 */
export interface AnalysisView {
  /** Only participants of one group formed at or before baseline; null: all. */
  readonly subgroup: { readonly factor: string; readonly level: string } | null
  readonly strategy: EventStrategy
  readonly timeAxis: TimeAxis
  readonly missingData: MissingDataMethod
  /** Values outside their visit window, or of an unknown date, are left out and counted. */
  readonly inWindowOnly: boolean
}

/** What a second dose, a rescue or a crossover does to later values. */
export type EventStrategy = 'treatmentPolicy' | 'composite' | 'whileOnFirstDose'

export type TimeAxis = 'sinceDayZero' | 'sinceLastDose'

/**
 * `observed`: nothing imputed in means, responder rates by both methods. `nonResponder`: the same, rates of all expected
 * first. `locf`, `bocf`, `worstCase`: values of due visits are filled in before anything is computed.
 */
export type MissingDataMethod = 'observed' | 'nonResponder' | 'locf' | 'bocf' | 'worstCase'

/** The view when nothing is asked for: everybody, treatment policy, observed values. Source: clinical.md §3. */
export const DEFAULT_ANALYSIS_VIEW: AnalysisView = {
  subgroup: null,
  strategy: 'treatmentPolicy',
  timeAxis: 'sinceDayZero',
  missingData: 'observed',
  inWindowOnly: false,
}
