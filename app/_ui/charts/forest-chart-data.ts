/** Estimates with their intervals, one in a line: a study's own beside published ones. */
export interface ForestChartData {
  readonly formatTick: (value: number) => string
  /** Ends that the scale reaches at least; wider where an interval is. */
  readonly min: number
  readonly max: number
  /** No difference; null: none. */
  readonly zero: number | null
  /** What lies to the left and to the right of it; '' where nothing is said. */
  readonly sides: readonly [left: string, right: string]
  readonly groups: readonly { readonly title: string; readonly rows: readonly ForestRow[] }[]
}

export interface ForestRow {
  readonly label: string
  /** Estimate, interval and n in words. */
  readonly text: string
  readonly estimate: number | null
  readonly lower: number | null
  readonly upper: number | null
  /** Own arms are filled and coloured, published ones hollow and grey; counted from 0 in either. */
  readonly look: { readonly kind: 'own' | 'reference'; readonly index: number }
}
