/** What one panel of a strip figure shows: the values of one score at a few visits, by arm. */
export interface StripChartData {
  /** Ends of the axis; values beyond widen it. */
  readonly min: number
  readonly max: number
  /** Decimals in which means and medians are written; default 1. */
  readonly decimals?: number
  /** Named ranges of the scale, lowest first. */
  readonly bands: readonly { readonly label: string; readonly from: number; readonly to: number }[]
  readonly visits: readonly string[]
  /** Without a code where there is one arm. */
  readonly arms: readonly StripArm[]
}

export interface StripArm {
  readonly code: string | null
  /** One for each visit. */
  readonly points: readonly StripPoint[]
}

export interface StripPoint {
  readonly n: number
  readonly values: readonly StripValue[]
  readonly mean: number | null
  readonly ciLower: number | null
  readonly ciUpper: number | null
  readonly median: number | null
  readonly q1: number | null
  readonly q3: number | null
}

export interface StripValue {
  readonly value: number
  /** Null where participants may not be named. */
  readonly subject: string | null
  /** The value in words, e.g. `MEL-003, 6 months: 34`. */
  readonly label: string
}

/** Above this number of participants at a visit marks of single ones are a fog: quartiles and means alone are drawn. */
export const MOST_STRIP_MARKS = 200

/** Above this number of participants at a visit their marks do not link: too many stops for a keyboard. */
export const MOST_STRIP_LINKS = 40

/** The most participants that any visit shows. */
export function countStripMarks({ visits, arms }: StripChartData): number {
  return Math.max(
    0,
    ...visits.map((_, visit) => arms.reduce((sum, arm) => sum + (arm.points[visit]?.n ?? 0), 0)),
  )
}
