/** Share of participants with an event over time, by arm. */
export interface StepChartData {
  readonly timeUnit: string
  /** In order of time, the first at 0. `time` in the unit of the axis. */
  readonly visits: readonly { readonly label: string; readonly time: number }[]
  readonly arms: readonly StepArm[]
}

export interface StepArm {
  readonly code: string
  /** Times at which the share changes or somebody is censored; shares 0 to 1. */
  readonly steps: readonly StepPoint[]
  /** Number at risk at each visit. */
  readonly atRisk: readonly number[]
}

export interface StepPoint {
  readonly time: number
  readonly share: number
  readonly lower: number | null
  readonly upper: number | null
  /** Somebody's observation ended here without the event. */
  readonly isCensored: boolean
}

/** More marks of censoring than this are a fog: above it none is drawn. */
export const MOST_CENSOR_MARKS = 200

export function countCensorMarks({ arms }: StepChartData): number {
  return arms.reduce((sum, arm) => sum + arm.steps.filter(step => step.isCensored).length, 0)
}
