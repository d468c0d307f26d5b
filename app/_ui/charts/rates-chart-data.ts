/** An estimate with its interval at each visit, by arm: a rate, or a mean change. */
export interface VisitEstimatesData {
  /** Ends of the scale, widened to hold every interval. */
  readonly min: number
  readonly max: number
  readonly formatTick: (value: number) => string
  readonly timeUnit: string
  /** In order of time. */
  readonly visits: readonly { readonly label: string; readonly time: number }[]
  /** Where nothing changed, drawn solid; null: none. */
  readonly zero: number | null
  /** Values that mean something, drawn dashed; at most four. */
  readonly rules: readonly number[]
  /** Names of the two lines of text under each arm's visits, e.g. `Mean` and `n`. */
  readonly rowNames: readonly string[]
  readonly arms: readonly EstimateArm[]
  readonly references: readonly EstimateReference[]
}

export interface EstimateArm {
  readonly code: string
  /** One for each visit. */
  readonly points: readonly {
    readonly estimate: number | null
    readonly lower: number | null
    readonly upper: number | null
    /** One for each line of text. */
    readonly texts: readonly string[]
  }[]
}

/** What a public trial reported, apart from the study's own. */
export interface EstimateReference {
  readonly label: string
  /** Which dash and marker it has. */
  readonly look: number
  readonly points: readonly {
    readonly time: number
    readonly estimate: number
    readonly lower: number | null
    readonly upper: number | null
  }[]
}
