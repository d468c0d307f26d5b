import { formatCsvLine } from '@/lib/domain/exports/csv'
import type { AnalysisView } from '@/lib/domain/outcomes/analysis-view'
import { formatView } from '@/lib/schemas/cohort'
import { listRows, type ReportTable } from './report-table'

/**
 * A table as a file for people, in the spreadsheet flavour of exports: RFC 4180, lines end in \n, numbers in full
 * precision, no text that runs as a formula; a missing number is empty with its reason in a column of its own. Each line says which study, data cut and audit
 * entry it is of, whether the data are made up, and how the view counts.
 */
export function formatReportCsv(
  table: ReportTable,
  source: {
    readonly study: string
    readonly dataCut: string
    readonly asOf: number
    readonly synthetic: boolean
    readonly view: AnalysisView
  },
): string {
  const { columns } = table
  const rows = listRows(table)
  const withReason = columns.map((_, index) => rows.some(row => row[index]?.reason !== undefined))
  const header = [
    'study',
    'data_cut',
    'as_of',
    'synthetic',
    'view',
    ...columns.flatMap(({ names }, index) => (withReason[index] ? [...names, `${names[0]}_reason`] : names)),
  ]
  const lines = rows.map(row => [
    source.study,
    source.dataCut,
    source.asOf,
    source.synthetic ? 1 : 0,
    formatView(source.view),
    ...columns.flatMap(({ names }, index) => {
      const cell = row[index]
      const values = names.map((_, part) => cell?.values[part] ?? '')
      return withReason[index] ? [...values, cell?.reason ?? ''] : values
    }),
  ])
  return [header, ...lines].map(line => formatCsvLine(line, 'spreadsheet')).join('')
}
