import { type Flavour, formatCsvLine } from '@/lib/domain/exports/csv'
import type { ExportTable } from '@/lib/domain/exports/export-table'

/** Name of the file that describes the others. */
export const CODEBOOK_FILE = 'codebook.csv'

const HEADER = [
  'file',
  'variable',
  'label',
  'type',
  'unit',
  'range',
  'codes',
  'missing_codes',
  'derivation',
  'source',
] as const

/**
 * `codebook.csv`: a line for each column of each file, and for each parameter and item that a column names
 * (`parameter=ODI`, `item=ODI_01`). Codes are `code=meaning` joined by `|`. Returns the text and its number of rows.
 * Source: interfaces.md. Example: the first line is `file,variable,label,…`.
 */
export function formatCodebook(
  tables: readonly ExportTable[],
  flavour: Flavour,
): { readonly text: string; readonly rows: number } {
  const lines = tables.flatMap(table =>
    [...table.columns, ...(table.values ?? [])].map(column =>
      formatCsvLine(
        [
          table.file,
          column.variable,
          column.label,
          column.type,
          column.unit ?? null,
          column.range ?? null,
          column.codes ?? null,
          column.missingCodes ?? null,
          column.derivation ?? null,
          column.source ?? null,
        ],
        flavour,
      ),
    ),
  )
  return { text: formatCsvLine(HEADER, flavour) + lines.join(''), rows: lines.length }
}
