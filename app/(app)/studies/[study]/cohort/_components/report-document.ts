import { formatSvgFile } from '@/app/_ui/charts/svg-file'
import { formatDate } from '@/lib/format/dates'
import type { PdfFigure, PdfReport } from '@/lib/schemas/report-document'
import { type CohortView, describeSource } from './cohort-view'
import { listNumberedFigures, type NumberedFigure } from './numbered-figures'
import { type FigurePanel, PANEL_WIDTHS, REPORT_SECTIONS, SECTION_TITLES } from './report-figure'
import type { ReportTable } from './report-table'

/** Lines of a table that a committee reads; the CSV file has them all. */
const MOST_ROWS = 120

/** The whole page as a document, with what a committee has to know of its making. */
export function composeReportDocument(
  view: CohortView,
  about: {
    readonly facts: PdfReport['facts']
    readonly warnings: readonly string[]
    readonly methods: readonly string[]
    /** Hash of the entry that the values are of. */
    readonly auditHead: string
  },
): PdfReport {
  const { summary } = view
  const figures = listNumberedFigures(view)
  return {
    title: `${summary.study}: cohort outcomes`,
    subtitle: view.title,
    facts: about.facts,
    warnings: about.warnings,
    sections: REPORT_SECTIONS.map(section => ({
      title: SECTION_TITLES[section],
      figures: figures
        .filter(figure => figure.section === section)
        .map(figure => toPdfFigure(figure, describeSource(view))),
    })).filter(section => section.figures.length > 0),
    methods: about.methods,
    foot: `${summary.study}${summary.synthetic ? ', synthetic data' : ''}. Data cut ${formatDate(summary.dataCut)}, as of entry ${summary.asOf}, audit head ${about.auditHead}. Longitude ${summary.softwareVersion}, protocol ${summary.version}.`,
    synthetic: summary.synthetic,
    dataCut: summary.dataCut,
  }
}

function toPdfFigure(figure: NumberedFigure, source: string): PdfFigure {
  return {
    heading: `${figure.number}. ${figure.title}`,
    n: figure.n,
    drawings: listPanelLines(figure.panels).map((panels, index) =>
      formatSvgFile({
        title: '',
        notes: [],
        key: index === 0 ? figure.key : [],
        panels: panels.map(panel => ({
          title: figure.panels.length === 1 ? '' : panel.title,
          drawing: panel.draw(PANEL_WIDTHS[panel.size].wide),
        })),
        synthetic: false,
      }),
    ),
    table: figure.table.rows.length === 0 ? null : toPdfTable(figure.table),
    note: [...figure.note, describeCut(figure.table), source].filter(Boolean).join(' '),
  }
}

/** Panels that share a line: two halves, or one that has the whole. A drawing never runs over the foot of a page. */
function listPanelLines(panels: readonly FigurePanel[]): FigurePanel[][] {
  const lines: FigurePanel[][] = []
  for (const panel of panels) {
    const last = lines.at(-1)
    if (panel.size === 'half' && last?.length === 1 && last[0]?.size === 'half') last.push(panel)
    else lines.push([panel])
  }
  return lines
}

function toPdfTable({ columns, rows }: ReportTable): NonNullable<PdfFigure['table']> {
  return {
    numbers: columns.map(({ kind }) => kind === 'number'),
    head: columns.map(({ label, over }) => (over === undefined ? label : `${over}: ${label}`)),
    rows: rows.slice(0, MOST_ROWS).map(row => columns.map((_, index) => row[index]?.text ?? '')),
  }
}

function describeCut({ rows, rest }: ReportTable): string {
  const count = rows.length + (rest?.count ?? 0)
  return count > MOST_ROWS ? `The first ${MOST_ROWS} of ${count} lines; the CSV file has them all.` : ''
}
