/** One lane for each participant, in the order in which they are drawn. */
export interface SwimmerChartData {
  readonly timeUnit: string
  /** Days in one unit of the axis. */
  readonly daysPerUnit: number
  readonly lanes: readonly SwimmerChartLane[]
}

export interface SwimmerChartLane {
  /** Null where participants may not be named. */
  readonly subject: string | null
  /** The participant's own page may be opened. */
  readonly hasPage: boolean
  /** The lane in words, read out in place of the marks. */
  readonly label: string
  /** Look of the arm; null: not told. */
  readonly arm: number | null
  /** All in days from day zero. */
  readonly from: number
  readonly to: number
  /** Word at the end of the lane; '' for none. */
  readonly end: string
  /** Follow-up goes on. */
  readonly isOngoing: boolean
  readonly visits: readonly { readonly day: number; readonly isMissed: boolean }[]
  readonly doses: readonly number[]
  readonly events: readonly { readonly day: number; readonly isSerious: boolean }[]
  readonly rescues: readonly number[]
}

/** Above this number of lanes they are thin: no names, visits or events that are not serious. */
export const MOST_FULL_LANES = 60
