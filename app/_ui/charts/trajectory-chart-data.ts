/** What one panel of trajectories shows: a parameter over its visits, by arm. */
export interface TrajectoryChartData {
  readonly label: string
  /** Full scale of the instrument. */
  readonly min: number
  readonly max: number
  /** Decimals in which means are written; default 1. */
  readonly decimals?: number
  /** Named ranges of the scale, e.g. the bands of the ODI. */
  readonly bands: readonly { readonly label: string; readonly from: number; readonly to: number }[]
  /** In order of time. `time` in the unit of the axis. */
  readonly visits: readonly { readonly code: string; readonly time: number; readonly label: string }[]
  readonly timeUnit: string
  readonly arms: readonly TrajectoryArm[]
  /** Times at which something was offered, drawn as a dashed rule. */
  readonly rules: readonly number[]
}

export interface TrajectoryArm {
  readonly code: string
  /** One for each visit. */
  readonly points: readonly TrajectoryPoint[]
  readonly lines: readonly {
    /** One for each visit; null is missing. */
    readonly values: readonly (number | null)[]
    /** Index of the last visit before the second dose. */
    readonly doseAfter: number | null
  }[]
}

export interface TrajectoryPoint {
  readonly n: number
  readonly mean: number | null
  readonly ciLower: number | null
  readonly ciUpper: number | null
}

/** More lines than this are a fog: above it only means and intervals are drawn. */
export const MOST_LINES = 200

/** Above this number of lines marks of doses would cover each other. */
export const MOST_DOSE_MARKS = 40

export function countLines(data: TrajectoryChartData): number {
  return data.arms.reduce((sum, arm) => sum + arm.lines.length, 0)
}

/** Whether an interval reaches beyond the scale that is drawn; it is then drawn to the scale's end. */
export function hasIntervalBeyondScale({ arms, min, max }: TrajectoryChartData): boolean {
  return arms.some(arm =>
    arm.points.some(
      ({ ciLower, ciUpper }) => (ciLower !== null && ciLower < min) || (ciUpper !== null && ciUpper > max),
    ),
  )
}
