import type { CategoryLook } from './stacked-chart-data'

/** One participant's course on one time axis, in days since day zero. */
export interface StoryChartData {
  readonly from: number
  readonly to: number
  /** Days with a rule through the whole figure: the doses. */
  readonly rules: readonly number[]
  readonly rows: readonly StoryRow[]
  readonly panels: readonly StoryPanel[]
}

/** Things that happened or lasted, under one name, in as many lines as they need. */
export interface StoryRow {
  readonly label: string
  readonly items: readonly StoryItem[]
}

export interface StoryItem {
  readonly from: number
  readonly to: number
  /** Written above the mark; '' writes nothing. */
  readonly text: string
  readonly mark: 'tick' | 'dose' | 'square' | 'bar'
  /** Of bars; default: an outline. */
  readonly look?: CategoryLook
  /** Goes on, or its end is not known: the bar ends in an arrow. */
  readonly isOpen: boolean
}

/** Values over time: a line with its numbers, or steps of ordered categories with their names. */
export interface StoryPanel {
  readonly label: string
  /** Under the label: the scale. */
  readonly scale: string
  readonly kind: 'line' | 'steps'
  readonly min: number
  readonly max: number
  readonly points: readonly { readonly day: number; readonly value: number; readonly text: string }[]
}

/** Days of a mean month on the axis. */
export const DAYS_PER_MONTH = 30.4375
