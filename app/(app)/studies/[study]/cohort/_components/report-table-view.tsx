import { ScrollBox } from '@/app/_ui/scroll-box'
import type { ExplainTarget } from './explain-target'
import type { ReportCell, ReportColumn, ReportTable } from './report-table'

/** More lines than this make a page heavy; the file has them all. */
const MOST_ROWS = 200

/** A table of the report. A name is shown once for the lines that share it, and read out on each. */
export function ReportTableView({
  table,
  label,
  minWidth,
  explainOf,
}: {
  table: ReportTable
  /** Read out when the table is reached to be scrolled. */
  label: string
  minWidth?: 'table-large' | 'table-medium'
  /** Where numbers lead; left out: nowhere. */
  explainOf?: (explain: ExplainTarget) => string
}) {
  const { columns, rows } = table
  const shown = rows.slice(0, MOST_ROWS)
  const count = rows.length + (table.rest?.count ?? 0)
  return (
    <>
      <ScrollBox label={label}>
        <table className={`report-table ${minWidth ?? ''}`}>
          <Head columns={columns} />
          <tbody>
            {shown.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a report have no identity and never move
              <tr key={index} className={sharesName(rows[index - 1], row, 0) ? undefined : 'first'}>
                {columns.map((column, at) => (
                  <Cell
                    key={column.names[0]}
                    column={column}
                    cell={row[at]}
                    explainOf={explainOf}
                    isApart={isApart(columns, at)}
                    isRepeated={column.kind === 'head' && sharesName(rows[index - 1], row, at)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {count > shown.length && (
        <p className="note">
          The first {shown.length} of {count} lines. The CSV file has them all.
        </p>
      )}
    </>
  )
}

/** Whether a line has the same names as the one above it, up to and with this column. */
function sharesName(
  above: readonly ReportCell[] | undefined,
  row: readonly ReportCell[],
  upTo: number,
): boolean {
  if (!above) return false
  return row.slice(0, upTo + 1).every((cell, index) => cell.text === above[index]?.text)
}

function isApart(columns: readonly ReportColumn[], at: number): boolean {
  const over = columns[at]?.over
  return over !== undefined && over !== columns[at - 1]?.over
}

function Head({ columns }: { columns: readonly ReportColumn[] }) {
  const spans: { over: string | undefined; count: number }[] = []
  for (const { over } of columns) {
    const last = spans.at(-1)
    if (last && last.over === over) last.count += 1
    else spans.push({ over, count: 1 })
  }
  return (
    <thead>
      {spans.some(span => span.over !== undefined) && (
        <tr>
          {spans.map((span, index) =>
            span.over === undefined ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: headings never move
              <td key={index} colSpan={span.count} />
            ) : (
              <th key={span.over} colSpan={span.count} scope="colgroup" className="over apart">
                {span.over}
              </th>
            ),
          )}
        </tr>
      )}
      <tr>
        {columns.map((column, at) => (
          <th
            key={column.names[0]}
            scope="col"
            className={classOf(column, isApart(columns, at))}
            data-names={column.names.join(' ')}
          >
            {column.label}
          </th>
        ))}
      </tr>
    </thead>
  )
}

/** Longer texts in a column of numbers are lists, which wrap. */
const LONGEST_NUMBER = 26

function classOf(column: ReportColumn, isApart: boolean, cell?: ReportCell): string | undefined {
  const isAbsent = cell?.reason !== undefined
  const isList = (cell?.text.length ?? 0) > LONGEST_NUMBER
  const classes = [
    column.kind === 'number' ? (isList ? 'num' : 'num nw') : '',
    isApart ? 'apart' : '',
    isAbsent ? 'why' : '',
  ].filter(Boolean)
  return classes.length > 0 ? classes.join(' ') : undefined
}

function Cell(props: {
  column: ReportColumn
  cell: ReportCell | undefined
  isApart: boolean
  isRepeated: boolean
  explainOf: ((explain: ExplainTarget) => string) | undefined
}) {
  const text = props.cell?.text ?? ''
  const values = exactValues(props.cell)
  const explain = props.cell?.explain
  if (props.column.kind !== 'head')
    return (
      <td className={classOf(props.column, props.isApart, props.cell)} data-values={values}>
        {explain && props.explainOf ? <a href={props.explainOf(explain)}>{text}</a> : text}
      </td>
    )
  return (
    <th scope="row" className={props.isRepeated ? 'repeat' : undefined} data-values={values}>
      {props.isRepeated ? <span className="vh">{text}</span> : text}
    </th>
  )
}

/** What the cell rounds, as JSON in full precision; not written where the text says it all. */
function exactValues(cell: ReportCell | undefined): string | undefined {
  if (!cell || cell.values.length === 0) return undefined
  const isWhole = cell.values.length === 1 && String(cell.values[0]) === cell.text
  return isWhole ? undefined : JSON.stringify(cell.values)
}
