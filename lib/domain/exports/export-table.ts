import { type Cell, type Flavour, formatCsvLine } from '@/lib/domain/exports/csv'
import type { ExportSubject } from '@/lib/domain/exports/export-subject'

/** One column of a file; what is said of it here is its line in the codebook. */
export interface ExportColumn {
  readonly variable: string
  readonly label: string
  readonly type: 'text' | 'code' | 'integer' | 'decimal' | 'date' | 'boolean'
  readonly unit?: string
  readonly range?: string
  readonly codes?: string
  readonly missingCodes?: string
  readonly derivation?: string
  readonly source?: string
}

/** One file of an export: its columns, and the rows that a participant has in it. */
export interface ExportTable {
  readonly file: string
  /** What the file holds, in a sentence. */
  readonly holds: string
  readonly columns: readonly ExportColumn[]
  /** What the values of a column that names variables stand for (`parameter`, `item`), for the codebook. */
  readonly values?: readonly ExportColumn[]
  rows(subject: ExportSubject): readonly (readonly Cell[])[]
}

/** The first line of a file, there even where no row follows. Example: `study,site,subject` and `\n`. */
export function formatHeader(table: Pick<ExportTable, 'columns'>, flavour: Flavour): string {
  return formatCsvLine(
    table.columns.map(column => column.variable),
    flavour,
  )
}

/** Rows as text. Example: `formatRows([['A', 1], ['B', 2]], 'analysis')` → `A,1` and `B,2`, a line each. */
export function formatRows(rows: readonly (readonly Cell[])[], flavour: Flavour): string {
  let text = ''
  for (const row of rows) text += formatCsvLine(row, flavour)
  return text
}
