import { flatten } from '@/app/_ui/charts/__fixtures__/geometry'
import { PANEL_WIDTHS, type ReportFigure } from '../report-figure'
import { listRows } from '../report-table'

/** What a number that is none looks like where nobody caught it; codes of studies may hold such letters, words do not. */
const NO_NUMBER = /\b(NaN|undefined|null)\b|Infinity|\[object|∞/

/**
 * What a reader must never meet in a figure or table: a number that is none, a cell without text, an interval of one
 * bound, a line of too few cells. In words; empty when there is nothing.
 */
export function findUnsound(figure: ReportFigure): string[] {
  const problems: string[] = []
  const check = (text: string, where: string) => {
    if (NO_NUMBER.test(text)) problems.push(`${figure.name}, ${where}: ${text}`)
  }
  check(figure.title, 'title')
  check(figure.n, 'n')
  check(figure.caption, 'caption')
  for (const text of figure.note) check(text, 'note')
  for (const { text } of figure.key) check(text, 'legend')
  for (const [line, row] of listRows(figure.table).entries()) {
    if (row.length !== figure.table.columns.length)
      problems.push(`${figure.name}, line ${line}: ${row.length} cells`)
    for (const [at, cell] of row.entries()) {
      const column = figure.table.columns[at]
      const where = `${column?.label}, line ${line}`
      check(cell.text, where)
      if (cell.text.trim() === '') problems.push(`${figure.name}, ${where}: blank`)
      if (cell.values.some((value, index) => value !== '' && index >= (column?.names.length ?? 0)))
        problems.push(`${figure.name}, ${where}: values without a name`)
      for (const value of cell.values)
        if (typeof value === 'number' && !Number.isFinite(value))
          problems.push(`${figure.name}, ${where}: ${value}`)
    }
  }
  for (const panel of figure.panels) {
    check(panel.title, `panel ${panel.name}`)
    check(panel.description, `description of ${panel.name}`)
    for (const width of Object.values(PANEL_WIDTHS[panel.size])) {
      const drawing = panel.draw(width)
      const shapes = JSON.stringify({
        ...drawing,
        marks: flatten(drawing.marks).filter(({ kind }) => kind !== 'text'),
      })
      if (/NaN|Infinity|undefined|null/.test(shapes))
        problems.push(`${figure.name}, ${panel.name} at ${width}: shape`)
      for (const mark of flatten(drawing.marks))
        if (mark.kind === 'text') check(mark.text, `${panel.name} at ${width}`)
    }
  }
  return problems
}
