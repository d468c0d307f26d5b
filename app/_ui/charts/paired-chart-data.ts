/** What one panel of a paired figure shows: one score of the same participants at baseline and at later visits. */
export interface PairedChartData {
  /** Ends of the axis of numbers, in `unit`. */
  readonly min: number
  readonly max: number
  readonly unit: string
  /** Heading of the place beyond the axis, e.g. `Unlimited`; null: the score has none. */
  readonly beyond: string | null
  readonly visits: readonly string[]
  /** One for each arm; without a label where there is one arm. */
  readonly groups: readonly PairedGroup[]
}

export interface PairedGroup {
  readonly label: string | null
  /** In the order in which they are drawn. */
  readonly rows: readonly PairedRow[]
  /** Everyone with a value at baseline and at a visit, one for each visit. */
  readonly summaries: readonly PairedSummary[]
}

export interface PairedRow {
  /** Null where participants may not be named. */
  readonly subject: string | null
  readonly hasSecondDose: boolean
  /** The row in words. */
  readonly label: string
  /** One for each visit. */
  readonly cells: readonly PairedCell[]
}

export type PairedCell =
  | {
      readonly kind: 'pair'
      readonly baseline: PairedEnd
      readonly visit: PairedEnd
      readonly course: PairedCourse
    }
  | { readonly kind: 'none'; readonly reason: string }

/** A number, or the place beyond every number. */
export type PairedEnd = number | 'beyond'

export type PairedCourse = 'better' | 'unchanged' | 'worse'

export interface PairedSummary {
  /** How many are better, unchanged and worse, e.g. `n = 9: longer 6, unchanged 1, shorter 2`. */
  readonly text: string
  readonly baseline: PairedQuartileEnds | null
  readonly visit: PairedQuartileEnds | null
}

export interface PairedQuartileEnds {
  readonly q1: PairedEnd
  readonly median: PairedEnd
  readonly q3: PairedEnd
}

/** Above this number of participants each is a thin line without a name. */
export const MOST_PAIRED_NAMES = 40

/** Above this number of participants quartiles alone are drawn. */
export const MOST_PAIRED_LINES = 200

export function countPairedRows({ groups }: PairedChartData): number {
  return groups.reduce((sum, group) => sum + group.rows.length, 0)
}
