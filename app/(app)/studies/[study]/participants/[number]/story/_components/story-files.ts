import { formatSvgFile } from '@/app/_ui/charts/svg-file'
import { formatCsvLine } from '@/lib/domain/exports/csv'
import { PANEL_WIDTHS, type ReportFigure } from '../../../../cohort/_components/report-figure'

/** Of what a story is told, on the page and in its files: no number, site or date. */
export interface StorySource {
  readonly study: string
  readonly synthetic: boolean
  readonly asOf: number
  readonly version: string
  readonly softwareVersion: string
}

export function describeStorySource({
  study,
  synthetic,
  asOf,
  version,
  softwareVersion,
}: StorySource): string {
  return `Study ${study}${synthetic ? ', synthetic data' : ''}, as of entry ${asOf}, protocol ${version}, software ${softwareVersion}.`
}

/** The table in the spreadsheet flavour of exports; each line says which study and entry it is of. */
export function formatStoryCsv({ table }: ReportFigure, source: StorySource): string {
  const header = ['study', 'as_of', 'synthetic', ...table.columns.flatMap(({ names }) => names)]
  const lines = table.rows.map(row => [
    source.study,
    source.asOf,
    source.synthetic ? 1 : 0,
    ...table.columns.flatMap(({ names }, index) => names.map((_, part) => row[index]?.values[part] ?? '')),
  ])
  return [header, ...lines].map(line => formatCsvLine(line, 'spreadsheet')).join('')
}

/** The figure as a drawing that stands alone. */
export function formatStorySvg(figure: ReportFigure, source: StorySource): string {
  return formatSvgFile({
    title: figure.title,
    notes: [[...figure.note, describeStorySource(source)].join(' ')],
    key: figure.key,
    panels: figure.panels.map(panel => ({ title: '', drawing: panel.draw(PANEL_WIDTHS.full.wide) })),
    synthetic: source.synthetic,
  })
}
