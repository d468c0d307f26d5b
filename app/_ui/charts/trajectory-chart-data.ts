import { MOST_LINES } from '@/lib/domain/outcomes/trajectories'

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
  /** What public trials reported, drawn apart from the study's own; none given: none. */
  readonly references?: readonly TrajectoryReference[]
}

/** A published arm's means. Points beyond the time drawn are left out. */
export interface TrajectoryReference {
  /** Trial and arm, as written at the end of the line. */
  readonly label: string
  /** Which dash and marker it has. */
  readonly look: number
  /** In order of time. */
  readonly points: readonly { readonly time: number; readonly mean: number }[]
  /** The first point is not joined to the second: their times count from different days. */
  readonly isFirstApart: boolean
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
  /** Participants too many for lines, and between which values they lie; left out: every one has a line. */
  readonly crowd?: { readonly count: number; readonly lowest: number | null; readonly highest: number | null }
}

export interface TrajectoryPoint {
  readonly n: number
  readonly mean: number | null
  readonly ciLower: number | null
  readonly ciUpper: number | null
  /** Quantiles of the observed values, for the bands that stand for lines where there are too many. */
  readonly quantiles?: {
    readonly q10: number | null
    readonly q25: number | null
    readonly q75: number | null
    readonly q90: number | null
  }
}

/** Above this number of lines marks of doses would cover each other. */
export const MOST_DOSE_MARKS = 40

/** How many participants have a line, or would have one. */
export function countLines(data: TrajectoryChartData): number {
  return data.arms.reduce((sum, arm) => sum + arm.lines.length + (arm.crowd?.count ?? 0), 0)
}

/** The most participants that any visit shows, over all arms. */
function countParticipants({ visits, arms }: TrajectoryChartData): number {
  const at = (visit: number) => arms.reduce((sum, arm) => sum + (arm.points[visit]?.n ?? 0), 0)
  return Math.max(0, ...visits.map((_, visit) => at(visit)))
}

/** Whether quantile bands stand for the lines of the participants. */
export function hasQuantileBands(data: TrajectoryChartData): boolean {
  return (
    Math.max(countLines(data), countParticipants(data)) > MOST_LINES &&
    data.arms.some(arm =>
      arm.points.some(({ quantiles }) => quantiles !== undefined && quantiles.q25 !== null),
    )
  )
}

/** Whether an interval reaches beyond the scale that is drawn; it is then drawn to the scale's end. */
export function hasIntervalBeyondScale({ arms, min, max }: TrajectoryChartData): boolean {
  return arms.some(arm =>
    arm.points.some(
      ({ ciLower, ciUpper }) => (ciLower !== null && ciLower < min) || (ciUpper !== null && ciUpper > max),
    ),
  )
}
