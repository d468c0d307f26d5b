import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** The report of a cohort as it goes to a committee: text, drawings and tables in their order. */
export interface PdfReport {
  readonly title: string
  readonly subtitle: string
  /** What has to be known before any number: set, n, data cut, and the warnings of the page. */
  readonly facts: readonly { readonly name: string; readonly value: string }[]
  readonly warnings: readonly string[]
  readonly sections: readonly {
    readonly title: string
    readonly figures: readonly PdfFigure[]
  }[]
  readonly methods: readonly string[]
  /** Stands at the foot of every page: data cut, entry and head of the audit, software. */
  readonly foot: string
  readonly synthetic: boolean
  readonly dataCut: CalendarDate
}

export interface PdfFigure {
  readonly heading: string
  readonly n: string
  /** Drawings under each other, as SVG. */
  readonly drawings: readonly string[]
  readonly table: {
    readonly head: readonly string[]
    readonly rows: readonly (readonly string[])[]
    /** Which columns hold numbers. */
    readonly numbers: readonly boolean[]
  } | null
  readonly note: string
}
