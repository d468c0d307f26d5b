import type {
  ColumnSource,
  ImportMapping,
  MissingMarkers,
  ParticipantField,
  SkipRule,
  TextSource,
} from '@/lib/domain/imports/mapping'
import type { SourceRow, SourceTable } from '@/lib/domain/imports/source-table'
import { parseNumberText } from '@/lib/domain/instruments/number-text'
import type { CellError } from '@/lib/domain/shared/errors'
import type { MissingReason } from '@/lib/domain/shared/missing'

/** A cell as the mapping reads it: recoded text, a reason for its absence, or blank (empty text, no reason). */
export interface MappedCell {
  /** Name of the column in the file; null: a constant of the mapping. */
  readonly column: string | null
  readonly text: string
  readonly missing: MissingReason | null
}

export interface MappedRow {
  readonly row: number
  readonly subject: MappedCell
  readonly site: MappedCell
  readonly arm: MappedCell
  readonly visit: MappedCell
  readonly visitDate: MappedCell
  readonly beforeTreatment: MappedCell
  readonly values: ReadonlyMap<string, MappedCell>
  readonly participant: ReadonlyMap<ParticipantField, MappedCell>
  readonly treatments: ReadonlyMap<string, MappedCell>
}

/** How many rows, of how many participants, a rule left out. */
export interface SkippedRows {
  readonly reason: string
  readonly rows: number
  readonly subjects: number
}

export interface MappedFile {
  readonly rows: readonly MappedRow[]
  readonly skipped: readonly SkippedRows[]
  readonly ignoredColumns: readonly string[]
  readonly errors: readonly CellError[]
}

/**
 * Reads every row as the mapping says. Rows that a rule leaves out are counted under the first rule that applies; blank
 * rows are passed over. Blank is what is empty after trimming, or a marker of the mapping.
 * Errors, each with row and column: a column that the file lacks, one that the mapping does not name, a text that is
 * not recoded, one that is to be multiplied or rounded and is no number. Source: interfaces.md, import.
 * Example: `arm: { column: 'group', recode: { '1': 'PRT' } }` and a cell `1` → arm `PRT`.
 */
export function mapRows(table: SourceTable, mapping: ImportMapping): MappedFile {
  const places = new Map(table.header.map((name, index) => [name, index]))
  const sources = listSources(mapping)
  const rules = mapping.skip ?? []
  const named = [
    ...sources.flatMap(source => ('column' in source ? [source.column] : [])),
    ...rules.map(r => r.column),
  ]
  const ignoredColumns = table.header.filter(name => !named.includes(name))
  const errors = [
    ...checkLacking(named, places),
    ...(mapping.ignoreOtherColumns ? [] : ignoredColumns.map(refuseColumn)),
  ]
  if (errors.length > 0) return { rows: [], skipped: [], ignoredColumns, errors }
  const read = new RowReader(places, mapping.missing ?? {}, errors)
  const skipped = new SkipCounter(rules)
  const rows: MappedRow[] = []
  for (const row of table.rows) {
    if (row.cells.every(cell => cell.trim() === '')) continue
    const rule = rules.findIndex(candidate => read.matches(row, candidate))
    if (rule >= 0) skipped.count(rule, read.raw(row, mapping.subject))
    else rows.push(read.row(row, mapping))
  }
  return { rows, skipped: skipped.list(), ignoredColumns, errors }
}

function listSources(mapping: ImportMapping): TextSource[] {
  const { subject, site, arm, visit, visitDate, beforeTreatment, values, participant, treatments } = mapping
  const groups = [values, participant ?? {}, treatments ?? {}].flatMap(group => Object.values(group))
  return [subject, site, arm, visit, visitDate, beforeTreatment, ...groups].filter(
    source => source !== undefined,
  )
}

function checkLacking(named: readonly string[], places: ReadonlyMap<string, number>): CellError[] {
  return [...new Set(named)]
    .filter(column => !places.has(column))
    .map(column => {
      const text = `The file has no column ${column}. Add it, or take it out of the mapping.`
      return { row: 1, column, value: '', text }
    })
}

function refuseColumn(column: string): CellError {
  const text = `Column ${column} is not in the mapping. Name it there, or set ignoreOtherColumns.`
  return { row: 1, column, value: column, text }
}

const BLANK: MappedCell = { column: null, text: '', missing: null }

class RowReader {
  constructor(
    private readonly places: ReadonlyMap<string, number>,
    private readonly markers: MissingMarkers,
    private readonly errors: CellError[],
  ) {}

  row(row: SourceRow, mapping: ImportMapping): MappedRow {
    const cell = (source: TextSource | undefined) => (source ? this.#cell(row, source) : BLANK)
    const group = <Key extends string>(
      sources: Readonly<Partial<Record<Key, TextSource | undefined>>> | undefined,
    ) =>
      new Map(
        Object.entries(sources ?? {}).map(([key, source]) => [
          key as Key,
          cell(source as TextSource | undefined),
        ]),
      )
    return {
      row: row.row,
      subject: cell(mapping.subject),
      site: cell(mapping.site),
      arm: cell(mapping.arm),
      visit: cell(mapping.visit),
      visitDate: cell(mapping.visitDate),
      beforeTreatment: cell(mapping.beforeTreatment),
      values: group(mapping.values),
      participant: group(mapping.participant),
      treatments: group(mapping.treatments),
    }
  }

  matches(row: SourceRow, rule: SkipRule): boolean {
    const text = this.#text(row, rule.column)
    return rule.isMissing
      ? text === '' || Object.hasOwn(this.markers, text)
      : (rule.equals ?? []).includes(text)
  }

  /** The text as it stands in the file. */
  raw(row: SourceRow, source: TextSource): string {
    return 'value' in source ? source.value : this.#text(row, source.column)
  }

  #text(row: SourceRow, column: string): string {
    return (row.cells[this.places.get(column) ?? -1] ?? '').trim()
  }

  #cell(row: SourceRow, source: TextSource): MappedCell {
    if ('value' in source) return { column: null, text: source.value, missing: null }
    const { column } = source
    const text = this.#text(row, column)
    const markers = source.missing ?? {}
    if (Object.hasOwn(markers, text)) return { column, text: '', missing: markers[text] ?? null }
    if (Object.hasOwn(this.markers, text)) return { column, text: '', missing: this.markers[text] ?? null }
    if (text === '') return { column, text, missing: null }
    const changed = transform(text, source)
    if ('error' in changed) this.errors.push({ row: row.row, column, value: text, text: changed.error })
    return { column, text: 'error' in changed ? '' : changed.text, missing: null }
  }
}

function transform(
  text: string,
  source: ColumnSource,
): { readonly text: string } | { readonly error: string } {
  if (source.recode) {
    const known = Object.hasOwn(source.recode, text) ? source.recode[text] : undefined
    return known === undefined
      ? {
          error: `“${text}” is not among the values that the mapping recodes. Add it there, or correct the file.`,
        }
      : { text: known }
  }
  if (source.multiply === undefined && source.round === undefined) return { text }
  const number = parseNumberText(text)
  if (!number.ok) return { error: `“${text}” is not a number.` }
  const product = number.value * (source.multiply ?? 1)
  // 9 decimals take away what floating point adds (0.7 × 10) before a number is cut down.
  const exact = Number(product.toFixed(9))
  const whole =
    source.round === 'down' ? Math.floor(exact) : source.round === 'nearest' ? Math.round(exact) : exact
  return { text: String(whole) }
}

class SkipCounter {
  readonly #counts: { rows: number; subjects: Set<string> }[]
  constructor(private readonly rules: readonly SkipRule[]) {
    this.#counts = rules.map(() => ({ rows: 0, subjects: new Set() }))
  }

  count(rule: number, subject: string): void {
    const counts = this.#counts[rule]
    if (!counts) return
    counts.rows += 1
    counts.subjects.add(subject)
  }

  list(): SkippedRows[] {
    return this.rules.map(({ reason }, index) => ({
      reason,
      rows: this.#counts[index]?.rows ?? 0,
      subjects: this.#counts[index]?.subjects.size ?? 0,
    }))
  }
}
