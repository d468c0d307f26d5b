import { formatSvgFile } from '@/app/_ui/charts/svg-file'
import { type CohortView, describeSource } from './cohort-view'
import { listNumberedFigures, type NumberedFigure } from './numbered-figures'
import { formatReportCsv } from './report-csv'
import { PANEL_WIDTHS } from './report-figure'

/** A figure in the format in which it is asked for. */
export interface ReportFile {
  readonly figure: NumberedFigure
  readonly format: 'csv' | 'svg' | 'png'
}

/** What a file's name asks for. Undefined: the report has none of that name. */
export function findReportFile(view: CohortView, file: string): ReportFile | undefined {
  const [, name, format] = /^([\w-]+)\.(csv|svg|png)$/.exec(file) ?? []
  if (format !== 'csv' && format !== 'svg' && format !== 'png') return undefined
  const figure = listNumberedFigures(view).find(each => each.name === name)
  return figure && (format === 'csv' || figure.panels.length > 0) ? { figure, format } : undefined
}

/** The numbers of a figure as a file. */
export function formatFigureCsv(view: CohortView, figure: NumberedFigure): string {
  return formatReportCsv(figure.table, view.summary)
}

/** A whole figure as a drawing that stands alone, in the widest layout of each panel. */
export function formatFigureSvg(view: CohortView, figure: NumberedFigure): string {
  const { study, synthetic } = view.summary
  return formatSvgFile({
    title: `${study}. ${figure.title}. ${figure.n}`,
    notes: [[...figure.note, describeSource(view)].join(' ')],
    key: figure.key,
    panels: figure.panels.map(panel => ({
      title: panel.title,
      drawing: panel.draw(PANEL_WIDTHS[panel.size].wide),
    })),
    synthetic,
  })
}
