import type { Leaf } from '@/lib/domain/outcomes/leaf'

/** Who was studied, by arm. Of every line each arm has the number with a value, and how many have none. */
export interface BaselineTable {
  /** In the order of the arms, then everybody together where there are several. */
  readonly groups: readonly { readonly arm: string; readonly label: string; readonly inSet: number }[]
  readonly lines: readonly ToldBaselineLine[]
}

/** A line as this reader may have it. */
export type ToldBaselineLine = Omit<BaselineLine, 'cells'> & {
  /** In the order of `groups`. */
  readonly cells: readonly ({ readonly arm: string } & ToldBaselineCell)[]
}

/** A cell whose counts are null where by arm they could tell somebody's arm (`smallGroup`). */
export type ToldBaselineCell = Omit<BaselineCell, 'n' | 'missing' | 'categories'> &
  Leaf<'n'> &
  Leaf<'missing'> & {
    readonly categories: readonly ({ readonly code: string; readonly label: string } & Leaf<'k'>)[]
  }

export interface BaselineLine {
  /** Unique in the table. */
  readonly code: string
  readonly label: string
  /** Empty for a count of participants. */
  readonly unit: string
  /** Heading under which it stands. */
  readonly heading: string
  /** `many`: a participant may be in several categories. */
  readonly kind: 'measured' | 'one' | 'many'
  /** In the order of `groups`. */
  readonly cells: readonly BaselineCell[]
}

/** n + missing = inSet. Quantiles and mean of a counted line are null (`notContinuous`). */
export type BaselineCell = {
  readonly n: number
  readonly missing: number
} & Leaf<'mean'> &
  Leaf<'sdSample'> &
  Leaf<'median'> &
  Leaf<'q1'> &
  Leaf<'q3'> &
  Leaf<'min'> &
  Leaf<'max'> & {
    readonly categories: readonly { readonly code: string; readonly label: string; readonly k: number }[]
  }
