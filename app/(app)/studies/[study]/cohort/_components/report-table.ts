import type { SummaryReason } from '@/lib/domain/outcomes/leaf'
import type { Descriptives } from '@/lib/domain/outcomes/summary-types'
import { formatBounds, formatMean, formatPercentBounds, formatPValue } from '@/lib/format/numbers'
import { formatUndefined } from '@/lib/format/reasons'
import type { ExplainTarget } from './explain-target'

/** A table as it stands on the page and in its CSV file. */
export interface ReportTable {
  readonly columns: readonly ReportColumn[]
  readonly rows: readonly ReportRow[]
  /** Lines beyond `rows`, made when a file asks for them: a page does not wait for a line a participant. */
  readonly rest?: { readonly count: number; readonly rows: () => readonly ReportRow[] }
}

export type ReportRow = readonly ReportCell[]

/** Every line of a table. */
export function listRows({ rows, rest }: ReportTable): readonly ReportRow[] {
  return rest ? [...rows, ...rest.rows()] : rows
}

export interface ReportColumn {
  /** In the file: one column, or two for an interval. */
  readonly names: readonly string[]
  /** On the page. */
  readonly label: string
  readonly kind: 'head' | 'text' | 'number'
  /** Columns that belong together stand under one heading. */
  readonly over?: string
}

type Reason = SummaryReason | 'notYetDue'

export interface ReportCell {
  /** On the page, rounded. */
  readonly text: string
  /** In the file, in full precision, one for each name of the column; empty where there is none. */
  readonly values: readonly (string | number)[]
  /** Why there is no value. */
  readonly reason?: Reason
  /** What its text leads to on the page. */
  readonly explain?: ExplainTarget
}

export function column(
  names: string | readonly string[],
  label: string,
  kind: ReportColumn['kind'] = 'number',
  over?: string,
): ReportColumn {
  const all = typeof names === 'string' ? [names] : names
  return over === undefined ? { names: all, label, kind } : { names: all, label, kind, over }
}

export function textCell(text: string, value: string | number = text): ReportCell {
  return { text, values: [value] }
}

/** The cell of an estimate, which leads to the participants behind it; one without a value leads nowhere. */
export function explainedCell(cell: ReportCell, explain: ExplainTarget): ReportCell {
  return cell.values.length === 0 ? cell : { ...cell, explain }
}

export function countCell(count: number): ReportCell {
  return { text: String(count), values: [count] }
}

/** A number, or in words why there is none: never an empty cell. */
export function numberCell(
  value: number | null,
  reason: SummaryReason | undefined,
  format: (value: number) => string,
): ReportCell {
  return value === null ? absentCell(reason) : { text: format(value), values: [value] }
}

/** An interval in the unit of its estimate. */
export function boundsCell(
  bounds: readonly [number | null, number | null] | null,
  reason: SummaryReason | undefined,
  decimals = 1,
): ReportCell {
  const [lower, upper] = bounds ?? [null, null]
  if (lower === null || upper === null) return absentCell(reason)
  return { text: formatBounds(lower, upper, decimals), values: [lower, upper] }
}

/** A median, which of durations may itself be unlimited: then that is the result. */
export function medianCell(
  value: number | null,
  reason: SummaryReason | undefined,
  format: (value: number) => string,
): ReportCell {
  return value === null ? absentQuantile(reason, 'unlimited') : numberCell(value, reason, format)
}

/** An interval from one quantile to another, or of one, whose end may be unlimited. */
export function quantileBoundsCell(
  bounds: readonly [number | null, number | null] | null,
  reason: SummaryReason | undefined,
  decimals = 1,
): ReportCell {
  const cell = boundsCell(bounds, reason, decimals)
  return cell.values.length === 0 ? absentQuantile(reason, 'reaches unlimited') : cell
}

/** A quantile is not averaged, so that unlimited is no obstacle to it. */
function absentQuantile(reason: SummaryReason | undefined, words: string): ReportCell {
  const cell = absentCell(reason)
  return reason === 'unlimited' ? { ...cell, text: words } : cell
}

/** Quartiles, of which the upper one may be unlimited. */
export function quartilesCell(
  { q1, q3, q1Reason, q3Reason }: Pick<Descriptives, 'q1' | 'q3' | 'q1Reason' | 'q3Reason'>,
  decimals = 1,
): ReportCell {
  if (q1 === null) return absentQuantile(q1Reason, 'unlimited')
  if (q3Reason !== 'unlimited') return boundsCell([q1, q3], q1Reason, decimals)
  return { text: `${formatMean(q1, decimals)} to unlimited`, values: [q1, 'unlimited'] }
}

/** An interval of a proportion: percent on the page, a fraction in the file. */
export function percentBoundsCell(
  bounds: readonly [number, number] | null,
  reason: SummaryReason | undefined,
): ReportCell {
  return bounds === null ? absentCell(reason) : { text: formatPercentBounds(bounds), values: bounds }
}

/** A p value with the method by which it was found. */
export function pValueCell(
  p: number | null,
  reason: SummaryReason | undefined,
  method: string | null,
): ReportCell {
  if (p === null) return absentCell(reason)
  return {
    text: method === null ? formatPValue(p) : `${formatPValue(p)} ${method}`,
    values: [p, method ?? ''],
  }
}

/** k of n, both counts. */
export function countOfCell(
  k: number | null,
  n: number | null,
  reason: SummaryReason | undefined,
): ReportCell {
  return k === null || n === null ? absentCell(reason) : { text: `${k}/${n}`, values: [k, n] }
}

export function absentCell(reason: Reason | undefined): ReportCell {
  const text = reason === 'notYetDue' ? 'not yet due' : formatUndefined(reason)
  return { text, values: [], ...(reason === undefined ? {} : { reason }) }
}
