import type { Drawing, Mark } from '@/app/_ui/charts/drawing'
import type { ExplainTarget } from './explain-target'
import type { ReportTable } from './report-table'

/** Parts of the page, in the order in which they stand there. */
export const REPORT_SECTIONS = ['brief', 'outcome', 'participants', 'safety', 'conduct'] as const
export type ReportSection = (typeof REPORT_SECTIONS)[number]

export const SECTION_TITLES: Readonly<Record<ReportSection, string>> = {
  brief: 'In brief',
  outcome: 'Outcome',
  participants: 'Participants',
  safety: 'Safety',
  conduct: 'Conduct of the study',
}

/**
 * A figure or table of the report as data: the page, its files and the report for a committee are all made from it. One
 * without panels is a table. Numbered in the order of the page; neither title nor caption carries the number.
 */
export interface ReportFigure {
  /** Names its files and its place on the page; letters, digits, `-` and `_`. Unique in the report. */
  readonly name: string
  readonly section: ReportSection
  readonly title: string
  /** Whose numbers: count and set, e.g. `n = 9 treated`. */
  readonly n: string
  readonly panels: readonly FigurePanel[]
  readonly key: readonly KeyEntry[]
  /** Sentences: method, missing-data rule, what marks mean. Source and data cut are added to them. */
  readonly note: readonly string[]
  /** Ready for a manuscript: what, n, what error bars are, method, missing-data rule, abbreviations. */
  readonly caption: string
  /** Every number of the figure, in full precision. */
  readonly table: ReportTable
  /** What `Explain` opens with; null: nothing stands behind it that could be listed, so there is no link. */
  readonly explain: ExplainTarget | null
}

/** `half` panels stand two in a line where there is room, a `full` one has the line. */
export type PanelSize = 'half' | 'full'

/** Widths, in pixels, at which panels are drawn: each has a layout of its own, so that text is never under 11 px. */
export const PANEL_WIDTHS = {
  half: { narrow: 320, wide: 460 },
  full: { narrow: 320, medium: 520, wide: 1000 },
} as const satisfies Record<PanelSize, Record<string, number>>

export interface FigurePanel {
  /** Unique in its figure. */
  readonly name: string
  /** Stands over the drawing. */
  readonly title: string
  /** The drawing in words, for those who do not see it. */
  readonly description: string
  readonly size: PanelSize
  /** Lays it out for one of the widths of its size. */
  readonly draw: (width: number) => Drawing
}

/** An entry of the legend: a sample in a box of 28 by 12, and what it means. */
export interface KeyEntry {
  readonly marks: readonly Mark[]
  readonly text: string
}
