import { CsvError, parse } from 'csv-parse/sync'
import { checkShape, type SourceTable } from '@/lib/domain/imports/source-table'
import type { AppError, CellError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'

/** What an import may weigh, so that no file takes the memory of the server. */
export const IMPORT_LIMITS = {
  bytes: 32 * 1024 * 1024,
  rows: 200_000,
  columns: 2_000,
  cells: 4_000_000,
} as const

const MAX_ERRORS = 100

/** The first errors in order of row, and how many more there are. */
export function refuseFile(errors: readonly CellError[]): AppError {
  const cells = [...errors].sort((a, b) => a.row - b.row)
  return {
    code: 'fileRefused',
    cells: cells.slice(0, MAX_ERRORS),
    more: Math.max(0, cells.length - MAX_ERRORS),
  }
}

/**
 * Reads the bytes of a CSV file: UTF-8 with or without a byte-order mark, lines ended by LF, CRLF or CR, quoted as
 * RFC 4180. Refused before it is taken apart: too large, another encoding, NUL bytes, nothing in it.
 */
export function readTable(bytes: Uint8Array): Result<SourceTable, AppError> {
  const text = decode(bytes)
  if (!text.ok) return text
  const records = parseCsv(text.value)
  if (!records.ok) return records
  const [header = [], ...rest] = records.value
  const table = {
    header: header.map(name => name.trim()),
    rows: rest.map((cells, index) => ({ row: index + 2, cells })).filter(({ cells }) => !isBlankLine(cells)),
  }
  if (table.header.length === 1 && /[;\t]/.test(header[0] ?? ''))
    return refuse('The columns are separated by semicolons or tabs. Save the file with commas.')
  if (table.rows.length === 0) return refuse('The file has a header and no rows.')
  const errors = checkShape(table)
  return errors.length > 0 ? err(refuseFile(errors)) : ok(table)
}

const isBlankLine = (cells: readonly string[]) => cells.length === 1 && cells[0]?.trim() === ''

function decode(bytes: Uint8Array): Result<string, AppError> {
  if (bytes.length > IMPORT_LIMITS.bytes) {
    const size = Math.ceil(bytes.length / 1024 / 1024)
    return refuse(
      `The file has ${size} MB; at most ${IMPORT_LIMITS.bytes / 1024 / 1024} MB are taken. Split it.`,
    )
  }
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return refuse('The file is in UTF-16. Save it as CSV in UTF-8.')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse('The file is not in UTF-8. Save it as CSV in UTF-8.', rowOfInvalidByte(bytes))
  }
  const nul = text.indexOf('\0')
  if (nul >= 0)
    return refuse('The file holds a NUL byte, so it is damaged or not a CSV file.', rowOf(text, nul))
  if (text.trim() === '') return refuse('The file is empty.')
  return weigh(text)
}

/** Counts what could become cells and rows before any of them is made. */
function weigh(text: string): Result<string, AppError> {
  let separators = 0
  let lines = 1
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 0x2c) separators += 1
    else if (code === 0x0a) lines += 1
  }
  if (separators + lines > IMPORT_LIMITS.cells)
    return refuse(`The file has more than ${IMPORT_LIMITS.cells} cells. Split it.`)
  return ok(text)
}

function parseCsv(text: string): Result<string[][], AppError> {
  try {
    const records = parse(text, {
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: false,
    })
    const columns = records[0]?.length ?? 0
    if (columns > IMPORT_LIMITS.columns)
      return refuse(`The file has ${columns} columns; at most ${IMPORT_LIMITS.columns} are taken.`)
    if (records.length - 1 > IMPORT_LIMITS.rows)
      return refuse(
        `The file has ${records.length - 1} rows; at most ${IMPORT_LIMITS.rows} are taken. Split it.`,
      )
    return ok(records)
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const row = typeof error.records === 'number' ? error.records + 1 : 1
    return refuse(CSV_PROBLEMS[error.code] ?? `The row cannot be read as CSV (${error.code}).`, row)
  }
}

const CSV_PROBLEMS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'A quotation mark is opened in this row and never closed.',
  CSV_INVALID_CLOSING_QUOTE:
    'A quoted cell goes on after its closing quotation mark. Double the mark inside a text.',
  INVALID_OPENING_QUOTE:
    'A quotation mark stands inside a cell that is not quoted. Quote the cell and double the mark.',
}

function refuse(text: string, row = 1): Result<never, AppError> {
  return err(refuseFile([{ row, column: null, value: '', text }]))
}

function rowOf(text: string, position: number): number {
  return text.slice(0, position).split('\n').length
}

function rowOfInvalidByte(bytes: Uint8Array): number {
  const valid = new TextDecoder('utf-8').decode(bytes)
  return rowOf(valid, Math.max(0, valid.indexOf('\ufffd')))
}
