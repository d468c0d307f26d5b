/** Rows by columns of counts, shaded by how much is missing. */
export interface HeatMapChartData {
  readonly columns: readonly HeatMapColumn[]
  readonly rows: readonly HeatMapRow[]
}

export interface HeatMapColumn {
  readonly label: string
  /** Where the label has no room. */
  readonly code: string
}

export interface HeatMapRow {
  readonly label: string
  /** One for each column. */
  readonly cells: readonly HeatMapCell[]
}

/** `count`: k of n, and of those still followed. `text`: nothing to count yet. `none`: not asked. */
export type HeatMapCell =
  | { readonly kind: 'count'; readonly k: number; readonly n: number; readonly inFollowUp: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'none' }

/** Shares missing, in percent, up to which each shade reaches; darker is more. */
export const HEAT_LIMITS = [0, 5, 10, 20, 100] as const

/** Shade of a cell, 1 to 5. Example: 8 of 9 (11% missing) → 4. */
export function deriveHeat(k: number, n: number): number {
  const missing = n === 0 ? 0 : (100 * (n - k)) / n
  const index = HEAT_LIMITS.findIndex(limit => missing <= limit)
  return index < 0 ? HEAT_LIMITS.length : index + 1
}
