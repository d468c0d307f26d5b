import type { CellError } from '@/lib/domain/shared/errors'

/** A file as text: rows count from 1, the header being row 1. */
export interface SourceTable {
  readonly header: readonly string[]
  readonly rows: readonly SourceRow[]
}

export interface SourceRow {
  readonly row: number
  readonly cells: readonly string[]
}

/**
 * What is wrong with the shape of a file: a header that is empty, names a column twice or not at all, and rows with
 * more or fewer cells than it. Example: a row of 5 cells under 7 columns → *This row has 5 cells, but the header has 7*.
 */
export function checkShape({ header, rows }: SourceTable): CellError[] {
  const errors: CellError[] = []
  const seen = new Map<string, number>()
  for (const [index, name] of header.entries()) {
    const earlier = seen.get(name)
    if (name === '') {
      const text = `Column ${index + 1} has no name. Name it, or remove it.`
      errors.push({ row: 1, column: null, value: '', text })
    } else if (earlier !== undefined) {
      const text = `Column ${index + 1} is called ${name}, as column ${earlier + 1} is. Rename or remove one of them.`
      errors.push({ row: 1, column: name, value: name, text })
    } else seen.set(name, index)
  }
  for (const { row, cells } of rows) {
    if (cells.length === header.length) continue
    const text = `This row has ${cells.length} cells, but the header has ${header.length}. Look for a missing or unquoted comma.`
    errors.push({ row, column: null, value: '', text })
  }
  return errors
}
