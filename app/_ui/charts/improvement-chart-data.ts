/** What a figure of percent improvement shows: one row a participant, one panel a parameter at a visit. */
export interface ImprovementChartData {
  readonly panels: readonly { readonly title: string; readonly n: number }[]
  /** One for each arm; without a label where there is one arm. */
  readonly groups: readonly ImprovementGroup[]
}

export interface ImprovementGroup {
  readonly label: string | null
  /** In the order in which they are drawn. */
  readonly rows: readonly ImprovementRow[]
}

export interface ImprovementRow {
  readonly subject: string
  readonly hasSecondDose: boolean
  /** One for each panel. */
  readonly cells: readonly ImprovementCell[]
}

/** Percent improvement, positive is better, or why there is none. */
export type ImprovementCell =
  | { readonly kind: 'value'; readonly value: number; readonly lowBaseline: boolean }
  | { readonly kind: 'none'; readonly reason: string }

/** Above this number of participants names and values are left to the table and each panel is ranked for itself. */
export const MOST_ROWS = 40

/** Bars stop here; the value is written. */
export const LOWEST_BAR = -100

export function countRows(data: ImprovementChartData): number {
  return data.groups.reduce((sum, group) => sum + group.rows.length, 0)
}

/** Class of a bar by the size of the improvement; the thresholds are those of the key. */
export function barClass(value: number): 'b50' | 'b30' | 'b0' | 'bneg' {
  if (value < 0) return 'bneg'
  if (value >= 50) return 'b50'
  return value >= 30 ? 'b30' : 'b0'
}
